from datetime import date, time

import pytest

from centres.models import (
    Article,
    ContactPerson,
    CrisisLine,
    OpeningException,
    OpeningHours,
    Organisation,
    Partnership,
)
from centres.states import ArticleKind, CentreStatus, PartnerRole
from tests import recipes

pytestmark = pytest.mark.django_db


def full_centre(slug="link-tromso", **fields):
    """A centre with two of everything that its page shows."""
    centre = recipes.centre(slug, operator=organisation(), **fields)
    for each in (0, 1):
        centre.municipalities.add(recipes.municipality())
        OpeningHours.objects.create(centre=centre, weekday=each, opens=time(8, 30), closes=time(16))
        OpeningException.objects.create(
            centre=centre, first_date=date(2030, 1, 1 + each), last_date=date(2030, 1, 1 + each)
        )
        ContactPerson.objects.create(centre=centre, name=f"Navn {each}", published=True)
        Partnership.objects.create(
            centre=centre, organisation=organisation(), role=PartnerRole.FUNDER
        )
        Article.objects.create(
            centre=centre,
            kind=ArticleKind.PROGRAMME,
            slug=f"program-{each}",
            title_nb=f"Program {each}",
            published=True,
        )
    return centre


def organisation():
    return Organisation.objects.create(name=f"Organisasjon {Organisation.objects.count()}")


def information(slug="hva-er-en-selvhjelpsgruppe", **fields):
    defaults = {"title_nb": "Hva er en gruppe?", "body_nb": "## Slik\n\nTekst", "published": True}
    return Article.objects.create(slug=slug, kind=ArticleKind.INFORMATION, **(defaults | fields))


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_centre_page_shows_how_to_reach_it(client):
    recipes.centre(
        "link-tromso",
        name="LINK Tromsø og Omegn",
        phones=["413 33 186"],
        email="linktromso@gmail.com",
        website="www.linktromsø.no",
        visiting_address="Sjøgata 2",
        postal_code="9236",
        postal_place="Tromsø",
    )

    html = page(client, "/sentre/link-tromso/")

    assert 'href="tel:41333186">413 33 186<' in html
    assert 'href="mailto:linktromso@gmail.com"' in html
    assert 'href="https://www.xn--linktroms-t8a.no" rel="noreferrer">www.linktromsø.no<' in html
    assert "Sjøgata 2<br>9236 Tromsø" in html


def test_centre_page_shows_only_published_people(client):
    centre = recipes.centre("a")
    ContactPerson.objects.create(centre=centre, name="Vist Navn", published=True)
    ContactPerson.objects.create(centre=centre, name="Skjult Navn")

    html = page(client, "/sentre/a/")

    assert ("Vist Navn" in html, "Skjult Navn" in html) == (True, False)


def test_centre_page_shows_no_notes_or_doubts_of_staff(client):
    centre = recipes.centre("a", doubts="Hemmelig tvil")
    ContactPerson.objects.create(
        centre=centre, name="Kari", published=True, note="Hemmelig merknad"
    )

    assert "Hemmelig" not in page(client, "/sentre/a/")


def test_centre_page_shows_the_notice_only_in_its_days(client, time_machine):
    recipes.centre(
        "a",
        notice_nb="Vi pusser opp",
        notice_from=date(2026, 11, 20),
        notice_until=date(2026, 11, 25),
    )
    shown = {}

    for day in ("2026-11-19", "2026-11-20", "2026-11-25", "2026-11-26"):
        time_machine.move_to(f"{day} 12:00+01:00")
        shown[day] = "Vi pusser opp" in page(client, "/sentre/a/")

    assert list(shown.values()) == [False, True, True, False]


def test_centre_page_says_open_now_until_when(client, time_machine):
    full_centre("a")
    time_machine.move_to("2026-11-23 10:00+01:00")

    html = page(client, "/en/sentre/a/")

    assert 'data-open="yes">Open now, until 16.00<' in html


def test_centre_page_offers_registration_where_it_is_taken(client):
    other = recipes.centre("link")
    recipes.centre("punkt", takes_registrations=False, forwards_to=other)
    recipes.centre("stengt", takes_registrations=False)

    links = [
        f'href="/meld-interesse/{target}/"' in page(client, f"/sentre/{slug}/")
        for slug, target in (("link", "link"), ("punkt", "link"), ("stengt", "stengt"))
    ]

    assert links == [True, True, False]


def test_page_of_a_closed_centre_says_when_and_where_to_go(client):
    recipes.centre(
        "gammel",
        status=CentreStatus.HISTORIC,
        takes_registrations=False,
        valid_to=date(2023, 6, 1),
    )

    html = page(client, "/en/sentre/gammel/")

    assert "This place closed on 1 June 2023." in html
    assert "Register interest</a></p>" not in html


def test_centre_page_in_a_language_without_a_text_falls_back_to_bokmal(client):
    recipes.centre("a", vision_nb="Et mål", vision_nn="Eit mål")

    assert "Eit mål" in page(client, "/nn/sentre/a/")
    assert "Et mål" in page(client, "/en/sentre/a/")


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

    html = page(client, "/?q=her%C3%B8y")

    assert 'href="/kommuner/1515-heroy/">Herøy</a> (Møre og Romsdal)' in html
    assert 'href="/kommuner/1818-heroy/">Herøy</a> (Nordland)' in html


def test_search_for_an_unknown_place_keeps_what_was_typed(client):
    html = page(client, "/?q=%3Cb%3EAndeby")

    assert 'value="&lt;b&gt;Andeby"' in html


def test_article_page_shows_markdown(client):
    information()

    assert "<h2>Slik</h2>\n<p>Tekst</p>" in page(
        client, "/om-selvhjelp/hva-er-en-selvhjelpsgruppe/"
    )


@pytest.mark.parametrize(
    "address",
    [
        "/sentre/finnes-ikke/",
        "/kommuner/9999-ingen/",
        "/om-selvhjelp/finnes-ikke/",
        "/om-selvhjelp/utkast/",
        "/om-selvhjelp/program/",
    ],
)
def test_what_is_not_there_or_not_shown_is_not_found(client, address):
    information("utkast", published=False)
    Article.objects.create(
        centre=recipes.centre(),
        slug="program",
        kind=ArticleKind.PROGRAMME,
        title_nb="P",
        published=True,
    )

    assert client.get(address).status_code == 404


QUERIES = {
    "/": 4,
    "/?q=andeby": 4,
    "/sentre/": 2,
    "/sentre/link-tromso/": 3,
    "/kommuner/5501-tromso/": 4,
    "/kommuner/5520-bardu/": 4,
    "/om-selvhjelp/": 2,
    "/om-selvhjelp/hva-er-en-selvhjelpsgruppe/": 2,
}


@pytest.mark.parametrize(("address", "queries"), QUERIES.items())
@pytest.mark.parametrize("language", ["", "/nn", "/en"])
@pytest.mark.parametrize("more", [0, 2])
def test_page_takes_the_same_few_queries_however_many_rows(
    client, django_assert_num_queries, address, queries, language, more
):
    tromso = recipes.municipality("5501", name="Tromsø")
    recipes.municipality("5520", name="Bardu")
    CrisisLine.objects.create(number="113", name_nb="A", who_nb="B", hours_nb="C", position=1)
    information()
    full_centre().municipalities.add(tromso)
    for each in range(more):
        full_centre(f"link-{each}", name=f"LINK {each}").municipalities.add(tromso)
        information(f"side-{each}")

    with django_assert_num_queries(queries):
        page(client, f"{language}{address}")


@pytest.mark.parametrize("address", QUERIES)
def test_page_changes_nothing_and_takes_no_post(client, address):
    information()

    assert client.post(address).status_code == 405
