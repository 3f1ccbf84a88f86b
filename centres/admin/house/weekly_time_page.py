"""A page on which a weekly time is looked at, date by date, and then taken or not.

The form asks with GET, since looking changes nothing. What is shown can be taken with POST.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from centres.domain.booking.free_times import free_starts
from centres.domain.booking.preview import preview
from centres.domain.booking.weekly_times import BookingError
from centres.forms.staff.house import SeriesForm
from centres.models import Slot
from centres.week import label, split
from linkcenter.admin.pages import staff_page

Take = Callable[..., HttpResponse]


def series_page(
    page: Any,
    request: HttpRequest,
    form_class: type[SeriesForm],
    *,
    venues: Any,
    take: Take,
    context: dict[str, Any],
    instead_of: Slot | None = None,
    initial: dict[str, Any] | None = None,
    refusals: tuple[type[Exception], ...] = (BookingError,),
    warn: Callable[[SeriesForm], list[str]] = lambda form: [],
) -> HttpResponse:
    """The page, in the admin ``page``. ``take`` is called with the form once it is decided.

    Dates that have been taken since they were shown are shown anew, and nothing is done. ``warn``
    says what stands beside the dates; ``refusals`` have a ``message``.
    """
    asked = request.POST if request.method == "POST" else request.GET
    start = {"first_date": timezone.localdate()} | (initial or {})
    form = form_class(
        asked if "starts" in asked else None,
        venues=venues,
        initial=start | {name: asked[name] for name in form_class.base_fields if name in asked},
    )
    shown = None
    if form.is_bound and form.is_valid():
        shown = preview(form.cleaned_data["venue"], instead_of=instead_of, **form.series)
        if request.method == "POST":
            if str(len(shown.taken)) == request.POST.get("skips"):
                try:
                    return take(form, skip_taken=bool(shown.taken))
                except refusals as refused:
                    messages.warning(request, str(getattr(refused, "message", "")))
            else:
                text = _("Something has been booked since you looked. Look at the dates again.")
                messages.warning(request, text)
    told = {
        **context,
        "form": form,
        "preview": shown,
        "warnings": warn(form) if shown else [],
        "kept": [(name, asked[name]) for name in form.fields if name in asked],
        "free_times": _free_times(form, asked, venues),
    }
    return staff_page(page, request, "admin/centres/slot/series.html", told)


def _free_times(form: SeriesForm, asked: Any, venues: Any) -> list[tuple[str, str]]:
    """Times that the chosen room is free at every week, each with the address that shows them."""
    wanted: dict[str, Any] = {}
    for name in ("venue", "first_date", "minutes"):
        field: Any = form.fields[name]
        try:
            wanted[name] = field.clean(asked.get(name) or form.get_initial_for_field(field, name))
        except ValidationError:
            return []
    venue, minutes = wanted["venue"], wanted["minutes"]
    found = free_starts(venue, first_date=wanted["first_date"], minutes=minutes)
    kept = {name: asked[name] for name in form.fields if name in asked}
    kept |= {"venue": venue.pk, "first_date": wanted["first_date"].isoformat(), "minutes": minutes}
    return [
        (
            f"{label(slot)} {starts:%H.%M}",
            urlencode(kept | {"weekday": split(slot)[0], "starts": f"{starts:%H:%M}"}),
        )
        for slot, starts in found.items()
    ]
