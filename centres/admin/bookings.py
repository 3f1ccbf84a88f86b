"""Dates as they are booked, and rooms or licences that an organisation borrows once."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centres.admin.bulk_house import LOAN_ACTS
from centres.admin.scope import CentreScopedAdmin
from centres.domain.booking import BookingError
from centres.domain.series import use_of
from centres.domain.single_uses import lend_once
from centres.forms.house import LoanForm
from centres.models import Booking, Venue
from linkcenter.bulk import BulkActsMixin

LIST = "admin:centres_booking_changelist"


@admin.register(Booking)
class BookingAdmin(BulkActsMixin, CentreScopedAdmin):
    """Staff write down what became of each date. The rest follows the slot, or the event."""

    centre_path = "venue__centre"
    open_to_administrators = True
    list_display = [
        *("when", "venue", "used_by", "skipped_because", "cancelled_at", "held", "head_count"),
    ]
    list_filter = ["venue", "held", "skipped_because"]
    list_select_related = ["venue__centre", "slot__holder", "holder", "event"]
    fields = [
        *("when", "venue", "used_by", "slot", "skipped_because", "cancelled_at"),
        *("held", "head_count"),
    ]
    readonly_fields = ["when", "venue", "used_by", "slot", "skipped_because", "cancelled_at"]
    bulk_acts = LOAN_ACTS

    @admin.display(description=gettext_lazy("when"), ordering="span")
    def when(self, booking: Booking) -> str:
        starts = timezone.localtime(booking.span.lower)
        ends = timezone.localtime(booking.span.upper)
        return f"{date_format(starts)} {starts:%H.%M}–{ends:%H.%M}"

    @admin.display(description=gettext_lazy("used by"))
    def used_by(self, booking: Booking) -> str:
        """The organisation or the event; of a group only that it is one."""
        borrower = booking.holder or (booking.slot.holder if booking.slot else None)
        return str(booking.event or borrower or use_of(booking).label)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """An organisation borrows a room or a licence once."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = LoanForm(
            request.POST if request.method == "POST" else None,
            venues=self.rows_in_scope(Venue, request),
            initial={name: request.GET[name] for name in ("venue", "day") if name in request.GET},
        )
        if form.is_valid():
            try:
                loan = lend_once(form.cleaned_data["venue"], **form.loan)
            except BookingError as refused:
                form.add_error("venue", str(refused.message))
            else:
                self.log_addition(request, loan, [{"added": {}}])
                messages.success(request, _("It is lent out."))
                return redirect(LIST)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Lend a room or a licence once"),
            "form": form,
        }
        return TemplateResponse(request, "admin/centres/booking/lend.html", context)
