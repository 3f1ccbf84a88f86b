"""Whose case somebody is, and the question why a colleague opens it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import travel

from centres.models import StaffRole
from centres.states import Role
from linkcenter.models import User
from participants.domain.intake.booking import book_talk
from participants.domain.intake.responsible import NotHere, TheirsAlready, give_to
from participants.domain.intake.talks import record_talk
from participants.models import ReadLog, Registration
from participants.states import TalkKind, TalkOutcome
from tests import recipes

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 9, 20, tzinfo=UTC)
QUESTION = "Hvorfor åpner du saken?"


@pytest.fixture(autouse=True)
def at_work():
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def registration() -> Registration:
    return recipes.registration(recipes.participant(recipes.centre()))


@pytest.fixture
def kari(registration: Registration) -> User:
    return recipes.staff(Role.COORDINATOR, registration.participant.centre, name="Kari")


@pytest.fixture
def ola(registration: Registration) -> User:
    return recipes.staff(Role.COORDINATOR, registration.participant.centre, name="Ola")


def address(act: str, registration: Registration) -> str:
    return reverse(f"admin:participants_registration_{act}", args=[registration.pk])


def talk(registration: Registration, by: User) -> None:
    record_talk(registration, kind=TalkKind.RANG, outcome=TalkOutcome.AGAIN, by=by)


def of(registration: Registration) -> User | None:
    registration.refresh_from_db()
    return registration.responsible


def reasons() -> list[str]:
    return list(ReadLog.objects.filter(door="person").values_list("reason", flat=True))


@pytest.fixture
def at_desk(client: Client, registration: Registration, kari: User, ola: User) -> Client:
    """Ola's browser, and a case of Kari's."""
    talk(registration, kari)
    client.force_login(ola)
    return client


def test_the_first_talk_makes_it_theirs_and_the_next_does_not(registration, kari, ola):
    talk(registration, kari)
    talk(registration, ola)

    assert of(registration) == kari


def test_who_is_to_hold_the_talk_has_the_case(registration, kari, ola):
    later = NOW + timedelta(days=2)

    book_talk(registration, at=later, kind="rang", held_by=kari, actor=ola)

    assert of(registration) == kari


def test_who_has_left_the_centre_has_no_case(registration, kari, ola):
    talk(registration, kari)
    StaffRole.objects.filter(user=kari).delete()

    talk(registration, ola)

    assert of(registration) == ola


def test_a_case_is_given_to_colleagues_alone(registration, kari, ola):
    give_to(registration, colleague=kari, actor=ola)

    assert of(registration) == kari
    with pytest.raises(TheirsAlready):
        give_to(registration, colleague=kari, actor=ola)
    with pytest.raises(NotHere):
        give_to(registration, colleague=recipes.staff(Role.LEAD, recipes.centre()), actor=ola)


def test_a_colleagues_case_asks_why_before_it_shows_anything(at_desk, registration):
    html = at_desk.get(address("change", registration)).content.decode()

    assert QUESTION in html
    assert registration.participant.name not in html
    assert reasons() == []


def test_one_press_opens_it_for_the_day_and_stands_in_the_log(at_desk, registration, ola):
    page = address("change", registration)
    why = {"reason": "called", "way_on": page}

    opened = at_desk.post(address("why", registration), why, follow=True)
    with travel(NOW + timedelta(hours=3), tick=False):
        at_desk.logout()
        at_desk.force_login(ola)
        later = at_desk.get(page)
    with travel(NOW + timedelta(days=1), tick=False):
        at_desk.logout()
        at_desk.force_login(ola)
        tomorrow = at_desk.get(page)

    assert registration.participant.name in opened.content.decode()
    assert QUESTION not in later.content.decode()
    assert QUESTION in tomorrow.content.decode()
    assert reasons() == ["called", "called"]  # the second one of three hours later


@pytest.mark.parametrize("whose", ["my own", "nobody's", "one I hold a talk with"])
def test_nobody_is_asked_about(client, registration, kari, ola, whose):
    if whose == "my own":
        talk(registration, ola)
    elif whose == "one I hold a talk with":
        talk(registration, kari)
        at = NOW + timedelta(days=1)
        book_talk(registration, at=at, kind="rang", held_by=ola, actor=kari)
    client.force_login(ola)

    html = client.get(address("change", registration)).content.decode()

    assert QUESTION not in html
    assert reasons() == [""]


def test_what_is_said_on_the_phone_is_written_down_without_a_question(at_desk, registration):
    talked = {"kind": "rang", "outcome": "ready", "next_try": "", "note": "", "pointed_to": ""}

    at_desk.post(address("talk", registration), talked)

    assert registration.talks.count() == 2


@pytest.mark.parametrize("act", ["wishes", "data"])
def test_pages_about_a_colleagues_case_ask_as_well_and_lead_there(at_desk, registration, act):
    page = address(act, registration)

    question = at_desk.get(page)
    opened = at_desk.post(address("why", registration), {"reason": "away", "way_on": page})

    assert QUESTION in question.content.decode()
    assert opened.headers["Location"] == page


@pytest.mark.parametrize("way_on", ["https://example.org/", "//example.org", "/admin/", ""])
def test_the_way_on_leads_nowhere_else(at_desk, registration, way_on):
    opened = at_desk.post(address("why", registration), {"reason": "called", "way_on": way_on})

    assert opened.headers["Location"] == address("change", registration)


def test_taken_over_and_given_on(at_desk, registration, kari, ola):
    at_desk.post(address("take_over", registration))
    taken = of(registration)
    at_desk.post(address("give", registration), {"colleague": kari.pk})

    assert (taken, of(registration)) == (ola, kari)


def test_not_given_to_whoever_works_elsewhere(at_desk, registration, kari):
    stranger = recipes.staff(Role.COORDINATOR, recipes.centre())

    at_desk.post(address("why", registration), {"reason": "called"})
    page = at_desk.post(address("give", registration), {"colleague": stranger.pk})

    assert page.status_code == 200
    assert of(registration) == kari


@pytest.mark.parametrize(("who", "shown"), [("mine", 0), ("nobodys", 1), ("kari", 1), ("x", 0)])
def test_the_list_of_ones_own_cases(at_desk, registration, kari, who, shown):
    recipes.registration(recipes.participant(registration.participant.centre))
    value = str(kari.pk) if who == "kari" else who

    page = at_desk.get(
        reverse("admin:participants_registration_changelist"), {"responsible": value}
    )

    assert page.context["cl"].result_count == shown


@pytest.mark.parametrize("act", ["take_over", "give"])
def test_who_takes_or_gives_a_case_second_is_told_first(client, registration, kari, ola, act):
    client.force_login(ola)
    page = client.get(address("change", registration)).context["as_seen"]
    give_to(registration, colleague=kari, actor=kari)

    client.post(address(act, registration), {"as_seen": page, "colleague": ola.pk})

    assert of(registration) == kari
