"""The register of keys: the list, and the page where one is lent, comes back or is lost."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centres.access import keys_for
from centres.admin.house.bulk_acts import KEY_ACTS
from centres.admin.scope import CentreScopedAdmin
from centres.domain.booking.keys import KeyRefused, found, lend, report_lost, take_back
from centres.forms.staff.keys import LendForm
from centres.lists.keys import KEY_VIEWS
from centres.models import Key, Venue
from linkcenter.admin.bulk import BulkActsMixin
from linkcenter.admin.editing import row_seal
from linkcenter.admin.named_views import NamedViewFilter, NamedViewsMixin
from linkcenter.admin.pages import OwnPageMixin, StaffRequest, as_shown, posted, staff_page

PAGE = "admin:centres_key_change"


@admin.register(Key)
class KeyAdmin(BulkActsMixin, NamedViewsMixin, OwnPageMixin, CentreScopedAdmin):
    """Every numbered key of the reader's centres, and where it is."""

    centre_path = "venue__centre"
    named_views = KEY_VIEWS
    all_help = gettext_lazy("Every key of the house. Open one to lend it or take it back.")
    change_list_template = "admin/tabbed_change_list.html"
    list_display = ["number", "venue", "where", "since", "due"]
    list_display_links = ["number"]
    list_filter = [NamedViewFilter, "venue"]
    list_select_related = ["venue__centre"]
    fields = ["venue", "number"]
    bulk_acts = KEY_ACTS

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "venue" and field is not None:
            rooms: Any = field
            rooms.queryset = rooms.queryset.filter(pk__in=Venue.objects.rooms())
        return field

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        is_out = isinstance(obj, Key) and obj.since is not None and obj.lost_on is None
        return not is_out and super().has_delete_permission(request, obj)

    @admin.display(description=gettext_lazy("where"))
    def where(self, key: Key) -> str:
        if key.lost_on:
            return _("lost")
        return key.holder or _("in the house")

    def acts(self) -> list[URLPattern]:
        return [
            path("<int:pk>/lend/", self.lend_view, name="lend"),
            path("<int:pk>/back/", self.back_view, name="back"),
            path("<int:pk>/lost/", self.lost_view, name="lost"),
            path("<int:pk>/found/", self.found_view, name="found"),
            path("<int:pk>/receipt/", self.receipt_view, name="receipt"),
        ]

    def page(
        self, request: HttpRequest, key: Any, filled_in: LendForm | None = None
    ) -> HttpResponse:
        action = reverse("admin:centres_key_lend", args=[key.pk])
        context = {
            "title": str(key),
            "key": key,
            "as_seen": row_seal(key),
            "is_overdue": bool(key.due and key.due < timezone.localdate() and not key.lost_on),
            "form": filled_in or LendForm(lent=key, action=action),
            "may_delete": self.has_delete_permission(request, key),
            "timeline": key.activities.latest_first(),
        }
        return staff_page(self, request, "admin/centres/key/page.html", context)

    @posted
    def lend_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        key = self._own(request, pk)
        form = LendForm(request.POST, lent=key, action=request.path)
        if form.is_valid():
            try:
                lend(key, **form.cleaned_data, actor=request.user)
            except KeyRefused as refused:
                form.add_error(None, str(refused.message))
            else:
                messages.success(request, _("The key is lent out."))
                return redirect(PAGE, key.pk)
        return self.page(request, self._own(request, pk), form)

    @posted
    @as_shown
    def back_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        key = self._own(request, pk)
        return self._done(request, key, _("The key is back."), take_back)

    @posted
    @as_shown
    def lost_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        key = self._own(request, pk)
        return self._done(request, key, _("Noted: it is lost."), report_lost)

    @posted
    @as_shown
    def found_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        key = self._own(request, pk)
        return self._done(request, key, _("The key is back."), found)

    def receipt_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        """A sheet for both to sign: one for the house, one for who has the key."""
        key = self._own(request, pk)
        if key.since is None or request.method not in ("GET", "HEAD"):
            return redirect(PAGE, pk)
        context = {
            "title": _("Receipt for a key"),
            "key": key,
            "centre": key.venue.centre,
            "printed_at": timezone.now(),
        }
        return staff_page(self, request, "admin/centres/key/receipt.html", context)

    def _done(
        self,
        request: StaffRequest,
        key: Key,
        said: str | Promise,
        act: Callable[..., None],
    ) -> HttpResponse:
        try:
            act(key, actor=request.user)
        except KeyRefused as refused:
            messages.warning(request, str(refused.message))
        else:
            messages.success(request, str(said))
        return redirect(PAGE, key.pk)

    def _own(self, request: StaffRequest, pk: int) -> Key:
        """The key, for staff of its centre. Others get the answer for a missing one."""
        return get_object_or_404(
            keys_for(request.user).select_related("venue__centre", "slot"), pk=pk
        )
