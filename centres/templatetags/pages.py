"""Small things that the public pages ask of Python."""

import json
from typing import Any

from django import template
from django.utils.html import format_html

from centres.publishing.handouts import frame_code, page_address
from centres.publishing.markdown import render_markdown
from centres.web_address import web_address
from linkcenter.safe_html import vouch_for

register = template.Library()

register.filter("markdown", render_markdown)
register.filter("web_address", web_address)
register.filter("frame_code", frame_code)
register.filter("page_address", page_address)


@register.filter
def shown_address(address: str) -> str:
    """An address as people write it by hand: without the scheme and the slash at the end."""
    return address.partition("://")[2].rstrip("/")


@register.filter
def linked_data(found: dict[str, Any]) -> str:
    """``found`` for search engines: a block of data that no browser runs. Nothing for nothing."""
    if not found:
        return ""
    return format_html('<script type="application/ld+json">{}</script>', _escaped(found))


def _escaped(found: dict[str, Any]) -> str:
    """JSON in which nothing can end the block or begin another, whatever staff have written."""
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return vouch_for(text)
