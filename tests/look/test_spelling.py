"""Every Norwegian text is spelt as hunspell's dictionaries spell it, beside a list of our own.

The lists in ``words/`` hold what no dictionary knows: names, words of our trade, and compounds,
which Norwegian makes as it goes. A word is there because somebody has looked at it.
"""

import os
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

HUNSPELL = shutil.which("hunspell")
WORDS = Path(__file__).parent / "words"
HANDBOOK = settings.BASE_DIR / "docs" / "handbook"
DATA = ("centres/data/**/*.toml", "participants/data/*.toml")
NO_WORDS = re.compile(
    r"%\([a-z_]+\)[sd]|\{[a-z_]*\}|%[sd]|%%"  # what is put in later
    r"|<[^>]*>|&[a-z]+;"
    r"|\]\([^)]*\)|https?://\S+|\S+@\S+|(?:www\.)?[\w-]+\.(?:no|org|com)\S*"
    r"|/[\w/<>-]+/|[a-z]+_[a-z_]+|\b\w*\d\w*\b"
)


def catalogue(language: str) -> Iterator[str]:
    path = settings.BASE_DIR / "locale" / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        for message in read_po(file, locale=language):
            if message.id:
                yield from message.string if isinstance(message.id, tuple) else [message.string]


def data(language: str) -> Iterator[str]:
    """What the data files say in this language: values under the key ``nb`` or ``nn``.

    The handbook is in Bokmål.
    """
    if language == "nb":
        yield from (path.read_text() for path in sorted(HANDBOOK.glob("*.md")))
    for pattern in DATA:
        for path in sorted(settings.BASE_DIR.glob(pattern)):
            yield from _in(tomllib.loads(path.read_text()), language)


def _in(value: Any, language: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == language and isinstance(inner, str):
                yield inner
            else:
                yield from _in(inner, language)
    elif isinstance(value, list):
        for inner in value:
            yield from _in(inner, language)


def own_words(language: str) -> set[str]:
    lines = (WORDS / f"{language}.txt").read_text().splitlines()
    both = (WORDS / "names.txt").read_text().splitlines()
    return {line.strip() for line in lines + both if line and not line.startswith("#")}


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.skipif(
    not HUNSPELL and not os.environ.get("CI"), reason="There is no hunspell on this machine."
)
def test_norwegian_is_spelt_as_in_the_dictionary(language: str) -> None:
    texts = [NO_WORDS.sub(" ", text) for text in (*catalogue(language), *data(language))]

    answer = subprocess.run(  # noqa: S603 - our own texts, by a program of the tests
        [str(HUNSPELL), "-i", "utf-8", "-d", f"{language}_NO", "-l"],
        input="\n".join(texts),
        capture_output=True,
        check=True,
        text=True,
    )

    assert sorted(set(answer.stdout.split()) - own_words(language)) == []


@pytest.mark.parametrize("name", ["nb", "nn", "names"])
def test_own_list_is_in_order(name: str) -> None:
    lines = (WORDS / f"{name}.txt").read_text().splitlines()
    words = [line for line in lines if line and not line.startswith("#")]

    assert words == sorted(set(words), key=lambda word: (word.lower(), word))
