"""What the centres' own pages say is there in each language, and easy to read."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings

from linkcenter.database.data_files import read
from tests.texts.plain import BANNED, banned_words, lix, long_sentences

HARDEST = 38
FILES = sorted((settings.BASE_DIR / "centres" / "data" / "centres").glob("*.toml"))
CENTRES = {file.stem: read(file) for file in FILES}
LANGUAGES = ("nb", "nn", "en")

every_centre = pytest.mark.parametrize("name", CENTRES)
both_norwegian = pytest.mark.parametrize("language", sorted(BANNED))


def translated(row: dict[str, Any]) -> Iterator[tuple[str, dict[str, str]]]:
    """Each text of ``row`` and of the rows in it, by language."""
    for name, value in row.items():
        if name.endswith("_nb"):
            part = name.removesuffix("_nb")
            yield part, {code: row.get(f"{part}_{code}", "") for code in LANGUAGES}
        elif isinstance(value, list):
            for each in value:
                if isinstance(each, dict):
                    yield from translated(each)


def text(name: str, language: str) -> str:
    return "\n".join(texts[language] for _part, texts in translated(CENTRES[name]))


@every_centre
def test_centre_tells_of_itself(name: str):
    assert "description" in dict(translated(CENTRES[name]))


@every_centre
def test_every_text_is_there_in_each_language(name: str):
    missing = [part for part, texts in translated(CENTRES[name]) if not all(texts.values())]

    assert missing == []


@every_centre
@both_norwegian
def test_texts_are_easy_to_read(name: str, language: str):
    assert lix(text(name, language)) <= HARDEST
    assert long_sentences(text(name, language)) == []
    assert banned_words(text(name, language), language) == []
