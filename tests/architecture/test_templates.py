import re

import pytest
from django.conf import settings
from django.template.loader import get_template

FOLDER = settings.BASE_DIR / "templates"
TEMPLATES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.*") if path.is_file())
PAGES = [name for name in TEMPLATES if name.endswith(".html") and not name.startswith("mail/")]


def found(pattern: str, names: list[str]) -> list[tuple[str, str]]:
    return [
        (name, match)
        for name in names
        for match in re.findall(pattern, (FOLDER / name).read_text(), re.IGNORECASE)
    ]


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_can_be_read(name):
    get_template(name)


def test_pages_have_neither_style_nor_script_of_their_own():
    own = r"<style\b|\sstyle\s*=|<script\b(?![^>]*\ssrc=)|\son\w+\s*=|javascript:"

    assert found(own, PAGES) == []


def test_pages_ask_no_other_host_for_anything():
    asking = r"<(?:link|script|img|iframe|source|form)\b[^>]*://[^>]*>"

    assert found(asking, PAGES) == []


def test_pages_escape_what_people_wrote():
    html = [name for name in TEMPLATES if not name.endswith(".txt")]

    assert found(r"\|\s*safe(?:seq)?\b|autoescape off", html) == []


def test_long_texts_for_translation_are_trimmed():
    untrimmed = r"{%\s*blocktrans(?:late)?\b(?![^%]*\btrimmed\b)[^%]*%}\s*\n"

    assert found(untrimmed, PAGES) == []
