from django.contrib import admin

from centres.admin.scope import ReferenceAdmin
from participants.models import Theme


@admin.register(Theme)
class ThemeAdmin(ReferenceAdmin):
    list_display = ["name", "slug", "position", "active"]
    fields = ["name_nb", "name_nn", "name_en", "slug", "position", "active"]
    prepopulated_fields = {}
