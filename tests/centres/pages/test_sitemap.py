from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from centres.models import Article
from centres.states import ArticleKind, CentreStatus
from tests import recipes

pytestmark = pytest.mark.django_db

SITE = "https://link.example"


@pytest.fixture(autouse=True)
def address(settings):
    settings.BASE_URL = SITE


def locations(client):
    response = client.get("/sitemap.xml", headers={"host": "localhost"})
    found = ElementTree.fromstring(response.content).findall(".//{*}loc")  # noqa: S314  # ours
    return [each.text.removeprefix(SITE) for each in found]


def test_sitemap_names_each_page_in_each_language(client):
    recipes.centre("link-oslo")
    recipes.municipality("5501", name="Tromsø", county="Troms")
    event = recipes.event(recipes.centre("link-tromso"))
    news = recipes.news(slug="nytt")

    found = locations(client)

    for path in (
        "/",
        "/sentre/",
        "/sentre/link-oslo/",
        "/kommuner/5501-tromso/",
        "/kommuner/troms/",
        f"/arrangementer/{event.pk}/",
        f"/aktuelt/{news.pk}-nytt/",
    ):
        assert {path, f"/nn{path}", f"/en{path}"} <= set(found)
    assert len(found) == len(set(found))


def test_every_address_in_the_sitemap_opens(client):
    recipes.centre("link-oslo")
    recipes.municipality("5501", name="Tromsø")
    recipes.event()
    recipes.news()
    for slug in ("personvern", "hvem"):
        Article.objects.create(
            slug=slug, kind=ArticleKind.INFORMATION, title_nb=slug, published=True
        )

    answers = {path: client.get(path).status_code for path in locations(client)}

    assert {path: status for path, status in answers.items() if status != 200} == {}


def test_sitemap_leaves_out_what_is_not_shown(client):
    before = locations(client)
    recipes.centre(status=CentreStatus.HISTORIC, takes_registrations=False)
    recipes.news(published=False)
    recipes.news(published_on=date(2100, 1, 1))
    centre = recipes.centre("link-oslo")
    recipes.event(centre, published=False)
    recipes.event(centre, starts_at=timezone.now() - timedelta(days=2))

    assert set(locations(client)) - set(before) == {
        "/sentre/link-oslo/",
        "/nn/sentre/link-oslo/",
        "/en/sentre/link-oslo/",
    }


def test_robots_are_told_where_the_pages_are(client):
    response = client.get("/robots.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        f"Sitemap: {SITE}/sitemap.xml",
    ]


@pytest.mark.parametrize("path", ["/robots.txt", "/sitemap.xml"])
def test_nothing_is_posted_there(client, path):
    assert client.post(path).status_code == 405


def test_sitemap_takes_one_query_a_kind(client, django_assert_num_queries):
    for _each in range(3):
        recipes.news(centre=recipes.centre())
        recipes.municipality()
        recipes.event()

    with django_assert_num_queries(4):
        client.get("/sitemap.xml")
