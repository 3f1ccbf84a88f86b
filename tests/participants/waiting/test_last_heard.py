"""What counts as a sign of life: what people do themselves, and that somebody talked with them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from time_machine import travel

from centres.states import Role
from groups.domain.asking import answering, asking
from groups.domain.lifecycle import ending
from linkcenter.messages.outbox import queue
from linkcenter.models import Message
from participants.domain.intake.talks import record_talk
from participants.domain.person.consents import Agreement
from participants.domain.person.contact import person_of
from participants.domain.person.new_address import change_own_contact
from participants.domain.registration.changes import change_availability, change_interest
from participants.domain.registration.closing import close, undo_withdrawal, withdraw
from participants.domain.registration.pausing import end_pause, pause
from participants.models import PersonalLink, Registration
from participants.states import CloseReason, TalkKind, TalkOutcome
from tests import recipes
from tests.participants import own

pytestmark = pytest.mark.django_db

BEFORE = datetime(2026, 2, 1, 12, tzinfo=UTC)
NOW = datetime(2026, 11, 9, 12, tzinfo=UTC)


@pytest.fixture
def registration() -> Registration:
    return recipes.waiting(
        recipes.centre(),
        {"email": "kari@example.org"},
        registered_at=BEFORE,
        still_asked_on=date(2026, 5, 3),
    )


def is_heard(registration: Registration) -> bool:
    registration.refresh_from_db()
    heard = (registration.heard_at, registration.still_asked_on) == (NOW, None)
    assert heard or (registration.heard_at, registration.still_asked_on is None) == (BEFORE, False)
    return heard


def other_address(registration: Registration) -> None:
    person = registration.participant
    change_own_contact(person, person=person_of(person, name="Kari N"), now=NOW)


OWN_ACTS = {
    "times": lambda row: change_availability(row, availability=["mon-morning"], now=NOW),
    "the same times": lambda row: change_availability(row, availability=["tue-evening"], now=NOW),
    "wishes": lambda row: change_interest(
        row, answers={"kind": "social"}, agreement=Agreement(), now=NOW
    ),
    "contact": other_address,
    "break": lambda row: pause(row, until=date(2026, 12, 24), now=NOW),
    "end of a break": lambda row: end_pause(row, now=NOW),
}


@pytest.mark.parametrize("act", OWN_ACTS)
def test_what_people_do_themselves_counts(act: str, registration: Registration) -> None:
    OWN_ACTS[act](registration)

    assert is_heard(registration)


def test_opening_ones_page_counts_and_opening_the_link_does_not(
    client: Client, registration: Registration
) -> None:
    with travel(NOW, tick=False):
        path = own.link_for(registration.participant)
        client.get(path)
        before = is_heard(registration)

        client.post(path)

    assert (before, is_heard(registration)) == (False, True)


def test_coming_back_counts(registration: Registration) -> None:
    withdraw(registration, now=NOW - timedelta(days=1))

    undo_withdrawal(registration, now=NOW)

    assert is_heard(registration)


@pytest.mark.parametrize(
    ("outcome", "counts"),
    [(TalkOutcome.NO_ANSWER, False), (TalkOutcome.AGAIN, True), (TalkOutcome.READY, True)],
)
def test_talk_counts_and_a_try_does_not(
    outcome: TalkOutcome, counts: bool, registration: Registration
) -> None:
    staff = recipes.staff(Role.COORDINATOR, registration.participant.centre)

    record_talk(registration, kind=TalkKind.RANG, outcome=outcome, by=staff, now=NOW)

    assert is_heard(registration) is counts


def test_what_staff_correct_does_not_count(registration: Registration) -> None:
    staff = recipes.staff(Role.COORDINATOR, registration.participant.centre)

    change_availability(registration, availability=["mon-morning"], actor=staff, now=NOW)

    assert not is_heard(registration)


def test_answer_to_an_invitation_counts_and_being_asked_does_not(
    registration: Registration,
) -> None:
    group = recipes.group(registration.participant.centre)
    seat = recipes.seat(group, registration)
    asking.ask(group, actor=None, now=NOW)
    before = is_heard(registration)
    link = PersonalLink.objects.get(purpose="answer")

    answering.say_no(seat, link=link, now=NOW)

    assert (before, is_heard(registration)) == (False, True)


def test_having_been_in_a_group_counts(registration: Registration) -> None:
    asked = {"asked_at": BEFORE, "answer_by": date(2026, 2, 8), "answered_at": BEFORE}
    group = recipes.group(registration.participant.centre, state="settled")
    recipes.seat(group, registration, state="yes", **asked)

    ending.let_go(group, actor=None, now=NOW)

    assert is_heard(registration)


def test_nobody_is_asked_any_more_who_has_been_heard_from(registration: Registration) -> None:
    message = _asked(registration)

    change_availability(registration, availability=["mon-morning"], now=NOW)

    message.refresh_from_db()
    assert message.state == "cancelled"


def test_nor_who_is_off_the_list(registration: Registration) -> None:
    message = _asked(registration)

    close(registration, reason=CloseReason.DONE, now=NOW)

    message.refresh_from_db()
    assert message.state == "cancelled"


def _asked(registration: Registration) -> Message:
    return queue(
        registration.participant,
        matter="still",
        kind="still",
        channel="call",
        to="+4741234567",
        language="nb",
        subject="Hei",
        text="Hei",
    )
