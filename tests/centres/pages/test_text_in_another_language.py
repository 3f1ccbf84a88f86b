"""A text that is not there in the reader's language says which language it is in."""

import pytest

from centres.models import Article
from centres.states import ArticleKind
from tests import recipes

pytestmark = pytest.mark.django_db


def article(**texts):
    return Article.objects.create(
        kind=ArticleKind.INFORMATION, slug="side", published=True, **texts
    )


def test_text_in_the_page_s_own_language_carries_no_mark(client):
    article(title_nb="Norsk", title_en="English", body_en="Text")

    html = client.get("/en/om-selvhjelp/side/").content.decode()

    assert '<h1 class="ds-heading" data-size="xl">English</h1>' in html
    assert "So far we have this text" not in html


def test_each_part_is_marked_with_the_language_it_is_in(client):
    article(title_nb="Norsk", title_nn="Nynorsk", title_en="English", body_nn="Tekst")

    html = client.get("/en/om-selvhjelp/side/").content.decode()

    assert '<h1 class="ds-heading" data-size="xl">English</h1>' in html
    assert '<div class="link-stack" lang="nn"><p>Tekst</p>' in html


@pytest.mark.parametrize(
    ("prefix", "texts", "sentence"),
    [
        ("/en", {"body_nb": "Tekst"}, "So far we have this text only in Norwegian Bokmål."),
        ("/en", {"body_nn": "Tekst"}, "So far we have this text only in Norwegian Nynorsk."),
        ("/nn", {"body_nb": "Tekst"}, "Denne teksten har vi berre på bokmål så langt."),
        ("", {"body_en": "Text"}, "Denne teksten har vi bare på engelsk så langt."),
    ],
)
def test_page_says_kindly_which_language_the_text_is_in(client, prefix, texts, sentence):
    article(title_nb="Norsk", **texts)

    assert sentence in client.get(f"{prefix}/om-selvhjelp/side/").content.decode()


def test_news_in_a_list_carries_the_mark(client):
    news = recipes.news(title_nb="Bare bokmål")

    html = client.get("/nn/aktuelt/").content.decode()

    assert f'<a href="/nn/aktuelt/{news.pk}-{news.slug}/" lang="nb">Bare bokmål</a>' in html


def test_texts_of_a_centre_carry_the_mark(client):
    centre = recipes.centre("a", vision_nb="Et mål", vision_nn="Eit mål", description_nb="Om oss")
    Article.objects.create(
        centre=centre,
        kind=ArticleKind.PROGRAMME,
        slug="p",
        title_nb="Tittel",
        summary_nb="Kort",
        published=True,
    )

    html = client.get("/nn/sentre/a/").content.decode()

    assert '<p class="link-lead">Eit mål</p>' in html
    assert '<div class="link-stack" lang="nb"><p>Om oss</p>' in html
    assert '<dt lang="nb">Tittel</dt>' in html
    assert '<dd lang="nb">Kort</dd>' in html


def test_texts_of_an_event_carry_the_mark(client):
    event = recipes.event(title_nb="Møte", title_en="Meeting", description_nb="Kom innom")

    html = client.get(f"/en/arrangementer/{event.pk}/").content.decode()

    assert '<h1 class="ds-heading" data-size="xl">Meeting</h1>' in html
    assert '<div class="link-stack" lang="nb"><p>Kom innom</p>' in html
    assert "So far we have this text only in Norwegian Bokmål." in html
