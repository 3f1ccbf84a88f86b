"""Weekly times: looked at date by date before one is taken, and the page of one that is."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Case, Model, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from centres.access import request_scope
from centres.admin.house.weekly_time_page import series_page
from centres.admin.scope import CentreScopedAdmin
from centres.domain.booking.breaks import pause, resume
from centres.domain.booking.moving import move_slot
from centres.domain.booking.skipping import skipped_dates
from centres.domain.booking.tenants import contact_of, tell_holder
from centres.domain.booking.weekly_times import AHEAD, give_up_slot, take_slot
from centres.forms.staff.house import BreakForm, GiveUpForm, LendSeriesForm, SeriesForm
from centres.models import Slot, Venue
from centres.states import UseKind
from linkcenter.admin.pages import OwnAddPageMixin, OwnPageMixin, StaffRequest, posted, staff_page

PAGE = "admin:centres_slot_change"


@admin.register(Slot)
class SlotAdmin(OwnPageMixin, OwnAddPageMixin, CentreScopedAdmin):
    """Organisations get theirs here. Those of groups come and go with the groups."""

    centre_path = "venue__centre"
    open_to_administrators = True
    list_display = ["__str__", "venue", "held_by", "first_date", "given_up_on"]
    list_filter = ["venue", "weekday"]
    list_select_related = ["venue__centre", "holder", "group"]
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With whether the reader may see which group has a time: administrators see none."""
        own = When(venue__centre__in=request_scope(request).centre_ids, then=True)
        return super().get_queryset(request).annotate(shows_group=Case(own, default=Value(False)))

    @admin.display(description=gettext_lazy("held by"), ordering="holder")
    def held_by(self, slot: Any) -> str:
        """The organisation, or the group with the way to it; else only that it is a group."""
        if slot.holder is not None:
            return str(slot.holder)
        group = getattr(slot, "group", None)
        if group is None or not slot.shows_group:
            return str(UseKind.GROUP.label)
        page = reverse("admin:groups_selfhelpgroup_change", args=[group.pk])
        return format_html('<a href="{}">{}</a>', page, group)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def acts(self) -> list[URLPattern]:
        return [
            path("<int:pk>/move/", self.move_view, name="move"),
            path("<int:pk>/break/", self.break_view, name="break"),
            path("<int:pk>/resume/", self.resume_view, name="resume"),
            path("<int:pk>/give-up/", self.give_up_view, name="give_up"),
        ]

    def add_page(self, request: HttpRequest) -> HttpResponse:
        """A weekly time for an organisation: first every date of it, then taken or not."""
        venues = self.rows_in_scope(Venue, request)

        def take(form: Any, *, skip_taken: bool) -> HttpResponse:
            asked = form.cleaned_data
            slot = take_slot(
                asked["venue"], holder=asked["holder"], skip_taken=skip_taken, **form.series
            )
            self.log_addition(request, slot, [{"added": {}}])
            messages.success(request, _("The weekly time is taken."))
            if slot.bookings.exclude(skipped_because="").exists() and tell_holder(slot):
                messages.info(request, _("The organisation is told which dates fall out."))
            return redirect(PAGE, slot.pk)

        context = {"title": _("A weekly time for an organisation")}
        return series_page(self, request, LendSeriesForm, venues=venues, take=take, context=context)

    def page(self, request: HttpRequest, slot: Any) -> HttpResponse:
        today = timezone.localdate()
        meets = slot.bookings.taking_the_venue().filter(span__startswith__gte=timezone.now())
        is_borrowed = slot.holder_id is not None and slot.given_up_on is None
        context = {
            "title": str(slot).capitalize(),
            "slot": slot,
            "is_on_break": bool(slot.break_until and slot.break_until > today),
            "next": meets.first(),
            "skipped": skipped_dates(slot, today, today + AHEAD),
            "contact": contact_of(slot) if is_borrowed else None,
            "is_borrowed": is_borrowed,
        }
        if is_borrowed:
            context["break_form"] = self._break_form(slot)
            context["give_up_form"] = self._give_up_form(slot)
        return staff_page(self, request, "admin/centres/slot/page.html", context)

    def _break_form(self, slot: Slot, data: Any = None) -> BreakForm:
        action = reverse("admin:centres_slot_break", args=[slot.pk])
        return BreakForm(data, action=action)

    def _give_up_form(self, slot: Slot, data: Any = None) -> GiveUpForm:
        action = reverse("admin:centres_slot_give_up", args=[slot.pk])
        initial = {"on": timezone.localdate()}
        return GiveUpForm(data, action=action, initial=initial)

    def _borrowed(self, request: HttpRequest, pk: int) -> Slot:
        """A weekly time of an organisation. Those of groups are moved with the groups."""
        slot = self.get_object(request, str(pk))
        if slot is None or slot.holder_id is None or slot.given_up_on is not None:
            raise Http404
        return slot

    def move_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        slot = self._borrowed(request, pk)

        def move(form: Any, *, skip_taken: bool) -> HttpResponse:
            series = form.series
            new = move_slot(
                slot,
                venue=form.cleaned_data["venue"],
                weekday=series["weekday"],
                starts=series["starts"],
                minutes=series["minutes"],
                from_date=form.cleaned_data["first_date"],
                skip_taken=skip_taken,
            )
            self.log_change(request, slot, "moved")
            messages.success(request, _("The weekly time is moved."))
            if tell_holder(new):
                messages.info(request, _("The organisation is told how it is now."))
            return redirect(PAGE, new.pk)

        context = {
            "title": _("Another time or room"),
            "above": _("%(who)s has %(slot)s in %(room)s now.")
            % {"who": slot.holder, "slot": slot, "room": slot.venue},
            "back": reverse(PAGE, args=[pk]),
        }
        venues = self.rows_in_scope(Venue, request)
        initial = {"venue": slot.venue_id, "minutes": slot.minutes, "weekday": slot.weekday}
        return series_page(
            *(self, request, SeriesForm),
            venues=venues,
            take=move,
            context=context,
            instead_of=slot,
            initial=initial,
        )

    @posted
    def break_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        slot = self._borrowed(request, pk)
        form = self._break_form(slot, request.POST)
        if not form.is_valid():
            return self._errors(request, slot, form)
        lost = pause(slot, **form.cleaned_data)
        messages.success(request, _("The break is written down. The room is free meanwhile."))
        _tell_lost(request, lost)
        return redirect(PAGE, pk)

    @posted
    def resume_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        slot = self._borrowed(request, pk)
        lost = resume(slot)
        messages.success(request, _("The break is called off."))
        _tell_lost(request, lost)
        return redirect(PAGE, pk)

    @posted
    def give_up_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        slot = self._borrowed(request, pk)
        form = self._give_up_form(slot, request.POST)
        if not form.is_valid():
            return self._errors(request, slot, form)
        give_up_slot(slot, on=form.cleaned_data["on"])
        messages.success(request, _("The time is free from that day. Keys to it are called back."))
        return redirect(PAGE, pk)

    def _errors(self, request: HttpRequest, slot: Slot, form: Any) -> HttpResponse:
        """The page again, with the form that has something to correct."""
        response: Any = self.page(request, slot)
        name = "break_form" if isinstance(form, BreakForm) else "give_up_form"
        response.context_data |= {name: form, "filled_in": name}
        return response


def _tell_lost(request: HttpRequest, lost: list[Any]) -> None:
    if lost:
        days = ", ".join(date_format(day, "SHORT_DATE_FORMAT") for day in lost)
        text = ngettext(
            "Somebody else has the room on %(days)s by now. That date is not held.",
            "Somebody else has the room on %(days)s by now. Those dates are not held.",
            len(lost),
        )
        messages.warning(request, text % {"days": days})
