"""What is printed from a group's page, beside what belongs to its start."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from centres.models import Key
from groups.access import group_or_404
from groups.admin.shared import GROUP_PAGE
from groups.models import SelfHelpGroup
from linkcenter.admin.pages import StaffRequest, staff_page
from participants.domain.read_log import note
from participants.states import Door


def prints_panel(group: SelfHelpGroup) -> dict[str, Any]:
    """The keys that are out for the group's weekly time: each has a receipt."""
    out = Key.objects.out().filter(slot=group.slot_id) if group.slot_id else Key.objects.none()
    return {"keys": out.select_related("venue")}


class PrintPages:
    """Part of the admin of groups."""

    admin_site: Any
    opts: Any

    def print_urls(self) -> list[URLPattern]:
        return [path("<int:pk>/calls/", self.calls_view, name="calls")]

    def calls_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        """How to reach each of those in the group, and when it is safe: own people only."""
        group = group_or_404(request.user, pk)
        if request.method not in ("GET", "HEAD"):
            return redirect(GROUP_PAGE, pk)
        seats = group.seats.live().filter(registration__participant__centre=group.centre_id)
        listed = list(seats.select_related("registration__participant").order_by("pk"))
        people = [seat.registration.participant_id for seat in listed]
        note(request.user, people, door=Door.GROUP)
        context = {
            "title": _("Call list"),
            "group": group,
            "seats": listed,
            "printed_at": timezone.now(),
        }
        return staff_page(self, request, "admin/groups/selfhelpgroup/calls.html", context)
