"""What staff do about a group's contact, and for the contact who rings instead of using a link."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from groups.access import group_or_404
from groups.admin.shared import GROUP_PAGE
from groups.domain.errors import GroupError
from groups.domain.lifecycle import handing_over
from groups.domain.running import breaks, contact, contact_acts, taking_over
from groups.domain.running.newcomers import meets
from groups.domain.running.time_in_use import is_asked
from groups.forms.contact import BreakForm, HeadsForm, TroubleForm
from groups.models import Seat, SelfHelpGroup
from groups.states import GroupState
from linkcenter.admin.pages import StaffRequest, posted
from linkcenter.forms.base import ActForm
from linkcenter.tokens import token_for


class ContactForm(ActForm):
    """Which member is the contact."""

    key = "contact"
    submit_label = gettext_lazy("This is the contact")

    seat = forms.ModelChoiceField(
        Seat.objects.none(),
        label=gettext_lazy("Who has said yes to being the contact?"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Choose one of the members.")
        ),
    )

    def __init__(self, data: Any = None, *, group: SelfHelpGroup, action: str) -> None:
        super().__init__(data, action=action, initial={"seat": group.contact_id})
        field: Any = self.fields["seat"]
        members = group.seats.members().select_related("registration__participant")
        field.queryset = members.order_by("pk")
        field.label_from_instance = _in_words


def _in_words(seat: Any) -> str:
    person = seat.registration.participant
    return f"{person.reference} {person.first_name}"


class HandOverForm(ContactForm):
    key = "hand_over"
    submit_label = gettext_lazy("Hand the group over")


class DeskBreakForm(ActForm, BreakForm):
    key = "break"
    submit_label = gettext_lazy("Write the break down")


class DeskHeadsForm(ActForm, HeadsForm):
    key = "heads"
    submit_label = gettext_lazy("Save the number")


class DeskTroubleForm(ActForm, TroubleForm):
    key = "trouble"
    submit_label = gettext_lazy("Put it on the list")


def contact_forms(group: SelfHelpGroup, action: Callable[[str], str]) -> list[ActForm]:
    """The forms that fit the moment the group is in."""
    if group.state not in contact.MEETING:
        return []
    found: list[ActForm] = []
    if group.state == GroupState.SETTLED and group.started_on is not None:
        found.append(HandOverForm(group=group, action=action("hand_over")))
    else:
        found.append(ContactForm(group=group, action=action("contact")))
    if group.contact_id is None or not meets(group):
        return found
    if group.paused_until is None:
        found.append(DeskBreakForm(action=action("break")))
    if group.state == GroupState.SELF_RUN:
        found.append(DeskHeadsForm(action=action("heads")))
    return [*found, DeskTroubleForm(action=action("trouble"))]


def contact_panel(group: SelfHelpGroup) -> dict[str, Any]:
    """What a group's page says of its contact. Nothing before it is settled."""
    if group.state not in contact.MEETING:
        return {}
    passed_on = taking_over.passed_on(group, now=timezone.now())
    path_of = passed_on and reverse("groups:take-over", args=[token_for(passed_on.seed)])
    return {
        "has_contact_panel": True,
        "is_asked_if_used": is_asked(group),
        "passed_on": passed_on,
        "passed_on_address": settings.BASE_URL + path_of if path_of else "",
    }


class ContactActs:
    """Mixed into the admin of groups: the acts on a group's page that are about its contact."""

    _try: Any

    def contact_urls(self) -> list[URLPattern]:
        return [
            path("<int:pk>/contact/", self.contact_view, name="contact"),
            path("<int:pk>/contact-link/", self.contact_link_view, name="contact_link"),
            path("<int:pk>/take-over/", self.take_over_view, name="take_over"),
            path("<int:pk>/hand-over/", self.hand_over_view, name="hand_over"),
            path("<int:pk>/in-use/", self.in_use_view, name="in_use"),
            path("<int:pk>/heads/", self.heads_view, name="heads"),
            path("<int:pk>/trouble/", self.trouble_view, name="trouble"),
            path("<int:pk>/break/", self.break_view, name="break"),
            path("<int:pk>/break-off/", self.break_off_view, name="break_off"),
        ]

    @posted
    def contact_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        group = group_or_404(request.user, pk)
        form = ContactForm(request.POST, group=group, action=request.path)

        def choose() -> None:
            contact.choose_contact(group, form.cleaned_data["seat"], actor=request.user)

        return self._try(request, group, form, choose, _("The contact is told, with the link."))

    @posted
    def hand_over_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        group = group_or_404(request.user, pk)
        form = HandOverForm(request.POST, group=group, action=request.path)

        def hand_over() -> None:
            handing_over.hand_over(group, contact=form.cleaned_data["seat"], actor=request.user)

        done = _("The group runs itself now. Its members are told.")
        return self._try(request, group, form, hand_over, done)

    @posted
    def contact_link_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        group = group_or_404(request.user, pk)
        return self._press(
            request,
            group,
            lambda: contact.send_page_link(group, actor=request.user),
            _("A new link is on its way. The older one does not work any more."),
        )

    @posted
    def take_over_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        group = group_or_404(request.user, pk)
        return self._press(
            request,
            group,
            lambda: taking_over.pass_on(group, actor=request.user),
            _("The address is made. Give it to the one who takes over."),
        )

    @posted
    def in_use_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        group = group_or_404(request.user, pk)
        return self._press(
            request,
            group,
            lambda: contact_acts.still_used(group, actor=request.user),
            _("It is written down that they still meet."),
        )

    @posted
    def heads_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        group = group_or_404(request.user, pk)
        form = DeskHeadsForm(request.POST, action=request.path)

        def count() -> None:
            contact_acts.count_heads(group, actor=request.user, **form.cleaned_data)

        return self._try(request, group, form, count, _("The number is saved."))

    @posted
    def trouble_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        group = group_or_404(request.user, pk)
        form = DeskTroubleForm(request.POST, action=request.path)

        def report() -> None:
            contact_acts.report_trouble(group, actor=request.user, **form.cleaned_data)

        return self._try(request, group, form, report, _("It is on the list of what to do."))

    @posted
    def break_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        group = group_or_404(request.user, pk)
        form = DeskBreakForm(request.POST, action=request.path)

        def take_break() -> None:
            breaks.take_break(group, actor=request.user, **form.cleaned_data)

        return self._try(request, group, form, take_break, _("The break is written down."))

    @posted
    def break_off_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        group = group_or_404(request.user, pk)

        def call_off() -> None:
            lost = breaks.call_off_break(group, actor=request.user)
            if lost:
                text = ngettext(
                    "On %(n)s date somebody else has the room by now.",
                    "On %(n)s dates somebody else has the room by now.",
                    len(lost),
                )
                messages.warning(request, text % {"n": len(lost)})

        return self._press(request, group, call_off, _("The break is over."))

    def _press(
        self,
        request: StaffRequest,
        group: SelfHelpGroup,
        act: Callable[[], object],
        done: str,
    ) -> HttpResponse:
        """Do ``act``, which has nothing to fill in, and go back to the group's page."""
        try:
            act()
        except GroupError as error:
            messages.warning(request, str(error.message))
        else:
            messages.success(request, done)
        return redirect(GROUP_PAGE, group.pk)
