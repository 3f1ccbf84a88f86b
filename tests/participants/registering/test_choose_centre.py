"""From the place somebody lives to the centre that takes the registration."""

import pytest

from centres.states import CentreStatus
from tests import recipes
from tests.participants import walk

pytestmark = pytest.mark.django_db

START = "/en/meld-interesse/"


@pytest.fixture
def centre():
    return walk.place(name="LINK Prøvested", phones=["413 33 186"])


def test_municipality_with_one_centre_leads_to_it(client, centre):
    response = client.get(START, {"q": "tromsø"})

    assert response.headers["Location"] == f"{START}{centre.slug}/?kommune=5501"
    begin = client.get(response.headers["Location"]).content.decode()
    assert f"{START}{centre.slug}/gruppe/?kommune=5501" in begin


def test_name_of_a_centre_leads_to_it(client, centre):
    response = client.get(START, {"q": "prøvested"})

    assert response.headers["Location"] == f"{START}{centre.slug}/"


def test_municipality_of_two_centres_lets_one_choose(client, centre):
    other = recipes.centre()
    other.municipalities.add("5501")

    page = client.get(START, {"q": "tromsø"}).content.decode()

    for each in (centre, other):
        assert f"{START}{each.slug}/?kommune=5501" in page


def test_municipality_without_a_centre_says_so(client, centre):
    recipes.municipality("5540", name="Kåfjord")

    page = client.get(START, {"q": "Kåfjord"}).content.decode()

    assert "No centre here takes registrations yet." in page
    assert f"{START}{centre.slug}/" in page


@pytest.mark.parametrize("query", ["Atlantis", "😀", "a" * 1_000, "' or 1=1 --", "%"])
def test_unknown_place_keeps_what_was_typed(client, centre, query):
    response = client.get(START, {"q": query})

    assert response.status_code == 200
    assert response.context["query"] == query


def test_misspelt_place_is_suggested(client, centre):
    page = client.get(START, {"q": "Trmsø"}).content.decode()

    assert 'href="?q=Troms%C3%B8"' in page


def test_start_tells_of_the_telephone_before_anything_is_asked(client, centre):
    page = client.get(f"{START}{centre.slug}/").content.decode()

    assert "413 33 186" in page
    assert "about five minutes" in page
    assert "stop at any time" in page
    assert "<input" not in page


def test_municipality_is_filled_in_when_only_one_is_served(client, centre):
    form = client.get(walk.path(centre, "gruppe")).context["form"]

    assert form["municipality"].value() == "Tromsø"


def test_municipality_is_filled_in_as_it_was_searched_for(client, centre):
    centre.municipalities.add(recipes.municipality("5536"))

    form = client.get(walk.path(centre, "gruppe"), {"kommune": "5536"}).context["form"]

    assert form["municipality"].value() == "Kommune 5536"


@pytest.mark.parametrize("number", ["0000", "tromsø", "", "55010"])
def test_municipality_in_the_address_that_there_is_not_is_passed_over(client, centre, number):
    response = client.get(walk.path(centre, "gruppe"), {"kommune": number})

    assert response.context["form"]["municipality"].value() == "Tromsø"


def test_centre_that_forwards_says_who_takes_the_registration(client, centre):
    small = recipes.centre(name="Kontaktpunktet", takes_registrations=False, forwards_to=centre)

    page = client.get(f"{START}{small.slug}/").content.decode()

    assert "LINK Prøvested takes registrations for Kontaktpunktet." in page
    assert f"{START}{centre.slug}/gruppe/" in page


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ["gruppe", "sjekk"])
def test_page_of_a_centre_that_takes_none_leads_to_what_to_do_instead(client, method, name):
    closed = recipes.centre(takes_registrations=False, status=CentreStatus.CLOSED)

    response = getattr(client, method)(walk.path(closed, name))

    assert response.headers["Location"] == f"/meld-interesse/{closed.slug}/"
    page = client.get(f"{START}{closed.slug}/").content.decode()
    assert "takes no registrations here now" in page
    assert closed.email not in page


def test_centre_that_there_is_not(client):
    assert client.get(f"{START}nowhere/").status_code == 404


def test_register_page_asks_the_database_the_same_for_one_centre_and_many(
    client, centre, django_assert_num_queries
):
    recipes.centre()
    recipes.centre(takes_registrations=False, forwards_to=centre)

    with django_assert_num_queries(2):
        client.get(START)
