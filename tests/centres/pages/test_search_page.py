"""The search box leads on, or shows the choice."""

import pytest

from tests import recipes

pytestmark = pytest.mark.django_db


def test_search_leads_to_the_municipality(client):
    recipes.municipality("5501", name="Tromsø")

    response = client.get("/", {"q": "tromsoe"})

    assert (response.status_code, response["Location"]) == (302, "/kommuner/5501-tromso/")


def test_search_leads_to_the_centre_in_the_same_language(client):
    recipes.centre("link-oslo", name="LINK Oslo")

    response = client.get("/en/", {"q": "LINK Oslo"})

    assert response["Location"] == "/en/sentre/link-oslo/"


def test_search_shows_both_where_two_have_the_name(client):
    recipes.municipality("1515", name="Herøy", county="Møre og Romsdal")
    recipes.municipality("1818", name="Herøy", county="Nordland")

    html = client.get("/", {"q": "herøy"}).text

    assert 'href="/kommuner/1515-heroy/">Herøy</a> (Møre og Romsdal)' in html
    assert 'href="/kommuner/1818-heroy/">Herøy</a> (Nordland)' in html


def test_search_for_an_unknown_place_keeps_what_was_typed(client):
    html = client.get("/", {"q": "<b>Andeby"}).text

    assert 'value="&lt;b&gt;Andeby"' in html
