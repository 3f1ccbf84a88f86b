"""Dates as they are booked, and rooms or licences that an organisation borrows once."""

from django.contrib import admin, messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centres.admin.house.bulk_acts import LOAN_ACTS
from centres.admin.scope import CentreScopedAdmin
from centres.domain.booking.preview import use_of
from centres.domain.booking.single_uses import lend_once
from centres.domain.booking.weekly_times import BookingError
from centres.forms.staff.house import LoanForm
from centres.lists.bookings import BOOKING_VIEWS
from centres.models import Booking, Venue
from linkcenter.admin.bulk import BulkActsMixin
from linkcenter.admin.named_views import NamedViewFilter, NamedViewsMixin
from linkcenter.admin.pages import OwnAddPageMixin, staff_page

LIST = "admin:centres_booking_changelist"


@admin.register(Booking)
class BookingAdmin(BulkActsMixin, NamedViewsMixin, OwnAddPageMixin, CentreScopedAdmin):
    """Staff write down what became of each date. The rest follows the slot, or the event."""

    centre_path = "venue__centre"
    open_to_administrators = True
    named_views = BOOKING_VIEWS
    all_help = gettext_lazy("Every dated use of a room or licence. Open one to say if it was held.")
    change_list_template = "admin/tabbed_change_list.html"
    list_display = [
        *("when", "venue", "used_by", "skipped_because", "cancelled_at", "held", "head_count"),
    ]
    list_filter = [NamedViewFilter, "venue", "held", "skipped_because"]
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

    def add_page(self, request: HttpRequest) -> HttpResponse:
        """An organisation borrows a room or a licence once."""
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
            "title": _("Lend a room or a licence once"),
            "form": form,
        }
        return staff_page(self, request, "admin/centres/booking/lend.html", context)
