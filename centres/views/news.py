from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from centres.models import Article, Centre
from centres.publishing import news_feed as atom
from centres.publishing.articles import context_of, template_of

PER_PAGE = 10
IN_FEED = 30


@require_safe
def news_list(request: HttpRequest) -> HttpResponse:
    """What is new, from everywhere or with ``?senter=`` from one centre, the latest first."""
    centres = list(Centre.objects.filter(pk__in=Article.objects.news().values("centre")))
    slug = request.GET.get("senter", "")
    chosen = next((centre for centre in centres if centre.slug == slug), None)
    if slug and chosen is None:
        raise Http404
    articles = Article.objects.news().select_related("centre")
    if chosen:
        articles = articles.filter(centre=chosen)
    page = Paginator(articles, PER_PAGE).get_page(request.GET.get("side"))
    context = {"page": page, "centres": centres, "chosen": chosen}
    return render(request, "centres/news_list.html", context)


@require_safe
def news(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One piece of news, whole."""
    article = get_object_or_404(Article.objects.news().select_related("centre"), pk=pk)
    if slug != article.slug:
        return redirect(article, permanent=True)
    return render(request, template_of(article), context_of(article))


@require_safe
def news_feed(request: HttpRequest) -> HttpResponse:
    """The latest news as Atom; with ``?senter=`` that of one centre."""
    slug = request.GET.get("senter")
    centre = get_object_or_404(Centre, slug=slug) if slug else None
    found = Article.objects.news().select_related("centre")
    if centre:
        found = found.filter(centre=centre)
    articles = list(found[:IN_FEED])
    response = HttpResponse(
        atom.news_feed(articles, centre), content_type="application/atom+xml; charset=utf-8"
    )
    changed = atom.changed_at(articles)
    if changed is not None:
        response.headers["Last-Modified"] = http_date(changed.timestamp())
    return response
