from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from centres.access import request_scope
from centres.admin.closed_days import tell_followed
from centres.admin.scope import CentreScopedAdmin, ScopedInline
from centres.domain.booking.closed_days import follow_house
from centres.domain.hours.holiday_decisions import decide_holidays, holidays_ahead, horizon
from centres.domain.pages.page_checks import confirm_page, what_to_check
from centres.forms.staff.holidays import HolidaysForm
from centres.lists.centres import CENTRE_VIEWS
from centres.models import Centre, ContactPerson, OpeningException, OpeningHours, Partnership
from linkcenter.admin.named_views import NamedViewFilter, NamedViewsMixin
from linkcenter.admin.pages import StaffRequest, posted, staff_page

PAGE = "admin:centres_centre_change"

# What decides who answers for people, and where they are sent: not for a centre alone to change.
DECIDED_ABOVE = [
    "slug",
    "kind",
    "status",
    "operator",
    "takes_registrations",
    "forwards_to",
    "municipalities",
    "former_area",
    "legal_basis",
    "valid_from",
    "valid_to",
]


# Not in tables: Django gives the controls there no labels.
class PlacesField(forms.ModelMultipleChoiceField):
    """Municipalities with their county, since two names occur twice."""

    def label_from_instance(self, place: Any) -> str:
        return f"{place.name} ({place.county})"


class OpeningHoursInline(ScopedInline, admin.StackedInline):
    model = OpeningHours
    fields = [("weekday", "kind"), ("opens", "closes")]
    extra = 1


class OpeningExceptionInline(ScopedInline, admin.StackedInline):
    model = OpeningException
    fields = [
        ("first_date", "last_date", "kind"),
        ("opens", "closes"),
        ("reason_nb", "reason_nn", "reason_en"),
    ]
    extra = 1


class ContactPersonInline(ScopedInline, admin.StackedInline):
    model = ContactPerson
    fields = [
        ("name", "title"),
        ("phone", "email"),
        "languages",
        ("published", "position"),
        "note",
    ]
    extra = 0


class PartnershipInline(ScopedInline, admin.StackedInline):
    model = Partnership
    fields = [
        ("organisation", "role"),
        ("amount", "years"),
        ("from_year", "to_year"),
        "note",
    ]
    extra = 0


@admin.register(Centre)
class CentreAdmin(NamedViewsMixin, CentreScopedAdmin):
    centre_path = "pk"
    open_to_administrators = True
    named_views = CENTRE_VIEWS
    all_help = _("What the public pages tell of each centre, and how it works with groups.")
    change_list_template = "admin/tabbed_change_list.html"
    change_form_template = "admin/centres/centre/change_form.html"
    list_display = [
        "name",
        "kind",
        "status",
        "takes_registrations",
        "verified_on",
        "holidays_approved_until",
    ]
    list_filter = [NamedViewFilter, "kind", "status", "takes_registrations"]
    search_fields = ["name", "full_name"]
    search_help_text = _("Search by name.")
    inlines = [
        OpeningHoursInline,
        OpeningExceptionInline,
        ContactPersonInline,
        PartnershipInline,
    ]
    fieldsets = [
        (None, {"fields": ["name", "full_name", "slug", "kind", "status", "operator"]}),
        (
            _("How to reach it"),
            {
                "fields": [
                    "phones",
                    "email",
                    "visiting_address",
                    ("postal_code", "postal_place"),
                    ("latitude", "longitude"),
                    "website",
                    "facebook",
                ]
            },
        ),
        (
            _("Notice"),
            {
                "description": _("It goes away by itself after the last day that you write."),
                "fields": [
                    "notice_nb",
                    "notice_nn",
                    "notice_en",
                    ("notice_from", "notice_until"),
                ],
            },
        ),
        (
            _("What the page says"),
            {
                "classes": ["collapse"],
                "fields": [
                    "vision_nb",
                    "vision_nn",
                    "vision_en",
                    "description_nb",
                    "description_nn",
                    "description_en",
                ],
            },
        ),
        (
            _("Registrations"),
            {
                "classes": ["collapse"],
                "fields": [
                    "takes_registrations",
                    "forwards_to",
                    "municipalities",
                    "former_area",
                    "legal_basis",
                ],
            },
        ),
        (
            _("Groups"),
            {
                "description": _("What you do with each group stands in the follow-up plan."),
                "classes": ["collapse"],
                "fields": [
                    ("wording_group", "wording_initiator"),
                    ("min_to_start", "target_size", "max_size"),
                    "age_span",
                    "answer_days",
                    "initiator_meetings",
                    "hand_over_weeks",
                ],
            },
        ),
        (
            _("Messages"),
            {
                "classes": ["collapse"],
                "fields": [
                    "greeting_nb",
                    "greeting_nn",
                    "greeting_en",
                    "signature_nb",
                    "signature_nn",
                    "signature_en",
                    "looks_through",
                    "names_readers",
                ],
            },
        ),
        (
            _("Is it still right?"),
            {
                "description": _(
                    "Read the page now and then, and press the button at the top when all is"
                    " right. The page says when that was, and who did it."
                ),
                "fields": [
                    ("verified_on", "verified_by"),
                    "doubts",
                    ("valid_from", "valid_to"),
                    "accessibility_statement_url",
                ],
            },
        ),
    ]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "municipalities":
            kwargs["form_class"] = PlacesField
            kwargs["widget"] = forms.SelectMultiple(attrs={"size": 12})
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_readonly_fields(
        self, request: HttpRequest, obj: models.Model | None = None
    ) -> list[str]:
        return [] if request_scope(request).is_administrator else DECIDED_ABOVE

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request_scope(request).is_administrator

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Never: people, groups and numbers hang on it. One that is no more is "historic"."""
        return False

    def render_change_form(
        self,
        request: HttpRequest,
        context: Any,
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if obj is not None and request.method == "GET":
            for warning in what_to_check(obj, today=timezone.localdate()):
                messages.warning(request, str(warning))
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """A closing that is new or gone is followed by what is booked in the house."""
        super().save_related(request, form, formsets, change)
        if any(each.model is OpeningException and each.has_changed() for each in formsets):
            tell_followed(request, follow_house(form.instance))

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("<int:pk>/holidays/", self.holidays_view, name="centres_centre_holidays"),
            path("<int:pk>/checked/", self.checked_view, name="centres_centre_checked"),
        ]
        for pattern in own:
            pattern.callback = self.admin_site.admin_view(pattern.callback)
        return [*own, *super().get_urls()]

    def _missing(self, request: HttpRequest, pk: int) -> HttpResponse:
        admin: Any = self
        return admin._get_obj_does_not_exist_redirect(request, self.opts, str(pk))

    def holidays_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        """The public holidays ahead, each with what the public reads; saving approves them."""
        centre = self.get_object(request, str(pk))
        if centre is None:
            return self._missing(request, pk)
        holidays = holidays_ahead(centre)
        form = HolidaysForm(request.POST if request.method == "POST" else None, holidays=holidays)
        if form.is_valid():
            changed = decide_holidays(centre, form.decisions())
            until = date_format(centre.holidays_approved_until)
            text = gettext("The public holidays until %(date)s are looked through.")
            self.log_change(request, centre, text % {"date": until})
            messages.success(request, text % {"date": until})
            tell_followed(request, follow_house(centre))
            if changed:
                messages.info(request, gettext("The opening hours of some days are new."))
            return redirect(PAGE, pk)
        context = {
            "title": gettext("Public holidays at %(centre)s") % {"centre": centre},
            "centre": centre,
            "form": form,
            "spoken_for": [each for each in holidays if each.decision is None],
            "until": horizon(timezone.localdate()),
        }
        return staff_page(self, request, "admin/centres/centre/holidays.html", context)

    @posted
    def checked_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        """Somebody has read the page today, and all of it is right."""
        centre = self.get_object(request, str(pk))
        if centre is None:
            return self._missing(request, pk)
        confirm_page(centre, actor=request.user)
        self.log_change(request, centre, gettext("Checked that the page is right."))
        messages.success(request, gettext("Thank you. The page says that you checked it today."))
        return redirect(PAGE, pk)
