import re

import pytest

from centres.models import Municipality
from centres.states import CentreStatus
from tests import recipes

pytestmark = pytest.mark.django_db


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def troms():
    tromso = recipes.municipality("5501", name="Tromsø", county="Troms")
    recipes.municipality("5520", name="Bardu", county="Troms")
    recipes.municipality("3110", name="Hvaler", county="Østfold")
    recipes.municipality("3301", name="Drammen", county="Buskerud")
    recipes.centre("link-tromso", name="LINK Tromsø").municipalities.add(tromso)
    gone = recipes.centre("gone", status=CentreStatus.CLOSED, takes_registrations=False)
    gone.municipalities.add(tromso)
    return tromso


def test_municipality_list_has_the_counties_in_norwegian_order(client, troms):
    html = page(client, "/kommuner/")

    assert re.findall(r'href="/kommuner/([^"]+)/"', html) == ["buskerud", "troms", "ostfold"]


def test_municipality_list_says_how_many_have_a_centre(client, troms):
    html = page(client, "/en/kommuner/")

    assert "1 of 2 municipalities have an open centre" in html
    assert "LINK Tromsø" in html


@pytest.mark.parametrize("address", ["/en/kommuner/", "/en/kommuner/troms/"])
def test_centre_that_is_only_being_set_up_is_named_and_not_counted(client, troms, address):
    bardu = Municipality.objects.get(name="Bardu")
    coming = recipes.centre("bardu", name="LINK Bardu", status=CentreStatus.ESTABLISHING)
    coming.municipalities.add(bardu)

    html = page(client, address)

    assert "1 of 2 municipalities have an open centre" in html
    assert "Not open now: LINK Bardu" in html


def test_county_page_says_who_serves_each_municipality(client, troms):
    html = page(client, "/kommuner/troms/")

    places = re.findall(r'href="/kommuner/(\d{4}-[a-z]+)/">(\w+)</a>(.*?)</li>', html)
    assert [(address, name) for address, name, _ in places] == [
        ("5520-bardu", "Bardu"),
        ("5501-tromso", "Tromsø"),
    ]
    assert ["LINK Tromsø" in rest for *_, rest in places] == [False, True]


@pytest.mark.parametrize("slug", ["atlantis", "x" * 500, "1", "-", "TROMS"])
def test_county_that_is_not_there_is_not_found(client, troms, slug):
    assert client.get(f"/kommuner/{slug}/").status_code == 404


@pytest.mark.parametrize("address", ["/kommuner/", "/kommuner/troms/"])
def test_list_takes_two_queries_however_many_rows(
    client, django_assert_num_queries, troms, address
):
    for each in range(3):
        place = recipes.municipality(f"550{each + 2}", county="Troms")
        recipes.centre(f"c{each}").municipalities.add(place, troms)

    with django_assert_num_queries(2):
        page(client, address)
