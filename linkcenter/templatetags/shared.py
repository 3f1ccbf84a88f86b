"""Parts that are the same on every page of a language."""

from time import monotonic

from django import template
from django.conf import settings
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.translation import get_language

register = template.Library()


@register.tag
def shared(parser: Parser, token: Token) -> template.Node:
    """``{% shared %}…{% endshared %}``: made for the first page and kept as long as a page is.

    What stands inside must not depend on the page, on the reader or on the address.
    """
    nodes = parser.parse(["endshared"])
    parser.delete_first_token()
    return _Shared(nodes)


class _Shared(template.Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist
        self._kept: dict[str | None, tuple[float, str]] = {}

    def render(self, context: Context) -> str:
        language, now = get_language(), monotonic()
        made, html = self._kept.get(language, (0.0, ""))
        if not html or now >= made + settings.PAGE_CACHE_SECONDS:
            html = self.nodelist.render(context)
            self._kept[language] = now, html
        return html
