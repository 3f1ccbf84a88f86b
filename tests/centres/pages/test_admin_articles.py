from datetime import date

import pytest
from django.urls import reverse

from centres.models import Article
from centres.states import ArticleKind, Role
from tests import recipes

pytestmark = pytest.mark.django_db

LIST = "admin:centres_article_changelist"


@pytest.fixture
def oslo():
    return recipes.centre("link-oslo", name="LINK Oslo")


@pytest.fixture
def coordinator(client, oslo):
    client.force_login(recipes.staff(Role.COORDINATOR, oslo))
    return client


@pytest.fixture
def administrator(client):
    client.force_login(recipes.staff(Role.ADMINISTRATOR))
    return client


def preview(article, language=""):
    page = reverse("admin:centres_article_preview", args=[article.pk])
    return f"{page}?lang={language}" if language else page


def form(article, **fields):
    """What the page of ``article`` posts when nothing but ``fields`` is changed."""
    texts = {
        f"{part}_{code}": getattr(article, f"{part}_{code}") or ""
        for part in ("title", "summary", "body")
        for code in ("nb", "nn", "en")
    }
    rest = {
        "centre": article.centre_id or "",
        "kind": article.kind,
        "slug": article.slug,
        "position": article.position,
        "published": "on",
        "published_on": article.published_on.isoformat(),
    }
    return texts | rest | fields


def save(client, article, **fields):
    page = reverse("admin:centres_article_change", args=[article.pk])
    assert client.post(page, form(article, **fields)).status_code == 302
    article.refresh_from_db()


def test_new_text_is_updated_today_and_a_new_order_is_not(coordinator, oslo, time_machine):
    time_machine.move_to("2026-11-22 12:00+01:00")
    article = recipes.news(centre=oslo, updated_on=date(2026, 1, 1))
    dates = []

    for change in ({"position": 7}, {"published_on": "2026-11-20"}, {"body_nn": "Ny tekst"}):
        save(coordinator, article, **change)
        dates.append(article.updated_on)

    assert dates == [date(2026, 1, 1), date(2026, 1, 1), date(2026, 11, 22)]


def test_draft_can_be_looked_at_in_each_language(coordinator, oslo):
    draft = recipes.news(centre=oslo, published=False, title_nb="Utkast", title_en="Draft")

    pages = [
        coordinator.get(preview(draft, language)).content.decode()
        for language in ("nb", "nn", "en", "xx", "")
    ]

    heads = ['lang="nb"', 'lang="nn"', 'lang="en"', 'lang="nb"', 'lang="nb"']
    assert all(f"<html {head}" in page for head, page in zip(heads, pages, strict=True))
    assert ["Draft</h1>" in page for page in pages] == [False, False, True, False, False]
    assert ' lang="nb">Utkast</h1>' in pages[1]
    assert all('<meta name="robots" content="noindex">' in page for page in pages)


def test_preview_is_for_staff_of_the_centre_only(client, oslo):
    draft = recipes.news(centre=oslo, published=False, title_nb="Hemmelig utkast")
    elsewhere = recipes.staff(Role.COORDINATOR, recipes.centre())

    stranger = client.get(preview(draft))
    client.force_login(elsewhere)
    colleague = client.get(preview(draft))
    missing = client.get(reverse("admin:centres_article_preview", args=[draft.pk + 1]))

    assert stranger.status_code == 302
    assert (colleague.status_code, colleague["Location"]) == (
        missing.status_code,
        missing["Location"],
    )


def test_preview_changes_nothing_and_takes_no_post(coordinator, oslo):
    draft = recipes.news(centre=oslo, published=False)

    assert coordinator.post(preview(draft)).status_code == 405
    assert coordinator.get(preview(draft))["Cache-Control"].find("no-store") >= 0


@pytest.mark.parametrize(
    ("slug", "kind"),
    [
        ("hva-er-det", ArticleKind.INFORMATION),
        ("for-kommuner", ArticleKind.INFORMATION),
        ("tilgjengelighet", ArticleKind.INFORMATION),
        ("personvern", ArticleKind.INFORMATION),
        ("for-fagfolk", ArticleKind.NEWS),
    ],
)
def test_every_kind_of_page_can_be_looked_at(administrator, slug, kind):
    article = Article.objects.create(slug=slug, kind=kind, title_nb="Tittel", body_nb="Tekst")

    assert "<p>Tekst</p>" in administrator.get(preview(article)).content.decode()


def test_page_on_the_site_is_linked_once_everybody_can_read_it(coordinator, oslo):
    shown, draft = recipes.news(centre=oslo), recipes.news(centre=oslo, published=False)

    found = [
        f"/aktuelt/{article.pk}-{article.slug}/"
        in coordinator.get(reverse("admin:centres_article_change", args=[article.pk]))
        .content.decode()
        .replace("/admin/", "")
        for article in (shown, draft)
    ]

    assert found == [True, False]


def test_address_that_other_pages_link_to_stays(administrator):
    article = Article.objects.create(
        slug="for-kommuner", kind=ArticleKind.INFORMATION, title_nb="Tittel", published=True
    )

    save(administrator, article, slug="noe-annet", title_nb="Ny tittel")

    assert (article.slug, article.title_nb) == ("for-kommuner", "Ny tittel")


def test_list_marks_what_is_missing_in_other_languages(coordinator, oslo):
    recipes.news(centre=oslo, title_nn="Nytt", title_en="News", body_nb="Tekst", body_en="Text")
    recipes.news(centre=oslo, title_nn="Nytt", title_en="News")

    response = coordinator.get(reverse(LIST))

    rows = response.context["cl"].result_list
    assert sorted(row.missing_languages for row in rows) == [[], ["nn"]]
    assert "nynorsk" in response.content.decode()


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        ("drafts", {"Utkast"}),
        ("news", {"Utkast", "Nytt"}),
        ("programmes", {"Program"}),
        ("information", set()),
        ("languages", {"Utkast", "Nytt"}),
    ],
)
def test_named_views_show_their_kind(coordinator, oslo, view, expected):
    recipes.news(centre=oslo, title_nb="Utkast", published=False)
    recipes.news(centre=oslo, title_nb="Nytt")
    recipes.news(title_nb="Andres")
    Article.objects.create(
        centre=oslo,
        kind=ArticleKind.PROGRAMME,
        slug="program",
        title_nb="Program",
        title_nn="Program",
        title_en="Programme",
        published=True,
    )

    response = coordinator.get(reverse(LIST), {"view": view})

    assert {row.title_nb for row in response.context["cl"].result_list} == expected
