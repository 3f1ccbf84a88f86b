"""Pages at addresses of their own: the text is an article that staff edit, the rest is ours."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from centres.article_pages import context_of, template_of
from centres.domain import listings


@require_safe
def fixed_page(request: HttpRequest, slug: str) -> HttpResponse:
    for article in listings.fixed_page(slug=slug):
        return render(request, template_of(article), context_of(article))
    raise Http404
