"""The named views of the list of articles: what is not shown or not translated yet, by kind."""

from django.utils.translation import gettext_lazy as _

from centres.states import ArticleKind
from linkcenter.admin.named_views import NamedView

ARTICLE_VIEWS = (
    NamedView(
        slug="drafts",
        title=_("Drafts"),
        help=_("Only staff see them. Look at one as it will be, and show it when it is ready."),
        rows=lambda rows, today: rows.filter(published=False),
    ),
    NamedView(
        slug="news",
        title=_("News"),
        help=_("What is new at the centres, the latest first."),
        rows=lambda rows, today: rows.filter(kind=ArticleKind.NEWS),
        ordering=("-published_on", "-pk"),
    ),
    NamedView(
        slug="programmes",
        title=_("What the centres do"),
        help=_("Short texts on the centres' own pages, in their order."),
        rows=lambda rows, today: rows.filter(kind=ArticleKind.PROGRAMME),
    ),
    NamedView(
        slug="information",
        title=_("Information"),
        help=_("The pages that explain self-help, and those for partners, in their order."),
        rows=lambda rows, today: rows.filter(kind=ArticleKind.INFORMATION),
    ),
    NamedView(
        slug="languages",
        title=_("Missing a language"),
        help=_("Until they are translated, people read them in another language."),
        rows=lambda rows, today: rows.missing_a_language(),
    ),
)
