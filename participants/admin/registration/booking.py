"""Booking a talk with a person: when, how and who holds it; moving it, and calling it off."""

from datetime import UTC, datetime
from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centres.access import colleagues_of
from linkcenter.admin.pages import StaffRequest, posted
from linkcenter.forms.base import ActForm, DateField, TimeField, one_of
from linkcenter.models import User
from participants.access import registration_or_404
from participants.admin.registration.acts import PAGE
from participants.admin.registration.stale_page import as_shown, is_still_so
from participants.domain.errors import RegistrationError
from participants.domain.intake.booking import StaffTaken, book_talk, cancel_talk
from participants.models import Registration
from participants.states import TalkWay


class BookForm(ActForm):
    key = "book"
    submit_label = gettext_lazy("Book the talk, and tell the person")

    day = DateField(
        label=gettext_lazy("Day"),
        error_messages={"required": gettext_lazy("Choose the day of the talk.")},
    )
    clock = TimeField(
        label=gettext_lazy("Time"),
        error_messages={"required": gettext_lazy("Write the time of the talk.")},
    )
    kind = one_of(
        TalkWay,
        label=gettext_lazy("How?"),
        ask=gettext_lazy("Choose how you talk with the person."),
        initial=TalkWay.PHONE,
    )
    held_by: forms.ModelChoiceField = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("Who holds it?"),
        empty_label=None,
        error_messages={
            "invalid_choice": gettext_lazy("Choose somebody who works at this centre.")
        },
    )
    anyway = forms.BooleanField(
        label=gettext_lazy("Book it all the same, though they have another talk then"),
        required=False,
    )

    def __init__(self, *args: Any, registration: Registration, reader: User, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"held_by": registration.talk_by_id or reader.pk}
        if registration.talk_at:
            at = timezone.localtime(registration.talk_at)
            initial |= {"day": at.date(), "clock": at.time(), "kind": registration.talk_kind}
        super().__init__(*args, initial=initial, **kwargs)
        held_by: Any = self.fields["held_by"]
        held_by.queryset = colleagues_of(registration.participant.centre)
        if registration.talk_at:
            self.submit_label = gettext_lazy("Save the new time, and tell the person")
        self.is_taken = "anyway" in self.data

    def get_layout(self) -> Layout:
        anyway = ["anyway"] if self.is_taken else []
        return Layout(Div("day", "clock", css_class="desk-clocks"), "kind", "held_by", *anyway)

    def warn(self, sentence: str) -> None:
        """Say that the time is taken, and let it be booked all the same."""
        self.is_taken = True
        self.add_error("clock", sentence)

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("day") and cleaned.get("clock"):
            told = datetime.combine(cleaned["day"], cleaned["clock"])
            at = timezone.make_aware(told).astimezone(UTC)
            if timezone.make_naive(at) != told:  # when the clocks are put forward
                self.add_error("clock", _("There is no such time that night. Choose another."))
            cleaned["at"] = at
        return cleaned

    def booking(self) -> dict[str, Any]:
        """What ``book_talk`` takes."""
        return {name: self.cleaned_data[name] for name in ("at", "kind", "held_by", "anyway")}


class TalkActs:
    """For the admin of registrations: booking a talk, and calling it off."""

    _again: Any

    def talk_acts(self) -> list[URLPattern]:
        return [
            path("<int:pk>/book/", self.book_view, name="book"),
            path("<int:pk>/cancel-talk/", self.cancel_talk_view, name="cancel_talk"),
        ]

    @posted
    @transaction.atomic
    def book_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        registration = registration_or_404(request.user, pk)
        form = BookForm(
            request.POST, registration=registration, reader=request.user, action=request.path
        )
        if form.is_valid() and is_still_so(request, registration, form):
            try:
                book_talk(registration, actor=request.user, **form.booking())
            except StaffTaken as error:
                form.warn(str(error.message))
            except RegistrationError as error:
                form.add_error(None, str(error.message))
            else:
                messages.success(request, _("The talk is booked, and the person is told."))
                return redirect(PAGE, pk)
        return self._again(request, registration, form)

    @posted
    @as_shown
    def cancel_talk_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        registration = registration_or_404(request.user, pk)
        try:
            cancel_talk(registration, actor=request.user)
        except RegistrationError as error:
            messages.warning(request, str(error.message))
        else:
            messages.success(request, _("The talk is cancelled. Whoever knew of it is told."))
        return redirect(PAGE, pk)
