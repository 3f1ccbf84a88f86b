"""What staff fill in while a group is put together: whom to add, until when, and to settle."""

from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from centres.models import Centre
from groups.admin.asking.candidates import Candidate, fitting_first
from groups.domain.errors import RulesBroken
from groups.models import Seat
from groups.states import BrokenBecause, BrokenRule
from linkcenter.forms.base import ActForm, DateField, one_of, some_of
from linkcenter.models import MessageState

FURTHEST = timedelta(days=366)  # rooms are booked a year ahead
UNHEARD = (MessageState.DRAFT, MessageState.QUEUED, MessageState.FAILED)
LONGEST_TO_ANSWER = timedelta(days=60)


def rule_in_words(rule: BrokenRule, centre: Centre) -> str:
    """The rule as this centre has it."""
    number = {
        BrokenRule.FEWER: centre.min_to_start,
        BrokenRule.MORE: centre.max_size,
        BrokenRule.AGE_SPAN: centre.age_span,
    }.get(rule)
    words = capfirst(str(rule.label))
    return words if number is None else f"{words} ({number})"


class BreakingForm(ActForm):
    """A form that asks for a tick and a reason where rules of the centre would be broken."""

    def __init__(
        self, *args: Any, centre: Centre, broken: Collection[BrokenRule] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.broken = broken
        if not broken:
            return
        self.fields["broken_rules"] = some_of(
            [(rule.value, rule_in_words(rule, centre)) for rule in broken],
            label=_("This breaks rules of the centre. Is it on purpose?"),
            ask=RulesBroken.message,
        )
        self.fields["broken_because"] = one_of(
            BrokenBecause, label=_("Why?"), ask=_("Choose why the rules are broken.")
        )

    def clean_broken_rules(self) -> Any:
        ticked = self.cleaned_data["broken_rules"]
        if set(ticked) != {rule.value for rule in self.broken}:
            raise forms.ValidationError(RulesBroken.message)
        return ticked

    @property
    def approval(self) -> dict[str, Any]:
        """What was ticked, and why, as the domain asks for it."""
        names = ("broken_rules", "broken_because")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


class AddForm(BreakingForm):
    key = "add"
    submit_label = _("Add to the group")

    registration = forms.TypedChoiceField(
        label=_("Who?"),
        coerce=int,
        help_text=_("Those who can meet at this time come first, the longest wait on top."),
        error_messages={
            "required": _("Choose somebody to add."),
            "invalid_choice": _("Choose somebody from the list: the other is not waiting now."),
        },
    )
    ask = forms.BooleanField(label=_("Ask this person at once"), required=False)

    def __init__(self, *args: Any, candidates: list[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = [one.person for one in candidates if one.person is not None]
        field: Any = self.fields["registration"]
        field.choices = fitting_first(
            candidates, fit=_("Can meet at this time"), others=_("Cannot meet at this time")
        )


class SettleForm(BreakingForm):
    key = "settle"
    submit_label = _("Settle the group")

    first_date = DateField(
        label=_("First meeting"),
        error_messages={"required": _("Choose the day of the first meeting.")},
    )

    def clean_first_date(self) -> Any:
        day = self.cleaned_data["first_date"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("Choose today or a later day for the first meeting."))
        if day > timezone.localdate() + FURTHEST:
            raise forms.ValidationError(_("Choose a day within a year for the first meeting."))
        return day


def _check_date(day: Any) -> Any:
    if day is None:
        return day
    if day <= timezone.localdate():
        raise forms.ValidationError(_("Choose a day after today to answer by."))
    if day > timezone.localdate() + LONGEST_TO_ANSWER:
        raise forms.ValidationError(_("Choose a day within two months to answer by."))
    return day


class ExtendForm(ActForm):
    key = "extend"
    submit_label = _("Give everybody more time")

    answer_by = DateField(
        label=_("Answer by"),
        help_text=_("All who have been asked are told, those who said yes as well."),
        error_messages={"required": _("Choose the new day to answer by.")},
    )

    def clean_answer_by(self) -> Any:
        return _check_date(self.cleaned_data["answer_by"])


class UnansweredForm(ActForm):
    """Some of those who have not answered: remind them, or give them more time."""

    key = "unanswered"
    REMIND, MORE_TIME = "remind", "more_time"

    seats = forms.TypedMultipleChoiceField(
        label=_("Who has not answered?"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick at least one person."),
            "invalid_choice": _("One of them has answered meanwhile. Look at the list again."),
        },
    )
    answer_by = DateField(
        label=_("New day to answer by"),
        required=False,
        help_text=_("Only if you give more time."),
    )

    def __init__(self, *args: Any, waiting: Iterable[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["seats"]
        field.choices = [(seat.pk, unanswered_in_words(seat)) for seat in waiting]

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.inputs = [
            Submit(self.REMIND, _("Remind those ticked")),
            Submit(self.MORE_TIME, _("Give those ticked more time")),
        ]
        return helper

    @property
    def is_for_more_time(self) -> bool:
        return self.MORE_TIME in self.data

    def clean_answer_by(self) -> Any:
        day = self.cleaned_data["answer_by"]
        if self.is_for_more_time and day is None:
            raise forms.ValidationError(_("Choose the new day to answer by."))
        return _check_date(day) if self.is_for_more_time else day


def unanswered_in_words(seat: Seat) -> str:
    """Who it is, when they were asked and until when, and whether they have been reminded."""
    person = seat.registration.participant
    dates = {
        "who": f"{person.reference} {person.first_name}",
        "asked": _day(timezone.localdate(seat.asked_at)) if seat.asked_at else "",
        "by": _day(seat.answer_by),
    }
    words = gettext("%(who)s: asked %(asked)s, answer by %(by)s") % dates
    if seat.reminded_at:
        day = _day(timezone.localdate(seat.reminded_at))
        return words + gettext(", reminded %(day)s") % {"day": day}
    if seat.message and seat.message.state in UNHEARD:
        return words + gettext(", has not heard it yet")
    return words


def _day(day: Any) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
