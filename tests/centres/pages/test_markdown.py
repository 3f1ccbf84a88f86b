import pytest

from centres.models import Article
from centres.publishing.markdown import render_markdown
from centres.states import ArticleKind


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("## Slik", "<h2>Slik</h2>\n"),
        ("# Slik", "<h2>Slik</h2>\n"),
        ("**viktig**", "<p><strong>viktig</strong></p>\n"),
        ("- en\n- to", "<ul>\n<li>en</li>\n<li>to</li>\n</ul>\n"),
        ("[her](/sentre/)", '<p><a href="/sentre/" rel="noreferrer">her</a></p>\n'),
        ("", ""),
    ],
)
def test_markdown_becomes_html(text, html):
    assert render_markdown(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "![bilde](https://example.org/spor.png)",
        '<a href="/" onclick="alert(1)">x</a>',
        "<style>p{color:red}</style>",
        "<h1 onclick=alert(1)>",
    ],
)
def test_markdown_lets_nothing_run_and_fetches_nothing(text):
    html = render_markdown(text).lower()

    for harmful in (
        "<script",
        "<img",
        "<style",
        'href="javascript',
        'href="data',
        "<h1",
        '<a href="/" on',
    ):
        assert harmful not in html


@pytest.mark.django_db
def test_article_is_shown_as_html(client):
    Article.objects.create(
        slug="slik",
        kind=ArticleKind.INFORMATION,
        title_nb="Slik",
        body_nb="## Slik\n\nTekst",
        published=True,
    )

    assert "<h2>Slik</h2>\n<p>Tekst</p>" in client.get("/om-selvhjelp/slik/").text
