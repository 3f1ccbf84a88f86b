"""What a person changes on their own page: it shows what is, keeps what was typed, and is saved."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from time_machine import travel

from centres.states import LegalBasis, Role
from linkcenter.models import Message
from participants.domain.person import consents
from participants.models import Theme
from participants.states import ConsentPurpose, GivenBy, RegistrationState
from tests import recipes
from tests.participants import own
from tests.participants.walk import hidden

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 9, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_noon():
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def person():
    recipes.consent_texts()
    person = recipes.participant(recipes.centre(), name="Kari", phone="+4741234567")
    consents.give(person, [ConsentPurpose.CONTACT], language="nb", given_by=GivenBy.WEB, now=NOW)
    return person


@pytest.fixture
def registration(person):
    return recipes.registration(person, state=RegistrationState.WAITING)


@pytest.fixture
def guest(client: Client, person: Any) -> Client:
    own.enter(client, person)
    return client


def post(guest: Client, page: str, **data: Any) -> Any:
    path = f"/min-side/{page}/"
    return guest.post(path, hidden(guest.get(path)) | data)


def activities(row):
    return [(each.what, each.actor, each.fields) for each in row.activities.order_by("pk")]


GROUP = {"role": "own", "kind": "either", "format": "either", "any_theme": "on"}
WISHES = {"languages": ["no"], "gender_wish": "any"}
CONTACT = {
    "name": "Kari",
    "phone": "412 34 567",
    "preferred_way": "phone",
    "language": "nb",
}
ACTS = {"tider": {"availability": ["mon-morning"]}, "gruppe": GROUP, "onsker": WISHES}


def test_times_are_all_that_the_page_of_times_asks_for(guest, registration):
    page = guest.get("/min-side/tider/").content.decode()

    assert "Når du kan møtes" in page
    assert "Når du kan møtes, og med hvem" not in page
    assert "Hvem du møter" not in page
    assert "Lokalet, og litt til" not in page


def test_times_are_changed(guest, registration):
    response = post(guest, "tider", availability=["fri-evening", "mon-morning"])

    registration.refresh_from_db()
    assert response.url == own.PAGE
    assert "Det er lagret." in guest.get(own.PAGE).content.decode()
    assert "Det er lagret." not in guest.get(own.PAGE).content.decode()
    assert registration.availability == ["mon-morning", "fri-evening"]
    assert activities(registration) == [("interest_changed", None, ["availability"])]
    assert Message.objects.count() == 0


@pytest.mark.parametrize("page", ["tider", "gruppe", "onsker", "kontakt"])
def test_page_shows_what_is_and_sent_back_changes_nothing(guest, registration, person, page):
    registration.themes.add(Theme.objects.create(slug="sorg", name="Sorg"))
    consents.give(person, [ConsentPurpose.THEME], language="nb", given_by=GivenBy.WEB, now=NOW)
    form = guest.get(f"/min-side/{page}/").context["form"]
    shown = {name: form[name].value() for name in form.fields}
    as_sent = {name: "on" if value is True else value for name, value in shown.items() if value}

    response = post(guest, page, **as_sent)

    assert response.status_code == 302
    assert activities(registration) == activities(person) == []


def test_interest_is_changed(guest, registration):
    post(guest, "gruppe", **GROUP | {"role": "kin", "format": "digital"})

    registration.refresh_from_db()
    assert (registration.role, registration.format) == ("kin", "digital")
    assert activities(registration) == [("interest_changed", None, ["format", "role"])]


def test_new_theme_needs_a_yes(guest, registration, person):
    theme = Theme.objects.create(slug="sorg", name="Sorg")

    refused = post(guest, "gruppe", **GROUP | {"themes": ["sorg"]})

    assert refused.status_code == 200
    assert list(refused.context["form"].errors) == ["theme"]
    assert refused.context["form"]["themes"].value() == ["sorg"]
    assert list(registration.themes.all()) == []
    tick = refused.context["form"].fields["theme"].widget.text_id
    post(guest, "gruppe", **GROUP | {"themes": ["sorg"], "theme": tick})
    assert list(registration.themes.all()) == [theme]
    assert consents.given(person) == {"contact", "theme"}
    assert [what for what, _who, _fields in activities(registration)] == [
        "consent_given",
        "interest_changed",
    ]


def test_group_elsewhere_needs_a_yes(guest, registration, person):
    refused = post(guest, "gruppe", **GROUP | {"digital_elsewhere": "on"})

    assert list(refused.context["form"].errors) == ["digital"]


def test_public_task_needs_no_yes_to_a_theme(guest, registration, person):
    person.centre.legal_basis = LegalBasis.PUBLIC_TASK
    person.centre.save()
    Theme.objects.create(slug="sorg", name="Sorg")

    post(guest, "gruppe", **GROUP | {"themes": ["sorg"]})

    assert [theme.slug for theme in registration.themes.all()] == ["sorg"]


def test_wishes_are_changed_and_what_they_need_of_the_person(guest, registration, person):
    refused = post(guest, "onsker", **WISHES | {"gender_wish": "women"})

    assert list(refused.context["form"].errors) == ["gender"]
    post(
        guest, "onsker", **WISHES | {"gender_wish": "women", "gender": "woman", "birth_year": 1980}
    )
    registration.refresh_from_db()
    person.refresh_from_db()
    assert registration.gender_wish == "women"
    assert (person.gender, person.birth_year) == ("woman", 1980)
    assert activities(person) == [("contact_changed", None, ["birth_year", "gender"])]


def test_year_of_a_child_is_refused(guest, registration, person):
    response = post(guest, "onsker", **WISHES | {"birth_year": 2015})

    assert list(response.context["form"].errors) == ["birth_year"]


def test_how_to_reach_the_person_is_changed(guest, person):
    post(
        guest,
        "kontakt",
        **CONTACT
        | {"email": person.email, "safe_times": "etter fire", "language": "nn", "name": "Kari Å"},
    )

    person.refresh_from_db()
    assert (person.safe_times, person.language, person.name) == ("etter fire", "nn", "Kari Å")
    assert activities(person) == [("contact_changed", None, ["language", "name", "safe_times"])]
    assert Message.objects.count() == 0


@pytest.mark.parametrize("page", ["tider", "gruppe", "onsker", "pause", "stopp"])
def test_without_an_open_interest_there_is_nothing_to_change(guest, page):
    assert guest.get(f"/min-side/{page}/").url == own.PAGE
    assert guest.post(f"/min-side/{page}/", {}).url == own.PAGE


@pytest.mark.parametrize(
    "page",
    ["tider", "gruppe", "onsker", "kontakt", "pause", "stopp", "samtykke", "opplysninger", "slett"],
)
def test_stranger_is_led_to_ask_for_a_link(client, page):
    for answer in (client.get(f"/min-side/{page}/"), client.post(f"/min-side/{page}/")):
        assert (answer.status_code, answer.url) == (302, own.PAGE)


@pytest.mark.parametrize(
    "page", ["tider", "gruppe", "onsker", "kontakt", "pause", "stopp", "slett"]
)
def test_empty_form_says_what_is_missing(guest, registration, page):
    response = guest.post(f"/min-side/{page}/", {})

    assert response.status_code == 200
    assert response.context["form"].errors
    assert "<title>Feil:" in response.content.decode()


def test_acts_reach_the_own_interest_alone(guest, registration):
    other = recipes.registration(recipes.participant(registration.participant.centre))

    for page, data in ACTS.items():
        post(guest, page, **data)

    other.refresh_from_db()
    assert other.availability == ["tue-evening"]
    assert activities(other) == []


def test_break_is_taken_and_ended(guest, registration):
    post(guest, "pause", until="2027-01-10")

    registration.refresh_from_db()
    assert registration.paused_until == date(2027, 1, 10)
    assert guest.get(own.PAGE).context["status"] == "paused"
    post_end = guest.post("/min-side/pause/slutt/")
    registration.refresh_from_db()
    assert post_end.url == own.PAGE
    assert registration.paused_until is None
    assert [what for what, *_rest in activities(registration)] == ["paused", "pause_ended"]


def test_looking_at_the_end_of_a_break_ends_nothing(guest, registration):
    post(guest, "pause", until="2027-01-10")

    guest.get("/min-side/pause/slutt/")
    guest.get("/min-side/angre/")

    registration.refresh_from_db()
    assert registration.paused_until == date(2027, 1, 10)


@pytest.mark.parametrize("until", ["2026-11-09", "2026-11-08", "2027-11-10", "i morgen", "", "0"])
def test_break_is_for_a_day_to_come_within_a_year(guest, registration, until):
    response = post(guest, "pause", until=until)

    registration.refresh_from_db()
    assert response.context["form"]["until"].errors
    assert registration.paused_until is None


@pytest.mark.parametrize("state", [RegistrationState.RECEIVED, RegistrationState.WAITING])
def test_staff_see_that_somebody_takes_a_break(guest, registration, state):
    registration.state = state
    registration.save()
    post(guest, "pause", until="2027-01-10")
    desk = Client()
    desk.force_login(recipes.staff(Role.COORDINATOR, registration.participant.centre))

    page = desk.get("/admin/participants/registration/?view=").content.decode()

    assert "pause til 10.01.2027" in page


def test_what_was_typed_outlives_the_session(guest, person, registration):
    page = hidden(guest.get("/min-side/tider/"))
    with travel(NOW + timedelta(minutes=31), tick=False):
        expired = guest.post(
            "/min-side/tider/", page | {"availability": ["mon-morning", "sun-evening"]}
        )
        own.enter(guest, person)
        again = guest.post("/min-side/tider/", {"availability": kept(expired)})

    registration.refresh_from_db()
    assert expired.status_code == 403
    assert again.url == own.PAGE
    assert registration.availability == ["mon-morning", "sun-evening"]


def kept(response):
    return re.findall(r'name="availability" value="([^"]*)"', response.content.decode())


def test_situation_that_is_not_listed_stays_so_until_it_is_talked_about(guest, registration):
    unlisted = {"role": "own", "kind": "either", "format": "either", "not_listed": "on"}

    post(guest, "gruppe", **unlisted)

    registration.refresh_from_db()
    assert registration.any_theme is False
    assert not registration.themes.exists()
    form = guest.get("/min-side/gruppe/").context["form"]
    assert form["not_listed"].value() is True
