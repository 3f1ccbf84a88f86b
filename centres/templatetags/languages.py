"""Marks texts that are shown in another language than the page, for those who hear it read."""

from django import template
from django.db import models
from django.utils.html import format_html
from django.utils.translation import get_language

from centres.publishing.languages import IN_WORDS, language_of

register = template.Library()


@register.filter
def lang_of(row: models.Model, field: str) -> str:
    """The attribute for an element with ``row.field`` in it; nothing in the page's own language.

    ``<h1{{ event|lang_of:"title" }}>{{ event.title }}</h1>``
    """
    language = language_of(row, field)
    return "" if language == get_language() else format_html(' lang="{}"', language)


@register.inclusion_tag("centres/_other_language.html")
def other_language(row: models.Model, field: str) -> dict[str, object]:
    """One sentence on why ``row.field`` is in another language, where it is."""
    language = language_of(row, field)
    return {"language": None if language == get_language() else IN_WORDS[language]}
