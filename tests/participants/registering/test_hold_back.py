"""What looks like a program's is held back: confirmed by mail or looked at by staff, never lost."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from linkcenter.models import Message, MessageState
from linkcenter.personal_data import retention
from linkcenter.tokens import token_for
from linkcenter.web.limits import SUBMISSIONS
from participants.domain.person.consents import Agreement
from participants.domain.person.contact import Person
from participants.domain.person.link_request import send_link
from participants.domain.person.links import find_link
from participants.domain.person.own_page import own_registration, own_status
from participants.domain.registration.held import (
    CONFIRM_WITHIN,
    NotHeld,
    confirm,
    let_in,
    turn_away,
    why_odd,
)
from participants.domain.registration.interest import Interest
from participants.domain.registration.web_form import TooOften, take_form
from participants.models import Participant, Registration
from participants.states import HeldBecause, LinkPurpose, OwnStatus, RegistrationState
from tests import recipes
from tests.database import InBackground, is_waiting

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    recipes.consent_texts()
    return recipes.centre()


def send(centre, number=0, *, now=NOON, sender="192.0.2.7", message="", is_trapped=False, **person):
    told = {"name": "Kari", "email": f"kari-{number}@example.org"} | person
    return take_form(
        centre,
        person=Person(**told),
        interest=Interest(availability=["tue-evening"], message=message),
        agreement=Agreement(purposes={"contact"}),
        channel="web",
        submission_key=uuid4(),
        sender=sender,
        is_trapped=is_trapped,
        now=now,
    )


def link_in(message, now=NOON):
    return find_link(token_for(message.link_seed), LinkPurpose.CONFIRM, now=now)


def coordinator(centre):
    return recipes.staff("coordinator", centre)


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/a",
        "Se www.example.no",
        "Buy at CHEAP-pills.shop now",
        "[url=x]",
        "casino.online.com",
    ],
)
def test_web_address_is_odd(text):
    assert why_odd(["Kari", text], is_trapped=False, sent=1) == HeldBecause.LINKS


@pytest.mark.parametrize(
    "text",
    [
        "Jeg har prøvd f.eks. turgruppe, men den var kl. 10.",
        "Skriv til kari@example.com eller kari.aas@mail.example.net.",
        "Jeg bor i nr.12. Ring etter kl.16.30",
        "",
    ],
)
def test_what_people_write_is_not(text):
    assert why_odd(["Kari", text], is_trapped=False, sent=5) is None


def test_sixth_within_an_hour_from_one_network_address_is_held(centre):
    made = [send(centre, number) for number in range(7)]
    elsewhere = send(centre, 7, sender="192.0.2.8")

    held = [HeldBecause.MANY.value] * 2
    assert [each.held_because for each in [*made, elsewhere]] == [""] * 5 + held + [""]


def test_thirty_first_is_asked_to_wait(centre):
    for number in range(SUBMISSIONS.most):
        send(centre, number)

    with pytest.raises(TooOften):
        send(centre, 30)

    assert Registration.objects.count() == SUBMISSIONS.most


def test_held_one_gets_one_mail_that_repeats_nothing_of_what_was_typed(centre):
    held = send(centre, name="Kjøp billig", is_trapped=True, message="Les dette")

    message = Message.objects.get()
    assert (held.state, message.kind) == (RegistrationState.HELD, "confirm_registration")
    assert message.to == "kari-0@example.org"
    assert "Kjøp" not in message.text
    assert "Les dette" not in message.text


def test_confirmed_within_three_days_it_is_received_with_its_date_and_a_receipt(centre):
    held = send(centre, is_trapped=True)
    asked = Message.objects.get()
    later = NOON + timedelta(hours=71)

    assert confirm(link_in(asked, later), now=later)

    held.refresh_from_db()
    assert (held.state, held.held_because) == (RegistrationState.RECEIVED, "")
    assert (held.registered_at, held.heard_at) == (NOON, later)
    assert [m.kind for m in Message.objects.exclude(state=MessageState.CANCELLED)] == ["receipt"]
    assert [a.what for a in held.activities.order_by("pk")] == ["held", "registered"]


def test_link_confirms_once(centre):
    send(centre, is_trapped=True)
    link = link_in(Message.objects.get())

    assert [confirm(link, now=NOON), confirm(link, now=NOON)] == [True, False]
    assert Message.objects.filter(kind="receipt").count() == 1


def test_unconfirmed_goes_after_three_days_with_everything(centre):
    send(centre, is_trapped=True)
    kept = send(centre, 1)
    waits = NOON + CONFIRM_WITHIN - timedelta(seconds=1)
    over = NOON + CONFIRM_WITHIN

    assert retention.run(now=waits)["unconfirmed registrations"] == 0
    assert retention.run(now=over)["unconfirmed registrations"] == 1
    assert Registration.objects.get() == kept
    assert Message.objects.get().recipient == kept.participant


def test_flood_of_held_ones_is_deleted_and_trips_no_brake(centre):
    for number in range(20):
        send(centre, number, sender=f"192.0.2.{number}", is_trapped=True)

    counts = retention.run(now=NOON + timedelta(days=3))

    assert counts["unconfirmed registrations"] == 20
    assert not Participant.objects.exists()


def test_without_an_e_mail_address_nobody_is_deleted_unseen(centre):
    held = send(centre, email=None, phone="+4741234567", is_trapped=True)

    retention.run(now=NOON + timedelta(days=400))

    assert list(Registration.objects.to_look_at()) == [held]
    assert not Message.objects.exists()


def test_whom_the_mail_did_not_reach_is_looked_at_too(centre):
    held = send(centre, is_trapped=True)
    Message.objects.update(state=MessageState.FAILED)

    retention.run(now=NOON + timedelta(days=10))

    assert list(Registration.objects.to_look_at()) == [held]


def test_staff_see_a_person(centre):
    held = send(centre, email=None, phone="+4741234567", is_trapped=True)
    by = coordinator(centre)

    let_in(held, actor=by, now=NOON + timedelta(days=4))

    held.refresh_from_db()
    assert (held.state, held.registered_at) == (RegistrationState.RECEIVED, NOON)
    assert [m.kind for m in Message.objects.ring_instead()] == ["receipt"]
    with pytest.raises(NotHeld):
        turn_away(held, actor=by)


def test_staff_see_a_program(centre):
    held = send(centre, email=None, phone="+4741234567", is_trapped=True)
    by = coordinator(centre)

    turn_away(held, actor=by)

    assert not Participant.objects.exists()
    with pytest.raises(NotHeld):
        let_in(held, actor=by)


def test_own_page_tells_what_is_missing_and_is_reached_by_mail_alone(centre):
    by_mail = send(centre, is_trapped=True, phone="+4741234567").participant
    by_phone = send(centre, 1, email=None, phone="+4741234568", is_trapped=True).participant

    sent = [send_link(person.pk, now=NOON) for person in (by_mail, by_phone)]

    assert sent == [True, False]
    assert own_status(own_registration(by_mail), today=NOON.date()) == OwnStatus.HELD


@pytest.mark.django_db(transaction=True)
def test_who_confirms_while_staff_delete_is_told_that_it_is_over(centre):
    held = send(centre, is_trapped=True)
    link = link_in(Message.objects.get())
    background = InBackground()

    with transaction.atomic():
        turn_away(held, actor=coordinator(centre))
        waiting = background.start(confirm, link, now=NOON)
        assert is_waiting(waiting)

    assert waiting.result() is False
    background.stop()
