"""What everybody chooses from and administrators keep right: places, organisations, numbers."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from centres.admin.scope import ReferenceAdmin, ScopedInline
from centres.models import ContactPerson, CrisisLine, Municipality, Organisation


@admin.register(Municipality)
class MunicipalityAdmin(ReferenceAdmin):
    list_display = ["number", "name", "county", "written_norm"]
    list_filter = ["county", "written_norm"]
    search_fields = ["number", "name"]
    search_help_text = _("Search by name or number.")
    fields = [
        *("number", "name", "other_names", "county", "written_norm"),
        ("latitude", "longitude"),
    ]


class ContactPersonInline(ScopedInline, admin.StackedInline):
    model = ContactPerson
    fields = [("name", "title"), ("phone", "email"), "note"]
    extra = 0


@admin.register(Organisation)
class OrganisationAdmin(ReferenceAdmin):
    list_display = ["name", "short_name", "website"]
    search_fields = ["name", "short_name"]
    search_help_text = _("Search by name.")
    inlines = [ContactPersonInline]
    fields = ["name", "short_name", "website", "note"]


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
