"""What holds for each public page: not found where nothing is, few queries, no post."""

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
from centres.states import ArticleKind, PartnerRole
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
