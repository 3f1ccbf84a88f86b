"""News, what centres do and the pages that explain self-help: written, looked at, then shown."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone, translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from centres.admin.scope import CentreScopedAdmin
from centres.lists.articles import ARTICLE_VIEWS
from centres.models import Article
from centres.models.pages import PARTS
from centres.publishing.articles import context_of, template_of
from centres.publishing.languages import IN_WORDS
from linkcenter.admin.named_views import NamedViewFilter, NamedViewsMixin


@admin.register(Article)
class ArticleAdmin(NamedViewsMixin, CentreScopedAdmin):
    open_to_administrators = True
    change_list_template = "admin/tabbed_change_list.html"
    change_form_template = "admin/centres/article/change_form.html"
    named_views = ARTICLE_VIEWS
    all_help = _("Everything to read on the site.")
    list_display = ["title", "kind", "centre", "is_shown", "missing", "published_on", "updated_on"]
    list_filter = [NamedViewFilter, "centre", "published"]
    list_select_related = ["centre"]
    search_fields = ["title_nb", "title_nn", "title_en"]
    search_help_text = _("Search by title.")
    prepopulated_fields = {"slug": ["title_nb"]}
    readonly_fields = ["updated_on"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("centre", "kind"),
                    "slug",
                    ("published", "published_on"),
                    "position",
                    "updated_on",
                ]
            },
        ),
        (_("Bokmål"), {"fields": ["title_nb", "summary_nb", "body_nb"]}),
        (_("Nynorsk"), {"fields": ["title_nn", "summary_nn", "body_nn"]}),
        (_("English"), {"fields": ["title_en", "summary_en", "body_en"]}),
    ]

    @admin.display(description=_("shown"), boolean=True)
    def is_shown(self, article: Article) -> bool:
        return article.is_shown

    @admin.display(description=_("missing in"))
    def missing(self, article: Article) -> str | None:
        return ", ".join(str(IN_WORDS[code]) for code in article.missing_languages) or None

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name.startswith("body_"):
            field.widget.attrs["rows"] = 20
        return field

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        # Other pages link to these: a new address would leave them without a text.
        fixed = ["slug"] if obj and obj.is_fixed_page else []
        return [*super().get_readonly_fields(request, obj), *fixed]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        is_fixed = obj and obj.is_fixed_page
        return {} if is_fixed else super().get_prepopulated_fields(request, obj)

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        """A text that has changed was updated today; a new order or date is no new text."""
        if any(name.startswith(PARTS) for name in form.changed_data):
            obj.updated_on = timezone.localdate()
        super().save_model(request, obj, form, change)

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        return obj.get_absolute_url() if obj and obj.is_shown else None

    def get_urls(self) -> list[URLPattern]:
        preview = self.admin_site.admin_view(self.preview_view)
        return [
            path("<int:pk>/preview/", preview, name="centres_article_preview"),
            *super().get_urls(),
        ]

    @method_decorator(require_safe)
    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The article as the site shows it or will show it, in the language of ``?lang=``."""
        page: Any = self  # of Django's own answer to a missing row nobody has written the types
        article = self.get_object(request, str(pk))
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        if article is None:
            return page._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        language = request.GET.get("lang")
        if language not in IN_WORDS:
            language = "nb"
        context = {
            **context_of(article),
            "page": template_of(article),
            "choices": [(code, name, code == language) for code, name in IN_WORDS.items()],
        }
        with translation.override(language):
            return render(request, "admin/centres/article/preview.html", context)
