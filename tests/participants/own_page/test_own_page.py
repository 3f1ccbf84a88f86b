"""How it stands with one's interest, in plain words."""

from datetime import UTC, date, datetime

import pytest
from time_machine import travel

from centres.states import Role
from participants.domain.intake.talks import record_talk
from participants.domain.registration.closing import close
from participants.states import CloseReason, RegistrationState, TalkKind, TalkOutcome
from tests import recipes
from tests.participants import own

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 9, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_noon():
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def person():
    return recipes.participant(recipes.centre(name="LINK Prøve"), name="Kari")


def status(client, person):
    return own.enter(client, person).context["status"]


def test_page_shows_reference_day_and_centre(client, person):
    recipes.registration(person, registered_at=datetime(2026, 2, 1, 12, tzinfo=UTC))

    page = own.enter(client, person).content.decode()

    for told in (person.reference, "1. februar 2026", "LINK Prøve"):
        assert told in page


def test_new_interest_is_received(client, person):
    recipes.registration(person)

    assert status(client, person) == "received"


def test_after_a_try_we_are_in_contact(client, person):
    registration = recipes.registration(person)
    staff = recipes.staff(Role.COORDINATOR, person.centre)
    record_talk(registration, kind=TalkKind.TRIED, outcome=TalkOutcome.NO_ANSWER, by=staff)

    assert status(client, person) == "in_contact"


@pytest.mark.parametrize(
    ("until", "told"),
    [(None, "waiting"), (date(2026, 11, 9), "waiting"), (date(2026, 11, 10), "paused")],
)
def test_who_waits_is_on_the_list_or_takes_a_break(client, person, until, told):
    recipes.registration(person, state=RegistrationState.WAITING, paused_until=until)

    assert status(client, person) == told


@pytest.mark.parametrize(
    ("reason", "told"),
    [(CloseReason.WITHDRAWN, "withdrawn"), (CloseReason.DONE, "closed")],
)
def test_who_is_not_on_the_list_is_told_so(client, person, reason, told):
    close(recipes.registration(person), reason=reason)

    assert status(client, person) == told


def test_page_is_about_the_open_interest_before_older_ones(client, person):
    close(recipes.registration(person), reason=CloseReason.WITHDRAWN)
    current = recipes.registration(person)

    assert own.enter(client, person).context["registration"] == current


def test_person_without_an_interest_has_a_page(client, person):
    assert own.enter(client, person).context["registration"] is None


@pytest.mark.parametrize(
    ("registered", "told"),
    [
        (datetime(2026, 11, 9, 9, tzinfo=UTC), "by Monday 16 November"),
        (datetime(2026, 11, 8, 9, tzinfo=UTC), "by Friday 13 November"),  # the 15th is a Sunday
        (datetime(2026, 11, 2, 9, tzinfo=UTC), "by Monday 9 November"),
        (datetime(2026, 11, 1, 9, tzinfo=UTC), "longer than we promised"),
    ],
)
def test_who_has_registered_is_told_by_which_day_they_hear_from_us(
    client, person, registered, told
):
    recipes.registration(person, registered_at=registered)
    own.enter(client, person)

    assert told in client.get("/en/min-side/").content.decode()


@pytest.mark.parametrize(
    "page",
    [
        *("tider", "gruppe", "onsker", "kontakt", "pause", "stopp", "samtykke", "opplysninger"),
        *("hvem-har-sett", "slett"),
    ],
)
def test_every_page_has_the_telephone_at_the_bottom(client, person, page):
    recipes.consent_texts()
    recipes.registration(person)
    own.enter(client, person)

    html = client.get(f"/min-side/{page}/").content.decode()

    assert 'id="talk-instead"' in html.split("<h1")[1]
