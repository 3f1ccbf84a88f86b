"""Whose case it is: taken over, given on, and the question why somebody opens a colleague's."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centres.access import colleagues_of, request_scope
from centres.models import StaffRole
from centres.states import CENTRE_ROLES
from linkcenter.admin.pages import StaffRequest, posted, staff_page
from linkcenter.forms.base import ActForm
from linkcenter.models import User
from participants.access import registration_or_404
from participants.admin.read_words import WHY
from participants.admin.registration.acts import PAGE
from participants.admin.registration.stale_page import as_shown, is_still_so
from participants.domain.errors import RegistrationError
from participants.domain.intake.responsible import asks_why, give_to, whose_case
from participants.domain.read_log import note
from participants.models import Registration
from participants.responsible import MINE, NOBODYS, RESPONSIBLE, of_responsible
from participants.states import Door, ReadReason

WHY_OPENED = {
    reason: WHY[reason]
    for reason in (
        ReadReason.PERSON_CALLED,
        ReadReason.COLLEAGUE_AWAY,
        ReadReason.TOGETHER,
        ReadReason.FINDING_GROUP,
        ReadReason.LOOKED_THROUGH,
    )
}


class ResponsibleFilter(admin.SimpleListFilter):
    """The reader's own cases, those of nobody, or those of one colleague."""

    title = gettext_lazy("responsible")
    parameter_name = RESPONSIBLE

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        own = StaffRole.objects.filter(
            centre__in=request_scope(request).centre_ids, role__in=CENTRE_ROLES
        )
        colleagues = User.objects.filter(is_active=True, pk__in=own.values("user"))
        reader: Any = request.user
        others = colleagues.exclude(pk=reader.pk).order_by("name", "pk")
        return [
            (MINE, _("me")),
            (NOBODYS, _("nobody yet")),
            *((str(pk), name) for pk, name in others.values_list("pk", "name")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return of_responsible(queryset, self.value() or "", request.user)


class GiveForm(ActForm):
    key = "give"
    submit_label = gettext_lazy("Give the case to them")

    colleague = forms.ModelChoiceField(
        label=gettext_lazy("Who takes the case?"),
        queryset=User.objects.none(),
        empty_label=gettext_lazy("Choose a colleague"),
        error_messages={
            "required": gettext_lazy("Choose who takes the case."),
            "invalid_choice": gettext_lazy("Choose who takes the case."),
        },
    )

    def __init__(self, *args: Any, registration: Registration, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["colleague"]
        others = colleagues_of(registration.participant.centre)
        if registration.responsible_id:
            others = others.exclude(pk=registration.responsible_id)
        field.queryset = others
        field.label_from_instance = lambda user: user.name


class CareActs:
    """For the admin of registrations."""

    admin_site: Any
    opts: Any
    _again: Any

    def care_acts(self) -> list[URLPattern]:
        return [
            path("<int:pk>/why/", self.why_view, name="why"),
            path("<int:pk>/take-over/", self.take_over_view, name="take_over"),
            path("<int:pk>/give/", self.give_view, name="give"),
        ]

    def care(
        self, registration: Registration, reader: User, filled_in: ActForm | None
    ) -> dict[str, Any]:
        """What the page shows of whose case it is."""
        give = reverse("admin:participants_registration_give", args=[registration.pk])
        form = filled_in if isinstance(filled_in, GiveForm) else None
        return {
            "whose_case": whose_case(registration),
            "is_mine": registration.responsible_id == reader.pk,
            "give_form": form or GiveForm(registration=registration, action=give),
        }

    def why_first(
        self, request: HttpRequest, registration: Registration, *, way_on: str = ""
    ) -> HttpResponse | None:
        """The question why a colleague's case is opened, where it has not been answered today.

        Only what is opened is asked about: whatever is written down goes through. ``way_on`` is
        where the answer leads, if that is not the page that was asked for.
        """
        reader: Any = request.user
        if request.method not in ("GET", "HEAD") or not asks_why(registration, reader):
            return None
        context = {
            "title": registration.participant.reference,
            "registration": registration,
            "whose_case": whose_case(registration),
            "reasons": WHY_OPENED.items(),
            "way_on": way_on or request.get_full_path(),
        }
        return staff_page(self, request, "admin/participants/registration/why.html", context)

    @posted
    def why_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        """One press, and the page opens. The reason stands in the log, and the person reads it."""
        registration = registration_or_404(request.user, pk)
        reason = request.POST.get("reason", "")
        if reason in WHY_OPENED:
            note(request.user, [registration.participant_id], door=Door.PERSON, reason=reason)
        return redirect(_way_on(request.POST.get("way_on", ""), registration))

    @posted
    @as_shown
    def take_over_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        registration = registration_or_404(request.user, pk)
        try:
            give_to(registration, colleague=request.user, actor=request.user)
        except RegistrationError as error:
            messages.warning(request, str(error.message))
        else:
            messages.success(request, _("You are responsible for this person now."))
        return redirect(_way_on(request.POST.get("way_on", ""), registration))

    @posted
    @transaction.atomic
    def give_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        registration = registration_or_404(request.user, pk)
        form = GiveForm(request.POST, registration=registration, action=request.path)
        if form.is_valid() and is_still_so(request, registration, form):
            try:
                give_to(registration, colleague=form.cleaned_data["colleague"], actor=request.user)
            except RegistrationError as error:
                form.add_error(None, str(error.message))
            else:
                messages.success(request, _("The case is given on."))
                return redirect(PAGE, pk)
        return self._again(request, registration, form)


def _way_on(asked_for: str, registration: Registration) -> str:
    """Where the reader was going: a page about this person, and nothing else."""
    page = reverse(PAGE, args=[registration.pk])
    return asked_for if asked_for.startswith(page.removesuffix("change/")) else page
