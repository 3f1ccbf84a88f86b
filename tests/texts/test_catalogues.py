"""The catalogues in locale/ are whole: nothing is left untranslated, guessed or garbled."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings

SOURCES = ("centres", "groups", "linkcenter", "participants", "templates")
LANGUAGES = sorted(path.name for path in (settings.BASE_DIR / "locale").iterdir())
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{\w*\}")

every_language = pytest.mark.parametrize("language", LANGUAGES)


def catalogue(base: Path, language: str) -> Catalog:
    with (base / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language)


def messages(language: str) -> Iterator[Message]:
    return (each for each in catalogue(settings.BASE_DIR, language) if each.id)


def forms_of(text: str | tuple[str, ...] | list[str]) -> list[str]:
    """A text as the list of its plural forms."""
    return [text] if isinstance(text, str) else list(text)


def ids(catalogue: Catalog) -> set[tuple[str | None, str]]:
    return {(each.context, forms_of(each.id)[0]) for each in catalogue if each.id}


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def test_every_language_but_that_of_the_sources_has_a_catalogue():
    chosen = {code for code, _name in settings.LANGUAGES}

    assert {*LANGUAGES, "en"} == chosen


@every_language
def test_catalogue_leaves_nothing_untranslated(language: str):
    assert [each.id for each in messages(language) if not all(forms_of(each.string))] == []


@every_language
def test_catalogue_holds_no_guesses(language: str):
    assert [each.id for each in messages(language) if each.fuzzy] == []


@every_language
def test_translations_hold_the_placeholders_of_their_sources(language: str):
    garbled = [
        (source, translated)
        for each in messages(language)
        for source, translated in zip(forms_of(each.id), forms_of(each.string), strict=True)
        if placeholders(source) != placeholders(translated)
    ]

    assert garbled == []


@every_language
def test_catalogue_has_every_text_of_the_sources(language: str, tmp_path: Path):
    if not shutil.which("xgettext"):
        if os.environ.get("CI"):
            pytest.fail("There is no xgettext, and in CI the texts have to be gathered.")
        pytest.skip("There is no xgettext on this machine.")
    for folder in SOURCES:
        shutil.copytree(settings.BASE_DIR / folder, tmp_path / folder)
    (tmp_path / "locale").mkdir()
    command = [sys.executable, "-m", "django", "makemessages", "--locale", language]
    environment = {"PATH": os.environ["PATH"]}  # no settings: only what lies in the folder counts

    subprocess.run(  # noqa: S603  our own program
        command, cwd=tmp_path, env=environment, check=True, capture_output=True
    )

    assert ids(catalogue(tmp_path, language)) - ids(catalogue(settings.BASE_DIR, language)) == set()
