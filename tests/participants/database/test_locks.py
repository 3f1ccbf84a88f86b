"""Whatever two do at once with one person's rows, they take them in one order: nobody is stuck."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from linkcenter.models import Message, MessageState
from linkcenter.tokens import token_for
from participants.domain.person.contact import change_contact, person_of
from participants.domain.person.link_request import send_link
from participants.domain.person.links import enter, find_link, issue_link
from participants.domain.person.new_address import change_own_contact
from participants.domain.person.new_address import confirm_address as confirm
from participants.domain.registration.closing import undo_by_link, withdraw
from participants.domain.registration.still_interested import answer_by_link
from participants.models import PersonalLink, Registration
from participants.states import LinkPurpose, StillAnswer
from tests import recipes
from tests.database import InBackground, is_waiting

NOW = datetime(2026, 11, 9, 12, tzinfo=UTC)
Act = Callable[[], Any]


def link_for(person: Any, purpose: LinkPurpose) -> PersonalLink:
    new_email = "ny@example.org" if purpose == LinkPurpose.ADDRESS else None
    until = NOW + timedelta(days=1)
    made = issue_link(
        person, purpose, expires_at=until, path="/{token}/", now=NOW, new_email=new_email
    )
    found = find_link(token_for(made.seed), purpose, now=NOW)
    assert found is not None
    return found


def acts_on(person: Any) -> dict[LinkPurpose | str, Act]:
    """What the person does, by the purpose of the link that they do it by."""
    links = {purpose: link_for(person, purpose) for purpose in LinkPurpose}
    by_phone = person_of(person, phone="+4741234567")
    return {
        LinkPurpose.ENTER: lambda: enter(links[LinkPurpose.ENTER], now=NOW),
        LinkPurpose.ADDRESS: lambda: confirm(links[LinkPurpose.ADDRESS], now=NOW),
        LinkPurpose.STILL: lambda: answer_by_link(
            links[LinkPurpose.STILL], answer=StillAnswer.YES, now=NOW
        ),
        "own contact": lambda: change_own_contact(person, person=by_phone, now=NOW),
        "contact": lambda: change_contact(person, person=person_of(person, name="Ny"), now=NOW),
        "ask": lambda: send_link(person.pk, now=NOW),
    }


@pytest.mark.django_db(transaction=True)
def test_who_acts_waits_for_who_holds_the_registration_and_never_the_other_way_round():
    registration = recipes.registration(recipes.participant(recipes.centre()))
    person = registration.participant
    runner = InBackground()

    for purpose, act in acts_on(person).items():
        with transaction.atomic():
            Registration.objects.select_for_update().get(pk=registration.pk)
            call = runner.start(act)
            assert is_waiting(call), purpose
            # What staff's act goes on to write: a row that points at the person.
            issue_link(person, LinkPurpose.ANSWER, expires_at=NOW, path="/{token}/", now=NOW)
        call.result(timeout=10)  # raises if the two stood in each other's way
    runner.stop()


@pytest.mark.django_db
def test_link_to_undo_is_not_used_up_when_it_is_too_late():
    registration = recipes.registration(recipes.participant(recipes.centre()))
    withdraw(registration, now=NOW)
    message = Message.objects.get(kind="withdrawn", state=MessageState.QUEUED)
    link = find_link(token_for(message.link_seed), LinkPurpose.UNDO, now=NOW)
    assert link is not None
    recipes.registration(registration.participant)

    assert undo_by_link(link, now=NOW) is False
    link.refresh_from_db()
    assert link.used_at is None
