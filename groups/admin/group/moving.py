"""The page on which a group gets another time or room."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from centres.admin.house.weekly_time_page import series_page
from centres.domain.booking.weekly_times import BookingError
from centres.forms.staff.house import SeriesForm
from centres.week import week_slot
from groups.access import group_or_404
from groups.admin.shared import GROUP_PAGE
from groups.domain.errors import GroupError, WrongMoment
from groups.domain.meeting.moving import fit, move_group, people_in, places_for
from groups.states import GroupState
from linkcenter.admin.pages import StaffRequest


class MovingPages:
    """Part of the admin of groups."""

    admin_site: Any
    opts: Any

    def moving_urls(self) -> list[URLPattern]:
        return [path("<int:pk>/move/", self.move_view, name="move")]

    def move_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        """Free times, every date of the one that is chosen, and then the move."""
        group = group_or_404(request.user, pk)
        if group.slot is None or group.state not in (GroupState.SETTLED, GroupState.SELF_RUN):
            messages.warning(request, str(WrongMoment.message))
            return redirect(GROUP_PAGE, pk)
        slot = group.slot

        def move(form: Any, *, skip_taken: bool) -> HttpResponse:
            series = form.series
            move_group(
                group,
                venue=form.cleaned_data["venue"],
                weekday=series["weekday"],
                starts=series["starts"],
                minutes=series["minutes"],
                from_date=form.cleaned_data["first_date"],
                actor=request.user,
                skip_taken=skip_taken,
            )
            messages.success(request, _("The group is moved. Its members are told."))
            return redirect(GROUP_PAGE, pk)

        def warn(form: SeriesForm) -> list[str]:
            series = form.series
            found = fit(group, week_slot(series["weekday"], series["starts"]))
            said = []
            if found.can < found.of:
                text = _("%(can)s of %(of)s members have said that they can then.")
                said.append(text % {"can": found.can, "of": found.of})
            cannot = ", ".join(initiator.name for initiator in found.initiators)
            if cannot:
                said.append(_("The initiator cannot come then: %(who)s.") % {"who": cannot})
            return said

        context = {
            "title": _("Another time or room"),
            "above": _("%(who)s meets %(slot)s in %(room)s now.")
            % {"who": group, "slot": slot, "room": slot.venue},
            "back": reverse(GROUP_PAGE, args=[pk]),
        }
        return series_page(
            *(self, request, SeriesForm),
            venues=places_for(group).filter(capacity__gte=people_in(group)),
            take=move,
            context=context,
            instead_of=slot,
            initial={"venue": slot.venue_id, "minutes": slot.minutes, "weekday": slot.weekday},
            refusals=(BookingError, GroupError),
            warn=warn,
        )
