from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from centres.admin.scope import AdministratorAdmin, ReferenceAdmin
from participants.models import Consent, ConsentText, Theme
from participants.states import ConsentPurpose


@admin.register(ConsentText)
class ConsentTextAdmin(AdministratorAdmin):
    """A text that somebody has said yes to, or is told, stays as it is: a new version takes over
    from it.
    """

    list_display = ["purpose", "language", "version", "operator"]
    list_filter = ["purpose", "language"]
    list_select_related = ["operator"]
    fields = ["purpose", "operator", "language", "version", "text"]

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_change_permission(request, obj) and not _is_used(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not _is_used(obj)


def _is_used(text: Model | None) -> bool:
    if not isinstance(text, ConsentText):
        return False
    return text.purpose == ConsentPurpose.TASK or Consent.objects.filter(text=text.pk).exists()


@admin.register(Theme)
class ThemeAdmin(ReferenceAdmin):
    list_display = ["name", "slug", "position", "active"]
    fields = ["name_nb", "name_nn", "name_en", "slug", "position", "active"]
    prepopulated_fields = {}
