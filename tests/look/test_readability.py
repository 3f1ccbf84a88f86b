"""What people read on the pages that inform, as it stands there, is short and plain.

Up to LIX 30 a text is very easy, above 45 it is as hard as those of most authorities.
"""

import re
from html.parser import HTMLParser

import pytest

from tests.look.site import Answer
from tests.texts.plain import banned_words, lix, long_sentences

pytestmark = pytest.mark.django_db

HARDEST, HARDEST_OF_PRIVACY = 38, 42
INFORMING = {
    "centres:about",
    "centres:accessibility",
    "centres:article",
    "centres:event-list",
    "centres:for-municipalities",
    "centres:for-professionals",
    "centres:home",
    "centres:join",
    "centres:privacy",
    "participants:register",
    "participants:register-centre",
}


class RunningText(HTMLParser):
    """The paragraphs, the items of lists and the headings of a page's main part, one a line."""

    BLOCKS = ("p", "li", "h1", "h2", "h3", "dd", "dt", "td", "th", "summary", "label", "section")
    LEFT_OUT = ("nav", "address", "form", "script", "svg")

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.depth = self.left_out = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.depth += tag == "main"
        self.left_out += tag in self.LEFT_OUT
        if tag in self.BLOCKS:
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "main"
        self.left_out -= tag in self.LEFT_OUT
        if tag in self.BLOCKS:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if self.depth and not self.left_out:
            if not self.lines:
                self.lines.append("")
            self.lines[-1] += data


def running_text(page: Answer) -> str:
    reader = RunningText()
    reader.feed(page.body)
    lines = (re.sub(r"\s+", " ", line).strip() for line in reader.lines)
    return "\n".join(line for line in lines if len(line.split()) > 2)


def informing(pages: list[Answer], language: str = "nb") -> list[Answer]:
    return [page for page in pages if page.name in INFORMING and page.language == language]


def test_pages_that_inform_are_easy_to_read(pages: list[Answer]) -> None:
    hard = {}
    for page in informing(pages):
        limit = HARDEST_OF_PRIVACY if page.name == "centres:privacy" else HARDEST
        if (measured := lix(running_text(page))) > limit:
            hard[page.address] = round(measured, 1)

    assert hard == {}


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_pages_that_inform_use_short_sentences(
    pages: list[Answer], pages_in_other_languages: list[Answer], language: str
) -> None:
    found = informing([*pages, *pages_in_other_languages], language)

    assert {
        page.address: long for page in found if (long := long_sentences(running_text(page)))
    } == {}


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_no_page_speaks_like_an_authority(
    pages: list[Answer], pages_in_other_languages: list[Answer], language: str
) -> None:
    found = [page for page in [*pages, *pages_in_other_languages] if page.language == language]

    spoken = {page.address: banned_words(running_text(page), language) for page in found}
    assert {address: words for address, words in spoken.items() if words} == {}
