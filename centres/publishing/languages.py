"""Texts that staff write in several languages: which one a reader gets."""

from django.conf import settings
from django.db import models
from django.utils.translation import get_language, pgettext_lazy

# Each as it stands in a sentence: "only in Norwegian Nynorsk".
IN_WORDS = {
    "nb": pgettext_lazy("this text is only in …", "Norwegian Bokmål"),
    "nn": pgettext_lazy("this text is only in …", "Norwegian Nynorsk"),
    "en": pgettext_lazy("this text is only in …", "English"),
}


def language_of(row: models.Model, field: str) -> str:
    """The language that ``row.field`` is shown in: the page's own, or the first that has a text."""
    here = get_language() or settings.LANGUAGE_CODE
    order = (here, *settings.MODELTRANSLATION_FALLBACK_LANGUAGES)
    return next((code for code in order if getattr(row, f"{field}_{code}")), here)
