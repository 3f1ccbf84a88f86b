from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centres.admin.scope import CentreScopedAdmin, ScopedInline, request_scope
from centres.domain.quality import what_to_check
from centres.models import Centre, ContactPerson, OpeningException, OpeningHours, Partnership

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
class CentreAdmin(CentreScopedAdmin):
    centre_path = "pk"
    open_to_administrators = True
    list_display = ["name", "kind", "status", "takes_registrations", "verified_on"]
    list_filter = ["kind", "status", "takes_registrations"]
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
                "fields": [
                    "notice_nb",
                    "notice_nn",
                    "notice_en",
                    ("notice_from", "notice_until"),
                ]
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
                "classes": ["collapse"],
                "fields": [
                    ("wording_group", "wording_initiator"),
                    ("min_to_start", "target_size", "max_size"),
                    "age_span",
                    "answer_days",
                    "initiator_meetings",
                    ("follow_up_weeks", "hand_over_weeks"),
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
                ],
            },
        ),
        (
            _("Is it still right?"),
            {
                "fields": [
                    ("verified_on", "verified_by"),
                    "doubts",
                    ("valid_from", "valid_to"),
                    "accessibility_statement_url",
                ]
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
        return request_scope(request).is_administrator

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
