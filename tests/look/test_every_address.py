"""What every public address gives. A new one is here by itself: see ``site.py``."""

import re
from collections import defaultdict
from html import unescape
from itertools import pairwise
from urllib.parse import unquote, urlsplit

import pytest
from django.urls import Resolver404, resolve
from django.utils.translation import override

from tests.look import site
from tests.look.site import Answer

pytestmark = pytest.mark.django_db

GUESSED = site.NO_TOKEN["token"]
SHUT = {"nowhere", "groups:initiator sent empty"}  # a report on no meeting of theirs

FORMS = (
    "participants:",
    "groups:",
    "centres:enquiry-sent",
    "centres:event-sign-up",
    "centres:sign-up",
)


def test_every_address_has_something_to_put_into_it() -> None:
    assert site.unknown() == []


def test_every_address_answers(answers: list[Answer]) -> None:
    surprising = [
        (str(each), each.status)
        for each in answers
        if each.status not in (200, 302, 422)
        and not _is_shut(each)
        and each.headers.get("Allow") != "POST"
    ]

    assert surprising == []


def _is_shut(answer: Answer) -> bool:
    """Whether it rightly says "not found": to somebody who guesses."""
    return answer.name in SHUT or GUESSED in answer.address


def test_every_address_with_a_token_is_seen_open(answers: list[Answer]) -> None:
    guessed = {each.name for each in answers if GUESSED in each.address}
    opened = {each.name for each in answers if each.status == 200 and GUESSED not in each.address}

    assert guessed - opened == set()


def test_every_page_has_one_main_heading(pages: list[Answer]) -> None:
    counts = {str(page): len(re.findall(r"<h1[\s>]", page.body)) for page in pages}

    assert {page: count for page, count in counts.items() if count != 1} == {}


def test_headings_leave_out_no_level(pages: list[Answer]) -> None:
    leaps = {
        str(page)
        for page in pages
        for levels in [[int(level) for level in re.findall(r"<h([1-6])[\s>]", page.body)]]
        if any(lower - upper > 1 for upper, lower in pairwise(levels))
    }

    assert leaps == set()


def test_every_page_has_a_title_of_its_own(pages: list[Answer]) -> None:
    """Titles of forms are neutral and may be alike: they stand in the history of the browser."""
    shared = defaultdict(set)
    for page in pages:
        if not _is_shut(page) and "?" not in page.address:
            shared[page.title].add("a form" if page.name.startswith(FORMS) else page.address)

    assert {title: found for title, found in shared.items() if not title or len(found) > 1} == {}


def test_every_page_says_its_language(
    pages: list[Answer], pages_in_other_languages: list[Answer]
) -> None:
    strange = []
    for page in [*pages, *pages_in_other_languages]:
        prefix = re.match(r"/(nn|en)/", page.address)
        if page.language != (prefix[1] if prefix else "nb"):
            strange.append((str(page), page.language))

    assert strange == []


@pytest.mark.parametrize("language", ["nn", "en"])
def test_every_page_is_there_in_other_languages(
    pages: list[Answer], pages_in_other_languages: list[Answer], language: str
) -> None:
    found = {page.name for page in pages_in_other_languages if page.language == language}

    assert {page.name for page in pages} - found == set()
    assert {page.language for page in pages_in_other_languages} == {"nn", "en"}


def test_no_page_sets_a_cookie_before_a_form_needs_one(answers: list[Answer]) -> None:
    too_early = {str(each): each.cookies for each in answers if each.cookies and not each.has_form}

    assert too_early == {}


def test_every_page_has_the_telephones_in_one_order(pages: list[Answer]) -> None:
    orders = {
        tuple(re.findall(r'tel:(\d+)"><b>', page.body))
        for page in pages
        if "link-footer" in page.body
    }

    assert len(orders) == 1


def test_switch_of_language_stays_on_every_page(pages: list[Answer]) -> None:
    astray = []
    for page in pages:
        if "link-languages" not in page.body or page.name == "nowhere":
            continue
        path, query = urlsplit(page.address)[2:4]
        found = re.findall(r'<a lang="(nn|en)" hreflang="\1" href="([^"]*)"', page.body)
        expected = [(code, f"/{code}{path}{'?' if query else ''}{query}") for code in ("nn", "en")]
        if [(code, unescape(href)) for code, href in found] != expected:
            astray.append((str(page), found))

    assert astray == []


def test_every_link_within_the_site_leads_somewhere(pages: list[Answer]) -> None:
    dead = set()
    for page in pages:
        ids = set(re.findall(r'\bid="([^"]+)"', page.body))
        for href in re.findall(r'<a [^>]*href="([^"]*)"', page.body):
            if href.startswith("#"):
                if href[1:] not in ids:
                    dead.add((str(page), href))
            elif not re.match(r"https?:|tel:|mailto:|webcal:", href):
                path = unquote(urlsplit(unescape(href)).path)
                if path and not _is_known(path):
                    dead.add((str(page), href))

    assert dead == set()


def _is_known(path: str) -> bool:
    """Whether an address leads anywhere. Each language knows its own prefix only."""
    prefix = re.match(r"/(nn|en)/", path)
    with override(prefix[1] if prefix else "nb"):
        try:
            resolve(path)
        except Resolver404:
            return False
    return True
