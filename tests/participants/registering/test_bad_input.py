"""What cannot be used gets a sentence on what to do. What was typed stays, and nothing is sent."""

import pytest

from linkcenter.models import Message
from participants.models import Participant, Registration, Theme
from tests import recipes
from tests.participants import walk

pytestmark = pytest.mark.django_db

LONG = "å" * 10_000


@pytest.fixture
def centre():
    Theme.objects.create(slug="sorg", name="Sorg")
    return walk.place()


def fill_up_to(client, centre, page):
    for name in walk.PAGES:
        if name == page:
            return
        walk.post(client, centre, name)


@pytest.mark.parametrize(
    ("page", "fields"),
    [
        ("gruppe", {"municipality", "role", "kind", "format", "themes"}),
        ("tid", {"availability", "languages", "gender_wish", "is_adult"}),
        ("om-deg", {"name", "phone", "email", "preferred_way"}),
    ],
)
def test_empty_page_asks_for_what_is_missing(client, centre, page, fields):
    fill_up_to(client, centre, page)

    response = client.post(walk.path(centre, page), {})

    assert set(response.context["form"].errors) == fields
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("page", "field", "typed"),
    [
        ("gruppe", "municipality", "Atlantis"),
        ("gruppe", "municipality", LONG),
        ("gruppe", "municipality", "😀"),
        ("gruppe", "role", "somebody"),
        ("gruppe", "themes", ["sorg", "everything"]),
        ("tid", "availability", ["tue-night"]),
        ("tid", "languages", ["tlh"]),
        ("tid", "birth_year", "75"),
        ("tid", "birth_year", "1875"),
        ("tid", "birth_year", "2099"),
        ("tid", "birth_year", "-1975"),
        ("tid", "birth_year", "i fjor"),
        ("tid", "birth_year", "9" * 5_000),
        ("tid", "gender", "dragon"),
        ("tid", "is_adult", None),
        ("om-deg", "name", LONG),
        ("om-deg", "name", "\u200b\u202e"),
        ("om-deg", "phone", "12"),
        ("om-deg", "phone", "ring meg"),
        ("om-deg", "phone", LONG),
        ("om-deg", "email", "kari"),
        ("om-deg", "email", "kari@"),
        ("om-deg", "email", f"{LONG}@example.org"),
        ("om-deg", "safe_times", LONG),
        ("om-deg", "heard_from", "an owl"),
        ("om-deg", "message", LONG),
    ],
)
def test_what_cannot_be_used_is_said_by_the_field_and_kept(client, centre, page, field, typed):
    fill_up_to(client, centre, page)

    response = walk.post(client, centre, page, **{field: typed})

    form = response.context["form"]
    assert list(form.errors) == [field]
    assert str(form.errors[field][0]).endswith((".", "?"))
    assert form[field].value() == (typed or False)
    assert not Participant.objects.exists()


def test_same_name_twice_asks_for_the_county(client, centre):
    recipes.municipality("1515", name="Herøy", county="Møre og Romsdal")
    recipes.municipality("1818", name="Herøy", county="Nordland")

    unclear = walk.post(client, centre, "gruppe", municipality="herøy")
    clear = walk.post(client, centre, "gruppe", municipality="Herøy i Nordland")

    assert "Herøy (Møre og Romsdal)" in unclear.context["form"].errors["municipality"][0]
    assert clear.headers["Location"] == walk.path(centre, "tid")


def test_misspelt_name_of_two_municipalities_is_suggested_once(client, centre):
    recipes.municipality("1515", name="Herøy", county="Møre og Romsdal")
    recipes.municipality("1818", name="Herøy", county="Nordland")

    response = walk.post(client, centre, "gruppe", municipality="herø")

    assert response.context["form"].errors["municipality"][0].count("Herøy") == 1


def test_misspelt_municipality_is_suggested(client, centre):
    response = walk.post(client, centre, "gruppe", municipality="Trmsø")

    assert "Tromsø" in response.context["form"].errors["municipality"][0]


@pytest.mark.parametrize("written", ["tromsø", "TROMSOE", "Tromso kommune", "5501", " Tromsø  "])
def test_municipality_is_known_however_it_is_written(client, centre, written):
    response = walk.post(client, centre, "gruppe", municipality=written)

    assert response.headers["Location"] == walk.path(centre, "tid")


@pytest.mark.parametrize(
    ("way", "phone", "email", "fields"),
    [
        ("email", "", "", {"phone", "email"}),
        ("email", "412 34 567", "", {"email"}),
        ("phone", "", "kari@example.org", {"phone"}),
        ("sms", "", "kari@example.org", {"phone"}),
        ("phone", "12", "", {"phone"}),
        ("phone", "412 34 567", "", set()),
        ("email", "", "kari@gmial.con", set()),
    ],
)
def test_way_to_be_reached_is_there(client, centre, way, phone, email, fields):
    fill_up_to(client, centre, "om-deg")

    response = walk.post(client, centre, "om-deg", preferred_way=way, phone=phone, email=email)

    errors = set(response.context["form"].errors) if response.context else set()
    assert errors == fields


def test_group_for_one_gender_asks_for_ones_own(client, centre):
    walk.post(client, centre, "gruppe")

    unsaid = walk.post(client, centre, "tid", gender_wish="women")
    said = walk.post(client, centre, "tid", gender_wish="women", gender="woman")

    assert set(unsaid.context["form"].errors) == {"gender"}
    assert said.headers["Location"] == walk.path(centre, "om-deg")


def test_video_group_elsewhere_is_not_for_those_who_meet_in_person(client, centre):
    walk.fill(client, centre)
    walk.post(client, centre, "gruppe", format="physical", digital_elsewhere="on")

    walk.post(client, centre, "sjekk", **walk.yes())

    assert Registration.objects.get().digital_elsewhere is False


@pytest.mark.parametrize("typed", ["Kari\x00", "\x1b[31mKari"])
def test_control_characters_get_the_page_that_takes_them_away(client, centre, typed):
    fill_up_to(client, centre, "om-deg")

    response = walk.post(client, centre, "om-deg", name=typed)

    assert response.status_code == 400
    assert "Kari" in response.content.decode()
    assert not Participant.objects.exists()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Kari 😀👩‍👧", "Kari 😀👩‍👧"),
        ("مريم", "مريم"),
        ("\u202eiraK\u202c", "iraK"),
        ("A\u030asne", "Åsne"),
        ("  Kari \n Nordmann ", "Kari Nordmann"),
        ("<b>Kari</b>", "<b>Kari</b>"),
        ("{{ 7 }}{% now 'Y' %}", "{{ 7 }}{% now 'Y' %}"),
    ],
)
def test_unusual_names_are_stored_as_they_are_meant(client, centre, typed, stored):
    walk.send(client, centre, name=typed)

    assert Participant.objects.get().name == stored


def test_markup_is_shown_as_text(client, centre):
    walk.fill(client, centre, name="<b>Kari</b>")

    page = client.get(walk.path(centre, "sjekk")).content.decode()

    assert "&lt;b&gt;Kari&lt;/b&gt;" in page
    assert "<b>Kari</b>" not in page


@pytest.mark.parametrize("year", ["2020", "2009"])
def test_child_gets_the_numbers_to_call_and_nothing_is_kept(client, centre, year):
    fill_up_to(client, centre, "tid")

    response = walk.post(client, centre, "tid", birth_year=year)

    assert "116 111" in response.content.decode()
    assert client.session["drafts"] == {}
    assert not Participant.objects.exists()
    assert not Message.objects.exists()


def test_slip_of_the_year_can_be_corrected_with_the_rest_kept(client, centre):
    fill_up_to(client, centre, "tid")
    child = walk.post(client, centre, "tid", birth_year="2020", needs=["step_free"])

    page = client.post(walk.path(centre, "tid"), {**walk.hidden(child), "again": "yes"})
    answers = {**walk.hidden(page), **walk.TIMES, "birth_year": "1975"}
    response = client.post(walk.path(centre, "tid"), answers)

    assert page.context["form"]["needs"].value() == ["step_free"]
    assert response.headers["Location"] == walk.path(centre, "om-deg")


def test_situation_may_be_none_of_those_on_the_list(client, centre):
    nothing = walk.post(client, centre, "gruppe", any_theme=None)
    unlisted = walk.post(client, centre, "gruppe", any_theme=None, not_listed="on")

    assert set(nothing.context["form"].errors) == {"themes"}
    assert unlisted.headers["Location"] == walk.path(centre, "tid")


def test_letter_is_no_way_to_begin(client, centre):
    fill_up_to(client, centre, "om-deg")

    response = walk.post(client, centre, "om-deg", preferred_way="letter")

    assert set(response.context["form"].errors) == {"preferred_way"}
