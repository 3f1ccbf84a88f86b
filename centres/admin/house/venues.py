"""Rooms and licences: their list, the week of a house, the pool of licences, and host keys."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from centres.access import centres_of, request_scope
from centres.admin.scope import CentreScopedAdmin
from centres.domain.house.host_keys import set_host_key
from centres.domain.house.licences import MOST_AT_ONCE, add_pool, pools_of
from centres.domain.house.week import week_of
from centres.forms.staff.house import HostKeyForm
from centres.lists.venues import VENUE_VIEWS
from centres.models import Centre, Venue
from centres.states import VenueKind
from linkcenter.admin.named_views import NamedViewFilter, NamedViewsMixin
from linkcenter.admin.pages import StaffRequest, staff_page

PAGE = "admin:centres_venue_change"
LONGEST_WITH_NUMBER = 70  # letters in the name of a licence that gets a number
YEARS = 20  # back and forth, for which a week is shown


class VenueForm(forms.ModelForm):
    at_once = forms.IntegerField(
        label=gettext_lazy("How many at once"),
        required=False,
        help_text=gettext_lazy(
            "Of a licence: how many meetings it allows at the same time. Each gets a row."
        ),
        validators=[MinValueValidator(1), MaxValueValidator(MOST_AT_ONCE)],
    )

    class Meta:
        model = Venue
        fields: tuple[str, ...] = ()  # the page names them

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == VenueKind.ROOM and (cleaned.get("at_once") or 1) > 1:
            self.add_error("at_once", _("Leave this empty for a room."))
        if cleaned.get("kind") == VenueKind.ROOM and self.instance.host_key_since is not None:
            self.add_error("kind", _("Take the host key away first: a room has none."))
        if (cleaned.get("at_once") or 1) > 1 and len(cleaned.get("name", "")) > LONGEST_WITH_NUMBER:
            self.add_error("name", _("Write a shorter name: each licence gets a number behind it."))
        return cleaned


@admin.register(Venue)
class VenueAdmin(NamedViewsMixin, CentreScopedAdmin):
    form = VenueForm
    open_to_administrators = True
    named_views = VENUE_VIEWS
    all_help = gettext_lazy("Where groups meet, and what others borrow.")
    list_display = [
        *("name", "centre", "kind", "capacity", "step_free", "hearing_loop", "active"),
    ]
    list_filter = [NamedViewFilter, "centre", "kind", "active"]
    list_select_related = ["centre"]
    search_fields = ["name"]
    search_help_text = gettext_lazy("Search by name.")
    readonly_fields = ["host_key_state"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        of_licence = ["provider", "funder", "host_key_state" if obj else "at_once"]
        return [
            (None, {"fields": ["centre", "kind", "name", "capacity", "active"]}),
            (_("Room"), {"fields": ["step_free", "hearing_loop", "own_key", "door"]}),
            (_("Licence"), {"fields": of_licence}),
        ]

    @admin.display(description=gettext_lazy("host key"))
    def host_key_state(self, venue: Venue) -> str:
        """Whether there is one, and since when; never the key itself."""
        if venue.host_key_since is None:
            return _("none")
        return _("set on %(date)s") % {"date": date_format(venue.host_key_since)}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        at_once = form.cleaned_data.get("at_once") or 1
        if change or at_once == 1:
            super().save_model(request, obj, form, change)
            return
        first = add_pool(obj, at_once=at_once)[0]
        obj.pk, obj.name = first.pk, first.name
        obj._state.adding = False
        text = ngettext("%(n)s licence is added.", "%(n)s licences are added.", at_once)
        messages.info(request, text % {"n": at_once})

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("week/", self.week_view, name="centres_venue_week"),
            path("licences/", self.licences_view, name="centres_venue_licences"),
            path("<int:pk>/host-key/", self.host_key_view, name="centres_venue_host_key"),
        ]
        for pattern in own:
            pattern.callback = self.admin_site.admin_view(pattern.callback)
        return [*own, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        has_house = bool(request_scope(request).centre_ids)
        return super().changelist_view(request, {"has_house": has_house, **(extra_context or {})})

    def week_view(self, request: StaffRequest) -> HttpResponse:
        """Who has which room in a week, at one of the reader's own centres."""
        centre, day, context = self._week_at_a_house(request)
        context |= {
            "title": _("%(centre)s, week %(number)s")
            % {"centre": centre, "number": day.isocalendar().week},
            "week": week_of(centre, day),
        }
        return staff_page(self, request, "admin/centres/venue/week.html", context)

    def licences_view(self, request: StaffRequest) -> HttpResponse:
        """How many licences there are, and how many are used and free, in a week."""
        centre, day, context = self._week_at_a_house(request)
        context |= {
            "title": _("Video licences, week %(number)s") % {"number": day.isocalendar().week},
            "pools": pools_of([centre], day - timedelta(days=day.weekday())),
        }
        return staff_page(self, request, "admin/centres/venue/licences.html", context)

    def _week_at_a_house(self, request: StaffRequest) -> tuple[Centre, date, dict[str, Any]]:
        """The reader's own centre and the day that the address names, and what such pages share."""
        houses = list(centres_of(request.user))
        asked_for = request.GET.get("centre", "")
        centre = next((house for house in houses if str(house.pk) == asked_for), None)
        if centre is None and (asked_for or not houses):
            raise Http404
        centre = centre or houses[0]
        day = asked_day(request.GET.get("day", ""))
        monday = day - timedelta(days=day.weekday())
        context = {
            "before": monday - timedelta(weeks=1),
            "after": monday + timedelta(weeks=1),
            "houses": houses,
            "centre": centre,
            "day": day,
            "today": timezone.localdate(),
            "printed_at": timezone.now(),
        }
        return centre, day, context

    def host_key_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        """A new host key for a licence. What is stored is not shown."""
        venue = self.get_queryset(request).filter(pk=pk, kind=VenueKind.LICENCE).first()
        if venue is None:
            raise Http404
        form = HostKeyForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            set_host_key(venue, form.cleaned_data["host_key"])
            self.log_change(request, venue, "host key")
            messages.success(request, _("The host key is saved."))
            return redirect(PAGE, pk)
        context = {
            "title": _("Host key"),
            "venue": venue,
            "form": form,
        }
        return staff_page(self, request, "admin/centres/venue/host_key.html", context)


def asked_day(text: str) -> date:
    """The day that ``text`` names, such as 2026-11-24; today if it names none within reason."""
    today = timezone.localdate()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today
    return day if abs(day.year - today.year) <= YEARS else today
