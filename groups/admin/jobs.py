from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from centres.admin.scope import AdministratorAdmin
from groups.admin.deletion import deletion
from linkcenter.models import JobRun


@admin.register(JobRun)
class JobRunAdmin(AdministratorAdmin):
    """What the nightly jobs have done: counts, and nothing about anybody."""

    list_display = ["job", "started_at", "finished_at", "by", "done"]
    list_select_related = ["by"]
    fields = ["job", "started_at", "finished_at", "by", "done"]
    readonly_fields = ["done"]
    list_filter = ["job"]
    ordering = ["-started_at"]

    @admin.display(description=_("counts"))
    def done(self, run: JobRun) -> str:
        return ", ".join(f"{what}: {number}" for what, number in run.counts.items() if number)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(deletion)
        return [path("deletion/", view, name="linkcenter_jobrun_deletion"), *super().get_urls()]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
