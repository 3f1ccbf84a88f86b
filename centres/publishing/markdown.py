"""What staff write in Markdown, as HTML that can do no harm."""

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt

from linkcenter.safe_html import vouch_for

_TAGS = {"p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "hr", "br"}
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto", "tel"}
_MARKDOWN = MarkdownIt("commonmark", {"html": False})


@lru_cache(maxsize=256)  # the same text is the same HTML
def render_markdown(text: str) -> str:
    """``text`` as HTML: headings, lists, links and emphasis. All else is shown as it was typed.

    The page has its h1; what is written as one becomes an h2.
    """
    html = _MARKDOWN.render(text).replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    return vouch_for(
        nh3.clean(
            html,
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            url_schemes=_SCHEMES,
            link_rel="noreferrer",
        )
    )
