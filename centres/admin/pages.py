from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from centres.admin.scope import CentreScopedAdmin, ReferenceAdmin
from centres.models import Article, CrisisLine, Event


@admin.register(Event)
class EventAdmin(CentreScopedAdmin):
    open_to_administrators = True
    list_display = ["title", "kind", "centre", "starts_at", "published"]
    list_filter = ["centre", "kind", "published"]
    list_select_related = ["centre"]
    date_hierarchy = "starts_at"
    search_fields = ["title"]
    search_help_text = _("Search by title.")
    fieldsets = [
        (None, {"fields": ["centre", "kind", "published"]}),
        (_("When and where"), {"fields": [("starts_at", "ends_at"), "place", "digital"]}),
        (
            _("What the page says"),
            {
                "fields": [
                    "title_nb",
                    "title_nn",
                    "title_en",
                    "description_nb",
                    "description_nn",
                    "description_en",
                    "audience_nb",
                    "audience_nn",
                    "audience_en",
                ]
            },
        ),
        (_("For staff"), {"fields": ["note"]}),
    ]


@admin.register(Article)
class ArticleAdmin(CentreScopedAdmin):
    open_to_administrators = True
    list_display = ["title", "kind", "centre", "position", "published", "updated_on"]
    list_filter = ["centre", "kind", "published"]
    list_select_related = ["centre"]
    search_fields = ["title"]
    search_help_text = _("Search by title.")
    prepopulated_fields = {"slug": ["title_nb"]}
    fieldsets = [
        (
            None,
            {"fields": ["centre", "kind", "slug", "position", "published", "updated_on"]},
        ),
        (_("Bokmål"), {"fields": ["title_nb", "summary_nb", "body_nb"]}),
        (_("Nynorsk"), {"fields": ["title_nn", "summary_nn", "body_nn"]}),
        (_("English"), {"fields": ["title_en", "summary_en", "body_en"]}),
    ]

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name.startswith("body_"):
            field.widget.attrs["rows"] = 20
        return field


@admin.register(CrisisLine)
class CrisisLineAdmin(ReferenceAdmin):
    list_display = ["number", "name", "hours", "position", "verified_on"]
    fieldsets = [
        (None, {"fields": ["number", "position", "chat"]}),
        (_("Bokmål"), {"fields": ["name_nb", "who_nb", "hours_nb"]}),
        (_("Nynorsk"), {"fields": ["name_nn", "who_nn", "hours_nn"]}),
        (_("English"), {"fields": ["name_en", "who_en", "hours_en"]}),
        (_("Is it still right?"), {"fields": ["verified_on", "source"]}),
    ]
