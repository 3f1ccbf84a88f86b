"""The list of enquiries, and the page where staff take care of one of them."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from centres.access import centres_of, enquiries_for, is_administrator, request_scope
from centres.admin.enquiry_acts import ENQUIRY_ACTS
from centres.admin.scope import CentreScopedAdmin
from centres.domain.enquiries import (
    EnquiryError,
    forget,
    forgotten_on,
    hand_over,
    take_care_of,
    write_down,
)
from centres.forms.staff.enquiries import HandOverForm, HeardForm
from centres.lists.enquiries import ENQUIRY_VIEWS
from centres.models import Enquiry
from centres.states import EnquiryActivity
from linkcenter.admin.bulk import BulkActsMixin
from linkcenter.admin.editing import row_seal
from linkcenter.admin.hidden_search import HiddenSearchMixin
from linkcenter.admin.named_views import NamedViewFilter, NamedViewsMixin
from linkcenter.admin.pages import (
    OwnAddPageMixin,
    OwnPageMixin,
    StaffRequest,
    as_shown,
    posted,
    staff_page,
)
from linkcenter.timeline import record_opening

PAGE = "admin:centres_enquiry_change"
LIST = "admin:centres_enquiry_changelist"


@admin.register(Enquiry)
class EnquiryAdmin(
    HiddenSearchMixin,
    BulkActsMixin,
    NamedViewsMixin,
    OwnPageMixin,
    OwnAddPageMixin,
    CentreScopedAdmin,
):
    """What people have asked or told. Those who answer see it, and nobody else."""

    named_views = ENQUIRY_VIEWS
    all_help = gettext_lazy("Everything that people have asked or told, the latest first.")
    change_list_template = "admin/hidden_search_list.html"
    find_help = gettext_lazy("Name, organisation, e-mail, phone, or a word of what was written.")
    list_display = ["what", "centre", "days_waited", "channel", "taken_by"]
    list_display_links = ["what"]
    list_filter = [NamedViewFilter, "kind", "channel"]
    list_select_related = ["centre", "taken_by"]
    ordering = ["-created_at", "-pk"]
    bulk_acts = ENQUIRY_ACTS

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        user: Any = request.user
        return enquiries_for(user).select_related("centre").order_by(*self.ordering)

    def _is_in_scope(self, request: HttpRequest, obj: Model | None) -> bool:
        if obj is None or obj.pk is None:
            return request_scope(request).is_staff
        user: Any = request.user
        return enquiries_for(user).filter(pk=obj.pk).exists()

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    # The list

    def searched(self, row: Enquiry) -> Iterable[str | None]:
        return row.name, row.organisation, row.email, row.phone, row.text

    @admin.display(description=gettext_lazy("what"), ordering="kind")
    def what(self, enquiry: Enquiry) -> str:
        return enquiry.get_kind_display()

    @admin.display(description=gettext_lazy("days waited"), ordering="-created_at")
    def days_waited(self, enquiry: Enquiry) -> int | None:
        """Whole days since it came; none once somebody has taken care of it."""
        if enquiry.handled_at or enquiry.forgotten_at:
            return None
        return (timezone.localdate() - timezone.localdate(enquiry.created_at)).days

    def add_page(self, request: HttpRequest) -> HttpResponse:
        """Somebody asked by phone, at the door or at an event."""
        user: Any = request.user
        form = HeardForm(
            request.POST if request.method == "POST" else None,
            centres=centres_of(user),
            may_be_nobodys=is_administrator(user),
            initial={"form_id": uuid4()},
        )
        if form.is_valid():
            answers = form.cleaned_data
            enquiry = write_down(
                form.centre,
                words=form.words(get_language() or "nb"),
                channel=answers["channel"],
                by=user,
                is_done=answers["is_done"],
                form_id=answers["form_id"],
            )
            messages.success(request, _("It is written down."))
            return redirect(PAGE, enquiry.pk)
        context = {
            "title": _("Write down what somebody asked"),
            "form": form,
            "may_register": bool(request_scope(request).centre_ids),
        }
        return staff_page(self, request, "admin/centres/enquiry/add_form.html", context)

    # One enquiry

    def acts(self) -> list[URLPattern]:
        return [
            path("<int:pk>/done/", self.done_view, name="done"),
            path("<int:pk>/hand-over/", self.hand_over_view, name="hand_over"),
            path("<int:pk>/forget/", self.forget_view, name="forget"),
        ]

    def page(
        self, request: HttpRequest, enquiry: Any, filled_in: HandOverForm | None = None
    ) -> HttpResponse:
        user: Any = request.user
        if not enquiry.forgotten_at:
            record_opening(enquiry, EnquiryActivity.OPENED, actor=user)
        action = reverse("admin:centres_enquiry_hand_over", args=[enquiry.pk])
        is_open = not (enquiry.handled_at or enquiry.forgotten_at)
        context = {
            "title": capfirst(str(enquiry)),
            "enquiry": enquiry,
            "as_seen": row_seal(enquiry),
            "is_open": is_open,
            "days_waited": self.days_waited(enquiry),
            "forgotten_on": forgotten_on(enquiry) if is_open else None,
            "form": filled_in or HandOverForm(enquiry=enquiry, action=action),
            "receipts": enquiry.messages.order_by("created_at"),
            "timeline": enquiry.activities.latest_first(),
        }
        return staff_page(self, request, "admin/centres/enquiry/change_form.html", context)

    @posted
    @as_shown
    def done_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        enquiry = self._own(request, pk)
        try:
            take_care_of(enquiry, by=request.user)
        except EnquiryError as error:
            messages.warning(request, str(error.message))
        else:
            messages.success(request, _("Noted: it is taken care of."))
        return self._back(request, pk)

    @posted
    def hand_over_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        enquiry = self._own(request, pk)
        form = HandOverForm(request.POST, enquiry=enquiry, action=request.path)
        if not form.is_valid():
            return self.page(request, enquiry, form)
        return self._hand_over(request, pk, form)

    @as_shown
    def _hand_over(self, request: StaffRequest, pk: int, form: HandOverForm) -> HttpResponse:
        try:
            hand_over(self._own(request, pk), centre=form.cleaned_data["centre"], by=request.user)
        except EnquiryError as error:
            messages.warning(request, str(error.message))
            return redirect(PAGE, pk)
        messages.success(request, _("It is handed over."))
        return redirect(LIST)

    @posted
    @as_shown
    def forget_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        enquiry = self._own(request, pk)
        try:
            forget(enquiry, by=request.user)
        except EnquiryError as error:
            messages.warning(request, str(error.message))
        else:
            messages.success(request, _("What was written is deleted."))
        return self._back(request, pk)

    def _back(self, request: StaffRequest, pk: int) -> HttpResponse:
        """To its page, or to the list where the act has taken it out of the reader's hands."""
        is_own = enquiries_for(request.user).filter(pk=pk).exists()
        return redirect(PAGE, pk) if is_own else redirect(LIST)

    def _own(self, request: StaffRequest, pk: int) -> Enquiry:
        """The enquiry, for those who answer it. Others get the answer for a missing one."""
        found = enquiries_for(request.user).select_related("centre").filter(pk=pk).first()
        if found is None:
            raise Http404
        return found
