"""To stop is as easy as to begin; for a fortnight it can be undone, with the date there was."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.test import Client
from time_machine import travel

from centres.states import Role
from groups.domain.asking import asking
from groups.match_input import waiting_without_seat
from groups.models import Seat
from linkcenter.messages.outbox import full_text
from linkcenter.models import Message, MessageState
from participants.domain.errors import AlreadyClosed, ConsentMissing
from participants.domain.intake.talks import record_talk
from participants.domain.person import consents
from participants.domain.person.consents import Agreement
from participants.domain.registration.changes import change_interest
from participants.domain.registration.closing import TooLateToUndo, close, undo_withdrawal, withdraw
from participants.domain.registration.consent_withdrawal import NotGiven, withdraw_consent
from participants.domain.registration.pausing import pause
from participants.models import Consent, Theme
from participants.states import (
    CloseReason,
    ConsentPurpose,
    GivenBy,
    RegistrationState,
    TalkKind,
    TalkOutcome,
)
from tests import recipes
from tests.database import InBackground, is_waiting
from tests.participants import own

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 9, 12, tzinfo=UTC)
PURPOSES = [ConsentPurpose.CONTACT, ConsentPurpose.THEME, ConsentPurpose.DIGITAL]
FIRST = datetime(2026, 2, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_noon():
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def person():
    recipes.consent_texts()
    person = recipes.participant(recipes.centre(), email="kari@example.org")
    consents.give(person, PURPOSES, language="nb", given_by=GivenBy.WEB, now=FIRST)
    return person


@pytest.fixture
def registration(person):
    registration = recipes.registration(person, registered_at=FIRST)
    staff = recipes.staff(Role.COORDINATOR, person.centre)
    record_talk(registration, kind=TalkKind.RANG, outcome=TalkOutcome.READY, by=staff)
    return registration


def whats(registration):
    return list(registration.activities.order_by("pk").values_list("what", flat=True))


def path_in(message):
    return message.link_path.format(token=full_text(message).split("/lenke/")[1].split("/")[0])


def test_who_stops_is_off_the_list_at_once(client, person, registration):
    own.enter(client, person)

    response = client.post("/min-side/stopp/", {"sure": "on"})

    registration.refresh_from_db()
    assert response.url == own.PAGE
    assert registration.close_reason == CloseReason.WITHDRAWN
    assert list(waiting_without_seat(person.centre, today=NOW.date())) == []
    assert consents.given(person) == set()
    assert whats(registration) == ["talked", "ready", "closed"]
    assert client.get(own.PAGE).context["may_undo"]


def test_to_be_closed_as_withdrawn_is_to_withdraw(person, registration):
    close(registration, reason=CloseReason.WITHDRAWN)

    assert registration.close_reason == CloseReason.WITHDRAWN
    assert consents.given(person) == set()
    assert Message.objects.get().kind == "withdrawn"


def test_one_text_says_so_and_leads_back(registration):
    withdraw(registration)

    message = Message.objects.get()
    assert (message.kind, message.state) == ("withdrawn", MessageState.QUEUED)
    assert "/lenke/" in full_text(message)


@pytest.mark.parametrize("way", ["phone", "sms"])
def test_nobody_rings_whoever_wants_to_be_left_alone(registration, person, way):
    person.email, person.phone, person.preferred_way = None, "+4741234567", way
    person.save()

    withdraw(registration)

    assert Message.objects.count() == 0


def test_seat_is_free(registration):
    group = recipes.group(registration.participant.centre)
    recipes.seat(group, registration)
    asking.ask(group, actor=None)

    withdraw(registration)

    assert Seat.objects.live().count() == 0
    assert Message.objects.filter(state=MessageState.QUEUED).get().kind == "withdrawn"


def test_break_frees_a_seat(registration):
    recipes.seat(recipes.group(registration.participant.centre), registration)

    pause(registration, until=NOW.date() + timedelta(days=30))

    assert Seat.objects.live().count() == 0
    assert whats(registration)[-2:] == ["paused", "seat_left"]


def test_who_has_stopped_cannot_stop_again(registration):
    withdraw(registration)

    with pytest.raises(AlreadyClosed):
        withdraw(registration)


def test_undone_all_is_as_it_was(client, person, registration):
    own.enter(client, person)
    client.post("/min-side/stopp/", {"sure": "on"})
    with travel(NOW + timedelta(minutes=5), tick=False):
        client.post("/min-side/angre/")

    registration.refresh_from_db()
    assert registration.state == RegistrationState.WAITING
    assert registration.registered_at == FIRST
    assert consents.given(person) == set(PURPOSES)
    assert Consent.objects.filter(withdrawn_at__isnull=False).count() == 3
    assert whats(registration)[-1] == "withdrawal_undone"
    assert Message.objects.get().state == MessageState.CANCELLED


def test_who_had_not_talked_with_us_yet_is_received_again(person):
    registration = recipes.registration(person)
    withdraw(registration)

    undo_withdrawal(registration)

    registration.refresh_from_db()
    assert registration.state == RegistrationState.RECEIVED


def test_link_in_the_mail_undoes_it_on_a_press_of_the_button(client, registration):
    withdraw(registration)
    path = path_in(Message.objects.get())
    for _look in range(50):
        client.get(path)
        client.head(path)
    registration.refresh_from_db()
    was_open = registration.is_open

    response = client.post(path, follow=True)

    registration.refresh_from_db()
    assert (was_open, registration.is_open) == (False, True)
    assert "samme dato" in response.content.decode()
    assert Client().post(path).status_code == 404


def test_after_a_fortnight_it_is_too_late(client, person, registration):
    withdraw(registration)
    path = path_in(Message.objects.get())
    own.enter(client, person)

    with travel(NOW + timedelta(days=14) - timedelta(seconds=1), tick=False):
        assert client.get(path).status_code == 200
    with travel(NOW + timedelta(days=14), tick=False):
        with pytest.raises(TooLateToUndo):
            undo_withdrawal(registration)
        assert client.get(path).status_code == 404


def test_who_has_registered_again_has_nothing_to_undo(person, registration):
    withdraw(registration)
    recipes.registration(person)

    with pytest.raises(TooLateToUndo):
        undo_withdrawal(registration)


def test_what_staff_closed_for_other_reasons_stays_closed(registration):
    close(registration, reason=CloseReason.DONE)

    with pytest.raises(TooLateToUndo):
        undo_withdrawal(registration)


def test_consent_to_themes_is_taken_back_with_the_themes(client, person, registration):
    registration.themes.add(Theme.objects.create(slug="sorg", name="Sorg"))
    own.enter(client, person)

    client.post("/min-side/samtykke/", {"purpose": "theme"})

    registration.refresh_from_db()
    assert (list(registration.themes.all()), registration.any_theme) == ([], True)
    assert consents.given(person) == {"contact", "digital"}
    assert whats(registration)[-1] == "consent_withdrawn"


def test_consent_to_groups_elsewhere_is_taken_back(person, registration):
    registration.digital_elsewhere = True
    registration.save()

    withdraw_consent(person, purpose=ConsentPurpose.DIGITAL)

    registration.refresh_from_db()
    assert registration.digital_elsewhere is False
    with pytest.raises(NotGiven):
        withdraw_consent(person, purpose=ConsentPurpose.DIGITAL)


def test_without_it_no_other_centre_holds_a_seat_for_the_person(person, registration):
    elsewhere = recipes.seat(recipes.group(recipes.centre(), format="digital"), registration)

    withdraw_consent(person, purpose=ConsentPurpose.DIGITAL)

    elsewhere.refresh_from_db()
    assert (elsewhere.state, elsewhere.end_reason) == ("ended", "left")


@pytest.mark.parametrize("state", ["forming", "settled"])
def test_but_a_seat_at_home_and_a_place_that_is_settled_stay(person, registration, state):
    at = person.centre if state == "forming" else recipes.centre()
    group = recipes.group(at, format="digital", state=state)
    answered = {"asked_at": NOW, "answer_by": NOW.date(), "answered_at": NOW}
    seat = recipes.seat(group, registration, state="yes", **answered)

    withdraw_consent(person, purpose=ConsentPurpose.DIGITAL)

    seat.refresh_from_db()
    assert seat.is_live


@pytest.mark.parametrize("purpose", PURPOSES)
def test_what_is_held_back_loses_what_the_consent_was_for(person, purpose):
    held = recipes.registration(person, state="held", held_because="many", digital_elsewhere=True)
    held.themes.add(Theme.objects.create(slug="sorg", name="Sorg"))

    withdraw_consent(person, purpose=purpose)

    held.refresh_from_db()
    assert (held.state == "held") == (purpose != ConsentPurpose.CONTACT)
    assert held.close_reason == ("withdrawn" if purpose == ConsentPurpose.CONTACT else "")
    assert held.themes.exists() == (purpose != ConsentPurpose.THEME)
    assert held.digital_elsewhere == (purpose != ConsentPurpose.DIGITAL)
    assert purpose not in consents.given(person)


@pytest.mark.django_db(transaction=True)
def test_nobody_says_yes_to_a_theme_while_it_is_taken_back(person, registration):
    runner = InBackground()
    with transaction.atomic():
        withdraw_consent(person, purpose=ConsentPurpose.THEME)
        call = runner.start(
            change_interest, registration, answers={"themes": ["sorg"]}, agreement=Agreement()
        )
        assert is_waiting(call)
    with pytest.raises(ConsentMissing):
        call.result(timeout=10)
    runner.stop()


def test_consent_to_contact_is_taken_back_by_stopping(client, person, registration):
    own.enter(client, person)

    response = client.post("/min-side/samtykke/", {"purpose": "contact"})

    assert response.url == "/min-side/stopp/"
    withdraw_consent(person, purpose=ConsentPurpose.CONTACT)
    registration.refresh_from_db()
    assert not registration.is_open


def test_page_shows_every_text_with_its_day(client, person, registration):
    own.enter(client, person)
    withdraw_consent(person, purpose=ConsentPurpose.THEME)

    page = client.get("/min-side/samtykke/").content.decode()

    assert page.count("Jeg sier ja (") == 3
    assert page.count("1. februar 2026") == 3
    assert page.count("9. november 2026") == 1
    assert page.count('name="purpose"') == 2


@pytest.mark.parametrize("purpose", ["", "owls", "contact' or 1=1"])
def test_odd_consent_changes_nothing(client, person, registration, purpose):
    own.enter(client, person)

    response = client.post("/min-side/samtykke/", {"purpose": purpose})

    assert response.status_code == 200
    assert consents.given(person) == set(PURPOSES)
