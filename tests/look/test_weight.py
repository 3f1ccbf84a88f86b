"""Every page of the public site is light: few bytes, few queries, and nothing from elsewhere."""

import gzip
import re
from functools import cache
from pathlib import Path
from urllib.parse import urljoin

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from tests.look.site import Answer

pytestmark = pytest.mark.django_db

HEAVIEST_PAGE = 5_000  # bytes, compressed
HEAVIEST_FIRST_VIEW = 60_000
MOST_QUERIES = 4

# What a browser fetches by itself when it shows a page.
LOADED = re.compile(
    r'<(?:link rel="(?:stylesheet|icon|preload|manifest)"[^>]*? href'
    r"|(?:script|img|source|iframe|video|audio|embed|track)\b[^>]*? src"
    r'|object\b[^>]*? data|use\b[^>]*? href)="([^"]+)"'
)
IMPORTED = re.compile(r"""(?:@import\s+|url\()\s*["']?([^"')]+)""")


def for_everybody(answers: list[Answer]) -> list[Answer]:
    """The pages, feeds and data that are the same for all; not what only search engines read."""
    return [
        answer
        for answer in answers
        if answer.headers.get("Cache-Control", "").startswith("public")
        and answer.address != "/sitemap.xml"
    ]


@cache
def weight(text: str) -> int:
    return len(gzip.compress(text.encode(), mtime=0))


@cache
def static_file(address: str) -> str:
    found = finders.find(address.partition("#")[0].removeprefix(settings.STATIC_URL))
    assert found, address
    return Path(found).read_text(encoding="utf-8")


def loaded(page: Answer) -> set[str]:
    """The files of a page and of its style sheets, each once, as addresses."""
    files = {address.partition("#")[0] for address in LOADED.findall(page.body)}
    styles = {address for address in files if address.endswith(".css")}
    files |= {
        urljoin(style, address)
        for style in styles
        for address in IMPORTED.findall(static_file(style))
    }
    return {address for address in files if address and not address.startswith("data:")}


def test_pages_for_everybody_are_kept_and_personal_ones_are_not(answers: list[Answer]) -> None:
    undecided = [
        str(answer)
        for answer in answers
        if answer.status == 200
        and not answer.headers["Cache-Control"].startswith("public")
        and "no-store" not in answer.headers["Cache-Control"]
    ]

    assert undecided == []
    assert len(for_everybody(answers)) > 40


def test_every_page_takes_few_queries(answers: list[Answer]) -> None:
    many = {
        answer.address: answer.queries
        for answer in for_everybody(answers)
        if answer.queries > MOST_QUERIES
    }

    assert many == {}


def test_every_page_is_light(pages: list[Answer], pages_in_other_languages: list[Answer]) -> None:
    heavy = {
        f"{page.address} ({page.language})": weight(page.body)
        for page in (*pages, *pages_in_other_languages)
        if weight(page.body) > HEAVIEST_PAGE
    }

    assert heavy == {}


def test_every_first_view_is_light(pages: list[Answer]) -> None:
    heavy = {}

    for page in pages:
        files = sum(weight(static_file(address)) for address in loaded(page))
        if weight(page.body) + files > HEAVIEST_FIRST_VIEW:
            heavy[page.address] = weight(page.body) + files

    assert heavy == {}


def test_pages_load_nothing_from_elsewhere(pages: list[Answer]) -> None:
    loads = set().union(*(loaded(page) for page in pages))

    assert {address for address in loads if not address.startswith(settings.STATIC_URL)} == set()
    assert len(loads) > 5
