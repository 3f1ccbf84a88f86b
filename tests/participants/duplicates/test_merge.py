"""The same person registered twice: whatever hangs on the one goes along to the other."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from groups.models import Question, Seat
from linkcenter.models import Message, MessageState
from participants.domain.person import link_request
from participants.domain.person.consents import give, given
from participants.domain.person.contact import person_of
from participants.domain.person.own_data import own_data
from participants.domain.read_log import note, readings_of
from participants.domain.registration.consent_withdrawal import withdraw_consent
from participants.domain.registration.merging import NOT_MOVED, HasATalk, merge, relations
from participants.domain.retention import AFTER_CLOSING, keep_longer
from participants.models import PersonalLink, Registration, Talk
from participants.personal_session import KEY
from participants.states import ConsentPurpose, Door, TalkKind, TalkOutcome
from tests import recipes
from tests.participants.own import PAGE, enter

pytestmark = pytest.mark.django_db

PHONE = "+4741234567"
NOW = timezone.now()


def registered(centre: Any, **person: Any) -> Registration:
    participant = recipes.participant(centre, **{"phone": PHONE} | person)
    give(participant, [ConsentPurpose.CONTACT], language="nb", given_by="web", now=NOW)
    return recipes.registration(participant, state="waiting")


@pytest.fixture
def centre() -> Any:
    recipes.consent_texts()
    return recipes.centre()


def lived(registration: Registration, centre: Any) -> None:
    """One row of everything that can hang on a registration and its person."""
    person, staff = registration.participant, recipes.staff("coordinator", centre)
    Talk.objects.create(
        registration=registration, by=staff, kind=TalkKind.RANG, outcome=TalkOutcome.READY
    )
    Seat.objects.create(group=recipes.group(centre), registration=registration)
    Question.objects.create(
        registration=registration, about="theme:any", asked_at=NOW, answer_by=NOW.date()
    )
    link_request.send_link(person.pk, now=NOW)
    note(staff, [person.pk], door=Door.PERSON)
    earlier = recipes.registration(recipes.participant(centre), registered_at=NOW)
    Registration.objects.filter(pk=earlier.pk).update(
        state="closed", close_reason="duplicate", closed_at=NOW, merged_into=registration
    )


def hanging_on(registration: Registration, *, also_none: bool = False) -> set[Any]:
    return {
        (model, name)
        for row in (registration, registration.participant)
        for model, name, found in relations(row)
        if also_none or found.exists()
    }


def test_every_relation_goes_along(centre: Any) -> None:
    staying, closing = registered(centre), registered(centre)
    lived(closing, centre)
    rows = [closing, closing.participant]
    hung = {
        (model, name) for row in rows for model, name, found in relations(row) if found.exists()
    }

    merge(closing, into=staying, actor=None)

    left = {
        (model, name) for row in rows for model, name, found in relations(row) if found.exists()
    }
    has = {
        (model, name)
        for row in (staying, staying.participant)
        for model, name, found in relations(row)
        if found.exists()
    }
    every = {(model, name) for row in rows for model, name, _found in relations(row)}
    assert every - set(NOT_MOVED) <= hung  # a new relation: let ``lived`` make a row of it
    assert left <= set(NOT_MOVED) | {(Registration, "merged_into")}
    assert hung <= has


def test_the_chain_of_three_ends_in_one(centre: Any) -> None:
    first, second, third = (registered(centre) for _each in range(3))
    merge(first, into=second, actor=None)
    merge(second, into=third, actor=None)

    assert set(third.merged.all()) == {first, second}


def test_what_is_chosen_of_both_holds_and_else_the_more_careful(centre: Any) -> None:
    staying = registered(centre, name="Kari", may_leave_message=True, email=None)
    closing = registered(centre, name="Kari Ås", do_not_send=True, email="kari@example.org")
    wanted = person_of(staying.participant, name="Kari Ås", email="kari@example.org")

    merge(closing, into=staying, person=wanted, actor=None)

    person = staying.participant
    person.refresh_from_db()
    assert (person.name, person.email, person.phone) == ("Kari Ås", "kari@example.org", PHONE)
    assert (person.may_leave_message, person.do_not_send) == (False, True)


def test_no_yes_becomes_wider_and_none_holds_twice(centre: Any) -> None:
    staying, closing = registered(centre), registered(centre)
    give(
        closing.participant,
        [ConsentPurpose.THEME, ConsentPurpose.DIGITAL],
        language="nb",
        given_by="web",
        now=NOW,
    )

    merge(closing, into=staying, actor=None, now=NOW + timedelta(minutes=1))

    assert given(staying.participant) == {ConsentPurpose.CONTACT}
    assert staying.participant.consents.filter(withdrawn_at=None).count() == 1
    assert staying.participant.consents.count() == 4


def test_nothing_unsent_is_said_and_no_link_of_the_closed_one_works(centre: Any) -> None:
    staying, closing = registered(centre), registered(centre, email="kari@example.org")
    link_request.send_link(closing.participant_id, now=NOW)

    merge(closing, into=staying, actor=None)

    assert list(staying.participant.messages.values_list("state", flat=True)) == [
        MessageState.CANCELLED
    ]
    assert not PersonalLink.objects.live().exists()


def test_who_asks_by_the_old_address_gets_one_link_to_the_one_that_goes_on(centre: Any) -> None:
    staying = registered(centre, email="ny@example.org")
    closing = registered(centre, email="gammel@example.org")
    merge(closing, into=staying, actor=None)
    keys = [*closing.participant.search_keys, *staying.participant.search_keys]

    assert link_request.send_links(keys, now=NOW) == 1

    assert [message.to for message in Message.objects.all()] == ["ny@example.org"]


def test_the_person_sees_who_looked_and_what_was_kept_of_both(centre: Any) -> None:
    staying, closing = registered(centre), registered(centre)
    lived(closing, centre)

    merge(closing, into=staying, actor=None)

    assert len(readings_of(staying.participant, with_names=False)) == 1
    kinds = [record.kind for record in own_data(staying.participant)]
    assert kinds.count("participants.registration") == 3


def test_what_the_one_has_come_to_holds_for_the_person(centre: Any) -> None:
    staff = recipes.staff("coordinator", centre)
    staying, closing = registered(centre), registered(centre)
    Registration.objects.filter(pk=staying.pk).update(state="received")
    Registration.objects.filter(pk=closing.pk).update(responsible=staff)
    keep_longer(closing.participant, actor=staff, now=NOW)

    merge(closing, into=staying, actor=staff)

    staying.refresh_from_db()
    assert (staying.state, staying.responsible) == ("waiting", staff)
    assert staying.participant.kept_until == timezone.localdate(NOW + AFTER_CLOSING)


def test_nobody_comes_to_a_talk_that_is_gone_without_a_word(centre: Any) -> None:
    staff = recipes.staff("coordinator", centre)
    staying, closing = registered(centre), registered(centre)
    at = NOW + timedelta(days=2)
    Registration.objects.filter(pk=closing.pk).update(talk_at=at, talk_kind="met", talk_by=staff)

    with pytest.raises(HasATalk):
        merge(closing, into=staying, actor=staff)

    assert Registration.objects.open().count() == 2


def test_a_yes_that_was_taken_back_and_given_anew_holds(centre: Any) -> None:
    staying, closing = registered(centre), registered(centre)
    agreed = {"language": "nb", "given_by": "web", "now": NOW}
    for each in (staying, closing):
        give(each.participant, [ConsentPurpose.DIGITAL], **agreed)
    later = NOW + timedelta(minutes=1)
    withdraw_consent(closing.participant, purpose=ConsentPurpose.DIGITAL, now=later)
    give(closing.participant, [ConsentPurpose.DIGITAL], **(agreed | {"now": later}))

    merge(closing, into=staying, actor=None, now=NOW + timedelta(minutes=2))

    assert given(staying.participant) == {ConsentPurpose.CONTACT, ConsentPurpose.DIGITAL}


def test_the_rows_of_both_are_held_in_the_order_of_their_keys(centre: Any) -> None:
    first, second = registered(centre), registered(centre)
    with CaptureQueriesContext(connection) as said:
        merge(first, into=second, actor=None)

    held = next(each["sql"] for each in said.captured_queries if "FOR UPDATE" in each["sql"])
    assert "ORDER BY 1 ASC" in held
    assert f"IN ({first.participant_id}, {second.participant_id})" in held


def test_nobody_stays_on_the_page_of_the_one_that_is_closed(centre: Any, client: Client) -> None:
    staying, closing = registered(centre), registered(centre)
    enter(client, closing.participant)
    assert KEY in client.session

    merge(closing, into=staying, actor=None)
    client.get(PAGE)

    assert KEY not in client.session
