"""A booked talk on the person's own page, and on the staff's."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import travel

from centres.states import Role
from linkcenter.models import User
from participants.domain.intake.booking import book_talk, decline_talk
from participants.models import Registration
from tests import recipes
from tests.participants import own

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
AT = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)  # a Thursday, half past ten in Norway


@pytest.fixture(autouse=True)
def at_work():
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def registration() -> Registration:
    return recipes.registration(recipes.participant(recipes.centre()))


@pytest.fixture
def kari(registration: Registration) -> User:
    return recipes.staff(Role.COORDINATOR, registration.participant.centre, name="Kari Ek")


def booked(registration: Registration, kari: User) -> None:
    book_talk(registration, at=AT, kind="rang", held_by=kari, actor=kari)
    registration.refresh_from_db()


def plain(text: str) -> str:
    return text.replace("\xa0", " ")


# The person's own page


@pytest.fixture
def guest(client: Client, registration: Registration, kari: User) -> Client:
    booked(registration, kari)
    own.enter(client, registration.participant)
    return client


def test_own_page_shows_the_talk(guest):
    html = plain(guest.get(own.PAGE).content.decode())

    assert "Torsdag 26. november 2026 kl. 10.30" in html
    assert "Kari Ek" in html


def test_opening_the_page_gives_nothing_up(guest, registration):
    guest.get("/min-side/avtale/")

    registration.refresh_from_db()
    assert registration.talk_at == AT


def test_the_person_gives_it_up_with_a_button(guest, registration):
    response = guest.post("/min-side/avtale/", {"wishes": ["tue-evening"]}, follow=True)

    registration.refresh_from_db()
    assert registration.talk_wishes == ["tue-evening"]
    assert "Takk for at du sier fra" in response.content.decode()
    assert guest.get("/min-side/avtale/").url == own.PAGE


def test_the_person_takes_it_into_their_calendar(guest):
    response = guest.get("/min-side/avtale.ics")

    assert response.headers["Content-Type"].startswith("text/calendar")
    assert "SUMMARY:Møte" in response.content.decode()


# The staff's page


@pytest.fixture
def desk(client: Client, kari: User) -> Client:
    client.force_login(kari)
    return client


def address(act: str, registration: Registration) -> str:
    return reverse(f"admin:participants_registration_{act}", args=[registration.pk])


def test_staff_book_on_the_persons_page(desk, registration, kari):
    answers = {"day": "2026-11-26", "clock": "10:30", "kind": "video", "held_by": kari.pk}

    response = desk.post(address("book", registration), answers)

    registration.refresh_from_db()
    assert response.status_code == 302
    assert (registration.talk_at, registration.talk_kind) == (AT, "video")


def test_staff_are_warned_and_may_book_all_the_same(desk, registration, kari):
    other = recipes.registration(recipes.participant(registration.participant.centre))
    booked(other, kari)
    answers = {"day": "2026-11-26", "clock": "10:30", "kind": "rang", "held_by": kari.pk}

    html = desk.post(address("book", registration), answers).content.decode()
    desk.post(address("book", registration), answers | {"anyway": "on"})

    assert 'name="anyway"' in html
    registration.refresh_from_db()
    assert registration.talk_at == AT


def test_a_time_that_the_clock_skips_is_refused(desk, registration, kari):
    with travel(datetime(2027, 3, 1, 9, tzinfo=UTC), tick=False):
        desk.force_login(kari)
        answers = {"day": "2027-03-28", "clock": "02:30", "kind": "rang", "held_by": kari.pk}
        html = desk.post(address("book", registration), answers).content.decode()

    assert "Den tida finnes ikke den natta." in html


def test_page_says_that_the_time_did_not_suit_and_what_does(desk, registration, kari):
    booked(registration, kari)
    decline_talk(registration, wishes=["tue-evening"])

    html = desk.get(address("change", registration)).content.decode()

    assert "Det passer: tirsdag kveld." in html


@pytest.mark.parametrize("act", ["book", "cancel_talk"])
def test_nobody_books_at_another_centre(desk, kari, act):
    theirs = recipes.registration(recipes.participant(recipes.centre()))

    assert desk.post(address(act, theirs), {}).status_code == 404


def test_page_promises_no_other_day_once_a_talk_is_booked(
    client: Client, registration: Registration, kari: User
) -> None:
    Registration.objects.update(registered_at=NOW)
    own.enter(client, registration.participant)
    before = client.get(own.PAGE).content.decode()
    booked(registration, kari)

    after = client.get(own.PAGE).content.decode()

    promise = "tar kontakt senest"
    assert (promise in before, promise in after) == (True, False)
