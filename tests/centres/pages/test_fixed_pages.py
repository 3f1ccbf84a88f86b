import pytest
from django.utils import translation

from centres.models import FIXED_PAGES, Article, Organisation
from centres.states import ArticleKind
from tests import recipes

pytestmark = pytest.mark.django_db


def text(slug, **fields):
    defaults = {"title_nb": f"Om {slug}", "body_nb": "Tekst", "published": True}
    return Article.objects.create(kind=ArticleKind.INFORMATION, slug=slug, **(defaults | fields))


@pytest.mark.parametrize("slug", FIXED_PAGES)
def test_text_that_staff_edit_stands_at_its_own_address(client, slug):
    text(slug)

    assert f"Om {slug}</h1>" in client.get(f"/{slug}/").content.decode()


@pytest.mark.parametrize("slug", FIXED_PAGES)
def test_text_is_at_one_address_only(client, slug):
    text(slug)

    response = client.get(f"/nn/om-selvhjelp/{slug}/")

    assert (response.status_code, response["Location"]) == (301, f"/nn/{slug}/")
    assert list(client.get("/om-selvhjelp/").context["articles"]) == []


@pytest.mark.parametrize("slug", FIXED_PAGES)
def test_page_whose_text_is_a_draft_is_not_found(client, slug):
    text(slug, published=False)

    assert client.get(f"/{slug}/").status_code == 404


@pytest.mark.parametrize("slug", ["for-kommuner", "for-fagfolk"])
def test_partners_find_what_they_can_hand_on(client, slug):
    text(slug)
    recipes.centre("link-oslo")

    html = client.get(f"/{slug}/").content.decode()

    for address in (
        "/kontakt/informasjonsmote/",
        "/sentre/link-oslo/plakat/",
        "/sentre/link-oslo/kort/",
        "/kommuner/",
    ):
        assert f'href="{address}"' in html


def test_accessibility_page_leads_to_the_form_and_to_the_centres_own_statements(client):
    text("tilgjengelighet")
    recipes.centre("a", name="LINK A", accessibility_statement_url="https://a.example/uu")
    recipes.centre("b", name="LINK B")

    html = client.get("/tilgjengelighet/").content.decode()

    assert 'href="/kontakt/tilgjengelighet/"' in html
    assert 'href="https://a.example/uu" rel="noreferrer">LINK A<' in html
    assert "LINK B" not in html


def test_address_of_an_article_follows_its_kind():
    oslo = recipes.centre("link-oslo")
    news = recipes.news(centre=oslo, slug="nytt")
    programme = Article(centre=oslo, kind=ArticleKind.PROGRAMME, slug="grupper")

    with translation.override("nn"):
        assert news.get_absolute_url() == f"/nn/aktuelt/{news.pk}-nytt/"
        assert programme.get_absolute_url() == "/nn/sentre/link-oslo/"
        assert text("for-fagfolk").get_absolute_url() == "/nn/for-fagfolk/"
        assert text("hvem").get_absolute_url() == "/nn/om-selvhjelp/hvem/"


@pytest.mark.parametrize("slug", FIXED_PAGES)
@pytest.mark.parametrize("more", [0, 2])
def test_page_takes_few_queries_however_many_centres(client, django_assert_num_queries, slug, more):
    text(slug)
    for _each in range(more):
        recipes.centre(accessibility_statement_url="https://a.example/")

    with django_assert_num_queries(3):
        client.get(f"/{slug}/")


def test_privacy_page_says_who_answers_at_each_centre(client):
    text("personvern")
    runs = Organisation.objects.create(name="Stiftelsen Samtale")
    recipes.centre("a", name="LINK A", operator=runs, takes_registrations=True)

    html = client.get("/personvern/").content.decode()

    assert "LINK A</a> (drives av Stiftelsen Samtale)" in html
