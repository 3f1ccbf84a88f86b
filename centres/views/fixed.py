"""Pages at addresses of their own: the text is an article that staff edit, the rest is ours."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from centres.models import Article, Centre


@require_safe
def for_municipalities(request: HttpRequest) -> HttpResponse:
    centres = Centre.objects.current()
    return _page(request, "for-kommuner", "centres/for_municipalities.html", centres=centres)


@require_safe
def for_professionals(request: HttpRequest) -> HttpResponse:
    centres = Centre.objects.current()
    return _page(request, "for-fagfolk", "centres/for_professionals.html", centres=centres)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    statements = Centre.objects.current().exclude(accessibility_statement_url="")
    return _page(request, "tilgjengelighet", "centres/accessibility.html", statements=statements)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return _page(request, "personvern", "centres/privacy.html")


def _page(request: HttpRequest, slug: str, template: str, **more: object) -> HttpResponse:
    article = get_object_or_404(Article.objects.fixed_pages(), slug=slug)
    return render(request, template, {"article": article, **more})
