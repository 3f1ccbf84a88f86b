"""The pages that explain self-help can be read by somebody who is worn out, in each language."""

import re

import pytest
from django.conf import settings
from django.urls import resolve
from django.utils import translation

from centres.models import FIXED_PAGES
from linkcenter.database.data_files import read
from tests.texts.plain import BANNED, LONGEST_SENTENCE, banned_words, lix, sentences

HARDEST = {"personvern": 42}  # else 38
MOST_WORDS = 350
FILES = sorted((settings.BASE_DIR / "centres" / "data" / "articles").glob("*.toml"))
ARTICLES = {file.stem: read(file) for file in FILES}
LINK = re.compile(r"\]\(([^)]*)\)")

every_article = pytest.mark.parametrize("name", ARTICLES)
every_language = pytest.mark.parametrize("language", ["nb", "nn", "en"])
both_norwegian = pytest.mark.parametrize("language", sorted(BANNED))


def text(name: str, language: str) -> str:
    """The whole article as it is read, without the addresses of its links."""
    parts = (ARTICLES[name][f"{part}_{language}"] for part in ("title", "summary", "body"))
    return LINK.sub("]", "\n".join(parts))


def test_pages_at_addresses_of_their_own_have_a_text():
    assert FIXED_PAGES.keys() <= ARTICLES.keys()


@every_article
@every_language
def test_article_has_every_part_in_every_language(name: str, language: str):
    assert all(ARTICLES[name][f"{part}_{language}"] for part in ("title", "summary", "body"))


@every_article
@both_norwegian
def test_article_is_easy_to_read(name: str, language: str):
    assert lix(text(name, language)) <= HARDEST.get(name, 38)


@every_article
@every_language
def test_article_is_short_and_has_headings(name: str, language: str):
    words = [word for sentence in sentences(text(name, language)) for word in sentence]

    assert len(words) <= MOST_WORDS
    assert len(re.findall(r"^## ", ARTICLES[name][f"body_{language}"], re.MULTILINE)) >= 2


@every_article
@every_language
def test_article_uses_short_sentences(name: str, language: str):
    found = sentences(text(name, language))

    assert [" ".join(each) for each in found if len(each) > LONGEST_SENTENCE] == []


@every_article
@both_norwegian
def test_article_avoids_words_of_authority(name: str, language: str):
    assert banned_words(text(name, language), language) == []


@every_article
def test_article_has_the_same_headings_and_links_in_each_language(name: str):
    bodies = [ARTICLES[name][f"body_{language}"] for language in ("nb", "nn", "en")]

    assert len({len(re.findall(r"^## ", body, re.MULTILINE)) for body in bodies}) == 1
    assert len({len(LINK.findall(body)) for body in bodies}) == 1


@every_article
@every_language
def test_links_of_an_article_lead_on_in_its_language(name: str, language: str):
    prefix = "" if language == "nb" else f"/{language}"

    for link in LINK.findall(ARTICLES[name][f"body_{language}"]):
        assert link.startswith(f"{prefix}/")
        with translation.override(language):
            assert resolve(link).namespace in ("centres", "participants")
