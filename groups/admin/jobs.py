from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from centres.admin.scope import AdministratorAdmin
from groups.admin.deletion import deletion
from groups.today.nightly_jobs import counts_of, what_it_does
from linkcenter.models import JobRun


class JobFilter(admin.AllValuesFieldListFilter):
    """The jobs, each by what it does."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        for choice in super().choices(changelist):
            yield choice | {"display": what_it_does(str(choice["display"]))}


@admin.register(JobRun)
class JobRunAdmin(AdministratorAdmin):
    """What the nightly jobs have done: counts, and nothing about anybody."""

    list_display = ["does", "started_at", "finished_at", "by", "done"]
    list_select_related = ["by"]
    fields = ["does", "started_at", "finished_at", "by", "done"]
    readonly_fields = ["does", "done"]
    list_filter = [("job", JobFilter)]
    ordering = ["-started_at"]

    @admin.display(description=_("job"), ordering="job")
    def does(self, run: JobRun) -> str:
        return what_it_does(run.job)

    @admin.display(description=_("counts"))
    def done(self, run: JobRun) -> str:
        held_back = _("held back")
        return ", ".join(
            f"{what}: {number} ({held_back})" if is_held else f"{what}: {number}"
            for what, number, is_held in counts_of(run)
        )

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(deletion)
        return [path("deletion/", view, name="linkcenter_jobrun_deletion"), *super().get_urls()]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
