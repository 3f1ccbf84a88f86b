"""Pages at addresses of their own: the text is an article that staff edit, the rest is ours."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from centres.article_pages import context_of, template_of
from centres.models import Article


@require_safe
def fixed_page(request: HttpRequest, slug: str) -> HttpResponse:
    article = get_object_or_404(Article.objects.fixed_pages(), slug=slug)
    return render(request, template_of(article), context_of(article))
