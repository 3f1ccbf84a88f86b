"""What staff do about one place on a group's page: take it away, or write down an answer."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from groups.access import seat_or_404
from groups.admin.group.forms import OtherTimeForm
from groups.admin.shared import GROUP_PAGE, PERSON_PAGE, REFUSALS, refusal
from groups.domain.asking import answering
from groups.domain.changed_meanwhile import sealed_seat
from groups.domain.forming.members import remove_person
from groups.domain.seats import hold_as_seen
from groups.models import Seat
from groups.states import NoReason
from linkcenter.admin.editing import AS_SEEN
from linkcenter.admin.pages import StaffRequest, posted, staff_page


class SeatActs:
    """Mixed into the admin of groups."""

    admin_site: Any
    opts: Any

    def seat_urls(self) -> list[URLPattern]:
        seat = "<int:pk>/seats/<int:seat_pk>"
        return [
            path(f"{seat}/remove/", self.remove_view, name="remove"),
            path(f"{seat}/yes/", self.yes_view, name="yes"),
            path(f"{seat}/no/", self.no_view, name="no"),
            path(f"{seat}/other-time/", self.other_time_view, name="other_time"),
        ]

    def _try_on_seat(
        self, request: StaffRequest, seat: Seat, act: Callable[[], object], done: str | Promise
    ) -> HttpResponse:
        """Do ``act`` and go back to where the button was: the group's page or the person's."""
        try:
            with transaction.atomic():
                hold_as_seen(seat, request.POST.get(AS_SEEN, ""))
                act()
        except REFUSALS as error:
            messages.warning(request, refusal(error))
        else:
            messages.success(request, str(done))
        return _back(request.POST.get("back", ""), seat)

    @posted
    def remove_view(self, request: StaffRequest, pk: int, seat_pk: int) -> HttpResponse:
        seat = seat_or_404(request.user, pk, seat_pk)

        def remove() -> None:
            remove_person(seat, actor=request.user)

        return self._try_on_seat(request, seat, remove, _("Taken out. The person waits on."))

    @posted
    def yes_view(self, request: StaffRequest, pk: int, seat_pk: int) -> HttpResponse:
        seat = seat_or_404(request.user, pk, seat_pk)

        def say_yes() -> None:
            answering.say_yes(seat, actor=request.user)

        return self._try_on_seat(request, seat, say_yes, _("The yes is written down."))

    @posted
    def no_view(self, request: StaffRequest, pk: int, seat_pk: int) -> HttpResponse:
        seat = seat_or_404(request.user, pk, seat_pk)
        why = request.POST.get("no_reason", "")
        no_reason = why if why in NoReason.values else ""

        def say_no() -> None:
            answering.say_no(seat, actor=request.user, no_reason=no_reason)

        return self._try_on_seat(request, seat, say_no, _("The no is written down."))

    def other_time_view(self, request: StaffRequest, pk: int, seat_pk: int) -> HttpResponse:
        """The person can, but at another time: a page of its own, for the week takes its room."""
        seat = seat_or_404(request.user, pk, seat_pk)
        is_lent = seat.registration.participant.centre_id != seat.group.centre_id
        form = OtherTimeForm(
            request.POST if request.method == "POST" else None,
            initial={
                "availability": answering.other_times(seat),
                "back": request.GET.get("back", "")[:10],
            },
            action=request.path,
            is_lent=is_lent,
        )
        if form.is_valid():

            def other_time() -> None:
                times = form.cleaned_data.get("availability")
                answering.say_other_time(seat, availability=times, actor=request.user)

            done = _("The times are written down. The person waits on.")
            if is_lent:
                done = _("It is written down. The person waits on.")
            return self._try_on_seat(request, seat, other_time, done)
        context = {
            "title": _("Another time"),
            "seat": seat,
            "is_lent": is_lent,
            "as_seen": sealed_seat(seat),
            "form": form,
        }
        return staff_page(self, request, "admin/groups/selfhelpgroup/other_time.html", context)


def _back(where: str, seat: Seat) -> HttpResponse:
    if where == "person":
        return redirect(PERSON_PAGE, seat.registration_id)
    return redirect(GROUP_PAGE, seat.group_id)
