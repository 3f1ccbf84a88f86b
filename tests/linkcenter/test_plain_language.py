"""Forms are written so that somebody who is worn out can read them.

LIX is a Scandinavian measure of texts: words in a sentence, plus the percentage of words with more
than six letters. Up to 30 is very easy. Most texts of authorities lie above 45.
"""

import re

import pytest
from babel.messages.extract import extract_from_file
from django.conf import settings
from django.utils import translation

HARDEST = 32
LONGEST_SENTENCE = 25
MEAN_SENTENCE = 12
BANNED = {
    "nb": r"obligatorisk|påkrev[dt]|ugyldig|vennligst|foreta|i henhold til|vedrørende|beklager"
    r"|en bruker|brukere|klient|pasient",
    "nn": r"obligatorisk|påkrav[dt]|ugyldig|ver venleg|føreta|i samsvar med|vedkomande|beklagar"
    r"|ein brukar|brukara|klient|pasient",
}
FORMS = (
    "centres/enquiries.py",
    "centres/fields.py",
    "centres/forms/*.py",
    "groups/admin/forms.py",
    "groups/forms.py",
    "linkcenter/forms.py",
    "participants/admin/forms.py",
    "participants/forms/*.py",
    "participants/states.py",  # the choices
)
every_language = pytest.mark.parametrize("language", sorted(BANNED))


def sentences(text: str) -> list[list[str]]:
    """The words of each sentence. A line is one as well, and so is what a colon introduces."""
    parts = re.split(r"[.!?:]\s+(?=[A-ZÆØÅ«])|\n+", text)
    return [words for part in parts if (words := re.findall(r"\w+(?:[-.@]\w+)*", part))]


def lix(text: str) -> float:
    words = [word for sentence in sentences(text) for word in sentence]
    long_words = [word for word in words if len(word) > 6]
    return len(words) / len(sentences(text)) + 100 * len(long_words) / len(words)


def mean_sentence(text: str) -> float:
    lengths = [len(sentence) for sentence in sentences(text)]
    return sum(lengths) / len(lengths)


def long_sentences(text: str) -> list[str]:
    return [" ".join(each) for each in sentences(text) if len(each) > LONGEST_SENTENCE]


def banned_words(text: str, language: str) -> list[str]:
    return re.findall(rf"\b(?:{BANNED[language]})\w*", text, re.IGNORECASE)


def form_texts(language: str) -> str:
    """All that the forms ask, explain, offer and refuse with, one text a line."""
    keywords = {"_": None, "gettext_lazy": None}
    sources = (
        message
        for pattern in FORMS
        for path in sorted(settings.BASE_DIR.glob(pattern))
        for _line, message, *_rest in extract_from_file("python", path, keywords=keywords)
    )
    with translation.override(language):
        return "\n".join(translation.gettext(source) for source in sources)


def test_forms_in_bokmal_are_easy_to_read():
    assert lix(form_texts("nb")) <= HARDEST


@every_language
def test_forms_use_short_sentences(language: str):
    assert long_sentences(form_texts(language)) == []
    assert mean_sentence(form_texts(language)) <= MEAN_SENTENCE


@every_language
def test_forms_avoid_words_of_authority(language: str):
    assert banned_words(form_texts(language), language) == []
