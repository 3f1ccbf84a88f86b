"""Booking a talk: when, how, and who holds it."""

from datetime import UTC, datetime
from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centres.access import colleagues_of
from centres.forms.holidays import ClockField
from linkcenter.forms import one_of
from linkcenter.models import User
from participants.admin.forms import DateField, DeskForm
from participants.models import Registration
from participants.states import TalkWay


class BookForm(DeskForm):
    key = "book"
    submit_label = _("Book the talk, and tell the person")

    day = DateField(label=_("Day"), error_messages={"required": _("Choose the day of the talk.")})
    clock = ClockField(
        label=_("Time"), error_messages={"required": _("Write the time of the talk.")}
    )
    kind = one_of(
        TalkWay,
        label=_("How?"),
        ask=_("Choose how you talk with the person."),
        initial=TalkWay.PHONE,
    )
    held_by: forms.ModelChoiceField = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Who holds it?"),
        empty_label=None,
        error_messages={"invalid_choice": _("Choose somebody who works at this centre.")},
    )
    anyway = forms.BooleanField(
        label=_("Book it all the same, though they have another talk then"), required=False
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
            self.submit_label = _("Save the new time, and tell the person")
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
