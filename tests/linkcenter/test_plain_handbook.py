"""The staff handbook can be read by somebody who has a telephone in the other hand."""

import re

import pytest

from groups import handbook
from tests.linkcenter.test_plain_language import banned_words, lix, long_sentences

HARDEST = 38
MOST_WORDS = 450
LINK = re.compile(r"\]\([^)]*\)")

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
