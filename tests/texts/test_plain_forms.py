"""Forms are written so that somebody who is worn out can read them."""

import pytest
from babel.messages.extract import extract_from_file
from django.conf import settings
from django.utils import translation

from tests.texts.plain import (
    BANNED,
    HARDEST,
    MEAN_SENTENCE,
    banned_words,
    lix,
    long_sentences,
    mean_sentence,
)

FORMS = (
    "centres/enquiry_kinds.py",
    "centres/forms/**/*.py",
    "groups/admin/group/forms.py",
    "groups/forms/*.py",
    "linkcenter/forms/base.py",
    "participants/admin/registration/forms.py",
    "participants/forms/**/*.py",
    "participants/states.py",  # the choices
)
every_language = pytest.mark.parametrize("language", sorted(BANNED))


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
