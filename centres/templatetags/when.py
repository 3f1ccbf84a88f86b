"""Moments as people say them."""

from datetime import datetime

from django import template

from centres import when

register = template.Library()


@register.filter
def in_words(at: datetime) -> str:
    """Such as "tirsdag 10. mars 2026 kl. 12.30", by Norway's clock."""
    return when.in_words(at, None)
