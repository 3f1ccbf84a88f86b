"""Pages to read, whose text staff edit: those that explain self-help, and those for partners."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from centres.domain.pages import listings
from centres.models import FIXED_PAGES
from centres.publishing.articles import context_of, template_of


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """The pages that explain self-help, to choose among."""
    return render(request, "centres/about.html", {"articles": listings.information_pages()})


@require_safe
def article_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One of those pages, with the way on to the others."""
    if slug in FIXED_PAGES:
        return redirect(FIXED_PAGES[slug], permanent=True)
    articles = listings.information_pages()
    article = next((each for each in articles if each.slug == slug), None)
    if article is None:
        raise Http404
    others = [each for each in articles if each != article]
    return render(request, template_of(article), {**context_of(article), "others": others})


@require_safe
def fixed_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A page at an address of its own: the text is an article, what stands around it is ours."""
    for article in listings.fixed_page(slug=slug):
        return render(request, template_of(article), context_of(article))
    raise Http404
