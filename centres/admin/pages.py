from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from centres.admin.scope import ReferenceAdmin
from centres.models import CrisisLine


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
