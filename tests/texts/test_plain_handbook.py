"""The staff handbook can be read by somebody who has a telephone in the other hand."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

from groups.staff_site import handbook
from tests.texts.plain import banned_words, lix, long_sentences

HARDEST = 38
MOST_WORDS = 450
LINK = re.compile(r"\]\([^)]*\)")
QUOTED = re.compile("«([^»]+)»")
EXAMPLES = {"8 nye interessemeldinger", "Kan du også på tirsdag kveld?"}  # with a number, a day
CATALOGUE: Path = settings.BASE_DIR / "locale" / "nb" / "LC_MESSAGES" / "django.po"

every_chapter = pytest.mark.parametrize("slug", handbook.SLUGS)


def text(slug: str) -> str:
    """The chapter as it is read: a paragraph or a point on a line of its own, without addresses."""
    whole = LINK.sub("]", handbook.chapter(slug).text)
    paragraphs = re.split(r"\n\s*\n|\n(?=\s*(?:[-*]|\d+\.) )", whole)
    return "\n".join(re.sub(r"\s+", " ", each) for each in paragraphs)


@every_chapter
def test_chapter_is_easy_to_read(slug: str) -> None:
    assert lix(text(slug)) <= HARDEST
    assert long_sentences(text(slug)) == []
    assert banned_words(text(slug), "nb") == []


@every_chapter
def test_chapter_is_short_and_has_headings(slug: str) -> None:
    assert len(text(slug).split()) <= MOST_WORDS
    assert text(slug).count("## ") >= 2


def test_words_that_the_handbook_quotes_stand_on_a_screen() -> None:
    with CATALOGUE.open("rb") as file:
        texts = [text for each in read_po(file) for text in _all_of(each.string)]
    on_screens = {text.strip().rstrip(".:").casefold() for text in texts}
    quoted = {quote for slug in handbook.SLUGS for quote in QUOTED.findall(text(slug))} - EXAMPLES

    assert {quote for quote in quoted if quote.rstrip(".:,").casefold() not in on_screens} == set()


def _all_of(told: str | tuple[str, ...]) -> tuple[str, ...]:
    return (told,) if isinstance(told, str) else told
