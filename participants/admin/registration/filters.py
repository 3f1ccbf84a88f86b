"""The filters of the list of people: how long they have waited, and what they would like."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MONTH = timedelta(days=30)


class WaitedFilter(admin.SimpleListFilter):
    """Since when somebody has waited, in as few steps as one thinks in."""

    title = _("waited")
    parameter_name = "waited"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("1", _("less than a month")),
            ("3", _("one to three months")),
            ("6", _("three to six months")),
            ("more", _("more than six months")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        now = timezone.now()
        from_to: dict[str | None, dict[str, Any]] = {
            "1": {"registered_at__gt": now - MONTH},
            "3": {"registered_at__lte": now - MONTH, "registered_at__gt": now - 3 * MONTH},
            "6": {"registered_at__lte": now - 3 * MONTH, "registered_at__gt": now - 6 * MONTH},
            "more": {"registered_at__lte": now - 6 * MONTH},
        }
        return queryset.filter(**from_to.get(self.value(), {}))


WHO_AND_WHAT = [WaitedFilter, "themes", "format", "role"]
