from datetime import time
from gzip import compress

import pytest

from centres.models import OpeningHours, PostalCode
from centres.states import CentreKind, CentreStatus, VenueKind
from tests import recipes

pytestmark = pytest.mark.django_db


def licence(centre, **fields):
    return recipes.venue(centre, kind=VenueKind.LICENCE, provider="Zoom", **fields)


def page(client, address="/en/kommuner/5501-tromso/"):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def tromso():
    return recipes.municipality(
        "5501", name="Tromsø", county="Troms", latitude="69.65", longitude="18.96"
    )


@pytest.fixture
def link(tromso):
    centre = recipes.centre("link-tromso", name="LINK Tromsø", phones=["413 33 186"])
    centre.municipalities.add(tromso)
    return centre


def test_page_shows_the_hours_of_who_serves_days_with_the_same_together(client, link):
    for weekday in (0, 1, 2, 4):
        OpeningHours.objects.create(
            centre=link, weekday=weekday, opens=time(8, 30), closes=time(16)
        )

    html = page(client, "/kommuner/5501-tromso/")

    assert "Mandag–onsdag 8.30–16.00 <br>Fredag 8.30–16.00" in " ".join(html.split())


def test_page_leads_to_registration_with_the_municipality_chosen(client, link):
    assert 'href="/en/meld-interesse/link-tromso/?kommune=5501"' in page(client)


def test_page_says_what_is_on_at_who_serves(client, link):
    recipes.event(link, title_nb="Åpen kveld")
    recipes.event(title_nb="Langt unna")

    html = page(client)

    assert ("Åpen kveld" in html, "Langt unna" in html) == (True, False)


def test_page_gives_partners_material_and_no_form(client, link):
    html = page(client)

    assert 'href="/en/sentre/link-tromso/plakat/"' in html
    assert 'href="/en/sentre/link-tromso/arrangementer.ics"' in html
    assert 'href="/en/kontakt/informasjonsmote/?senter=link-tromso"' in html
    assert "&lt;iframe src=&quot;http" in html
    assert "<form" not in html
    assert "You cannot register somebody else." in html


def test_page_where_nobody_serves_tells_the_way_to_others(client, tromso):
    alta = {"latitude": "69.97", "longitude": "23.27"}
    recipes.centre("link-alta", name="LINK Alta", **alta)
    recipes.centre("punkt", name="Frisklivssentralen", kind=CentreKind.CONTACT_POINT, **alta)
    licence(recipes.centre("nett", name="LINK Nett"))

    html = page(client)

    assert "No centre serves Tromsø yet." in html
    assert html.count("About 170 km in a straight line") == 2
    assert 'href="/en/meld-interesse/nett/">Register interest at LINK Nett' in html
    assert 'href="/en/kontakt/informasjonsmote/?kommune=5501"' in html


def test_page_promises_nothing_of_a_centre_that_takes_nobody_yet(client, tromso):
    planned = recipes.centre(
        "link-tromso", name="LINK Tromsø", status=CentreStatus.PLANNED, takes_registrations=False
    )
    planned.municipalities.add(tromso)

    html = page(client)

    assert "but you cannot register there yet." in html
    assert "helps people in" not in html
    assert 'href="/en/kontakt/informasjonsmote/?kommune=5501"' in html


def test_page_never_shows_a_centre_that_is_gone(client, tromso):
    gone = recipes.centre("gone", name="Nedlagt", status=CentreStatus.CLOSED, takes_registrations=0)
    gone.municipalities.add(tromso)

    assert "Nedlagt" not in page(client)


def test_search_page_for_svalbard_tells_of_groups_on_video(client, django_assert_num_queries):
    PostalCode.objects.create(code="9170", place="Longyearbyen")
    licence(recipes.centre("nett", name="LINK Nett"))

    with django_assert_num_queries(4):
        html = page(client, "/en/?q=longyearbyen")

    assert "<h1" in html
    assert "No centre serves this place." in html
    assert "Register interest at LINK Nett" in html
    assert "Register interest at LINK Nett" in page(client, "/en/?q=9170")


def test_search_page_tells_of_an_unknown_postcode(client, tromso):
    assert "We do not know the postcode 9999." in page(client, "/en/?q=9999")

    PostalCode.objects.create(code="9008", place="Tromsø", municipality=tromso)

    html = page(client, "/en/?q=9999+Troms%C3%B8")
    assert "There is no postcode 9999." in html
    assert 'href="/en/kommuner/5501-tromso/">Tromsø</a> (Troms)' in html


def test_search_leads_from_a_postcode_to_the_municipality(client, tromso):
    PostalCode.objects.create(code="9008", place="Tromsø", municipality=tromso)

    response = client.get("/", {"q": "9008 Tromsø"})

    assert response["Location"] == "/kommuner/5501-tromso/"


def test_page_is_light(client, link):
    other = recipes.centre("b", name="LINK B", phones=["12 34 56 78"])
    other.municipalities.add(link.municipalities.get())
    for each in (link, other):
        recipes.event(each)
        for weekday in range(5):
            OpeningHours.objects.create(
                centre=each, weekday=weekday, opens=time(8, 30), closes=time(16)
            )

    assert len(compress(page(client).encode())) < 5 * 1024


def test_municipality_page_names_the_centre_that_serves_it(client):
    place = recipes.municipality("5501", name="Tromsø")
    recipes.centre("a", name="LINK A").municipalities.add(place)
    recipes.centre("b", name="LINK B")

    html = page(client, "/kommuner/5501-tromso/")

    assert ("LINK A" in html, "LINK B" in html) == (True, False)


def test_municipality_page_without_a_centre_is_honest_and_names_others(client):
    recipes.municipality("5520", name="Bardu")
    recipes.centre("b", name="LINK B")

    html = page(client, "/en/kommuner/5520-bardu/")

    assert "No centre serves Bardu yet." in html
    assert "LINK B" in html


def test_municipality_page_corrects_its_address(client):
    recipes.municipality("5501", name="Tromsø")

    response = client.get("/nn/kommuner/5501-noko-anna/")

    assert (response.status_code, response["Location"]) == (301, "/nn/kommuner/5501-tromso/")
