"""How an article is shown: the same for everybody on the site and for staff who look at a draft."""

from typing import Any

from centres.domain.pages.listings import current_centres
from centres.models import Article, Centre
from centres.states import ArticleKind, LegalBasis
from linkcenter.personal_data.register import register

_FOR_PARTNERS = ("for-kommuner", "for-fagfolk")
_TEMPLATES = {
    "for-kommuner": "centres/for_municipalities.html",
    "for-fagfolk": "centres/for_professionals.html",
    "tilgjengelighet": "centres/accessibility.html",
    "personvern": "centres/privacy.html",
}


def template_of(article: Article) -> str:
    if article.kind == ArticleKind.NEWS:
        return "centres/news.html"
    if article.is_fixed_page:
        return _TEMPLATES[article.slug]
    return "centres/article_detail.html"


def context_of(article: Article) -> dict[str, Any]:
    """What the template shows: the article, and what follows from the data beside it."""
    context: dict[str, Any] = {"article": article}
    if article.is_fixed_page and article.slug in _FOR_PARTNERS:
        context["centres"] = current_centres()
    if article.is_fixed_page and article.slug == "tilgjengelighet":
        with_one = Centre.objects.current().exclude(accessibility_statement_url="")
        context["statements"] = with_one
    if article.is_fixed_page and article.slug == "personvern":
        context["subjects"] = register.by_subject()
        context["bases"] = _centres_by_basis()
    return context


def _centres_by_basis() -> dict[str, list[Centre]]:
    """Which centres keep what they keep with people's consent, and which as a public task."""
    bases: dict[str, list[Centre]] = {basis: [] for basis in LegalBasis.values}
    centres = Centre.objects.current().filter(takes_registrations=True).select_related("operator")
    for centre in centres.order_by("name"):
        bases[centre.legal_basis].append(centre)
    return bases
