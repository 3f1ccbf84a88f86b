from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from centres.access import centres_of
from centres.admin.scope import CentreScopedAdmin, request_scope
from centres.domain.booking import BookingError, give_up_slot, take_slot, taken_dates
from centres.domain.week_plan import week_of
from centres.models import Booking, Slot, Venue
from linkcenter.staff_pages import StaffRequest

YEARS = 20  # back and forth, for which a week is shown


@admin.register(Venue)
class VenueAdmin(CentreScopedAdmin):
    open_to_administrators = True
    list_display = [
        "name",
        "centre",
        "kind",
        "capacity",
        "step_free",
        "hearing_loop",
        "active",
    ]
    list_filter = ["centre", "kind", "active"]
    list_select_related = ["centre"]
    search_fields = ["name"]
    search_help_text = _("Search by name.")
    fieldsets = [
        (None, {"fields": ["centre", "kind", "name", "capacity", "active"]}),
        (_("Room"), {"fields": ["step_free", "hearing_loop", "own_key", "door"]}),
        (_("Licence"), {"fields": ["provider", "funder"]}),
    ]

    def get_urls(self) -> list[URLPattern]:
        week = path("week/", self.admin_site.admin_view(self.week_view), name="centres_venue_week")
        return [week, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        has_house = bool(request_scope(request).centre_ids)
        return super().changelist_view(request, {"has_house": has_house, **(extra_context or {})})

    def week_view(self, request: StaffRequest) -> HttpResponse:
        """Who has which room in a week, at one of the reader's own centres."""
        houses = list(centres_of(request.user))
        asked_for = request.GET.get("centre", "")
        centre = next((house for house in houses if str(house.pk) == asked_for), None)
        if centre is None and (asked_for or not houses):
            raise Http404
        centre = centre or houses[0]
        day = asked_day(request.GET.get("day", ""))
        week = week_of(centre, day)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("%(centre)s, week %(number)s")
            % {"centre": centre, "number": day.isocalendar().week},
            "houses": houses,
            "centre": centre,
            "day": day,
            "today": timezone.localdate(),
            "week": week,
            "printed_at": timezone.now(),
        }
        return TemplateResponse(request, "admin/centres/venue/week.html", context)


def asked_day(text: str) -> date:
    """The day that ``text`` names, such as 2026-11-24; today if it names none within reason."""
    today = timezone.localdate()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today
    return day if abs(day.year - today.year) <= YEARS else today


class SlotForm(forms.ModelForm):
    """A weekly time for an organisation that borrows a room. Groups get theirs when they form."""

    class Meta:
        model = Slot
        fields = ["venue", "holder", "weekday", "starts", "minutes", "first_date"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "holder" in self.fields:
            self.fields["holder"].required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, weekday = cleaned.get("first_date"), cleaned.get("weekday")
        if self.errors or first is None:
            return cleaned
        if first.weekday() != weekday:
            self.add_error("first_date", _("Choose a first date on the weekday above."))
            return cleaned
        dates = taken_dates(
            cleaned["venue"],
            weekday=weekday,
            starts=cleaned["starts"],
            first_date=first,
            minutes=cleaned["minutes"],
        )
        if dates:
            days = ", ".join(date_format(day) for day in dates[:5])
            self.add_error(
                "starts",
                _("The room or licence is taken on %(days)s. Choose another time.")
                % {"days": days},
            )
        return cleaned


@admin.register(Slot)
class SlotAdmin(CentreScopedAdmin):
    form = SlotForm
    centre_path = "venue__centre"
    open_to_administrators = True
    list_display = ["__str__", "venue", "holder", "first_date", "given_up_on"]
    list_filter = ["venue", "weekday"]
    list_select_related = ["venue__centre", "holder"]
    fields = ["venue", "holder", "weekday", "starts", "minutes", "first_date"]
    actions = ["give_up"]

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except BookingError as refused:  # somebody took it between the check and the booking
            messages.error(request, str(refused.message))
            return HttpResponseRedirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: Slot, form: Any, change: bool) -> None:
        slot = take_slot(
            obj.venue,
            weekday=obj.weekday,
            starts=obj.starts,
            minutes=obj.minutes,
            first_date=obj.first_date,
            holder=obj.holder,
        )
        obj.pk = slot.pk
        obj._state.adding = False

    @admin.action(description=_("Give up from today"), permissions=["view"])
    def give_up(self, request: HttpRequest, slots: QuerySet[Slot]) -> None:
        """Only those that an organisation holds: a group gives up its own when it ends."""
        borrowed = list(slots.filter(holder__isnull=False, given_up_on__isnull=True))
        for slot in borrowed:
            give_up_slot(slot, on=timezone.localdate())
        if borrowed:
            done = ngettext(
                "%(number)s weekly time is free again.",
                "%(number)s weekly times are free again.",
                len(borrowed),
            )
            messages.success(request, done % {"number": len(borrowed)})
        if len(borrowed) < slots.count():
            messages.warning(
                request, _("Times that groups hold were left alone: end the group instead.")
            )


@admin.register(Booking)
class BookingAdmin(CentreScopedAdmin):
    """Dates as they are booked. Staff write down what became of each; the rest is the slot's."""

    centre_path = "venue__centre"
    open_to_administrators = True
    list_display = ["when", "venue", "skipped_because", "cancelled_at", "held", "head_count"]
    list_filter = ["venue", "held", "skipped_because"]
    list_select_related = ["venue__centre"]
    fields = ["when", "venue", "slot", "skipped_because", "cancelled_at", "held", "head_count"]
    readonly_fields = ["when", "venue", "slot", "skipped_because", "cancelled_at"]
    show_full_result_count = False

    @admin.display(description=_("when"), ordering="span")
    def when(self, booking: Booking) -> str:
        starts = timezone.localtime(booking.span.lower)
        ends = timezone.localtime(booking.span.upper)
        return f"{date_format(starts)} {starts:%H.%M}–{ends:%H.%M}"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
