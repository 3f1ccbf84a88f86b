from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from centres.admin.scope import AdministratorAdmin
from linkcenter.models import JobRun


@admin.register(JobRun)
class JobRunAdmin(AdministratorAdmin):
    """What the nightly jobs have done: counts, and nothing about anybody."""

    list_display = ["job", "started_at", "finished_at", "dry", "counts"]
    list_filter = ["job"]
    ordering = ["-started_at"]
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
