"""The three answers to an invitation, each with what it needs and nothing more."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from centres.fields import WeekAvailabilityField
from groups.states import NoReason
from linkcenter.forms import CrispyMixin


class AnswerForm(CrispyMixin, forms.Form):
    """One way to answer; the hidden ``answer`` says which of the three forms was sent."""

    code: str
    answer = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{self.code}_%s"} | kwargs)
        self.fields["answer"].initial = self.code


class YesForm(AnswerForm):
    code = "yes"
    submit_label = _("Yes, I would like to join")


class OtherTimeForm(AnswerForm):
    code = "other_time"
    submit_label = _("Keep me on the list with these times")

    availability = WeekAvailabilityField(
        label=_("When can you meet?"),
        help_text=_("Tick every time that can work for you. The more you tick, the easier it is."),
    )


class NoForm(AnswerForm):
    code = "no"
    submit_label = _("No, not this group")

    no_reason = forms.ChoiceField(
        label=_("Would you like to tell us why?"),
        help_text=_("It helps us to find a group that suits you better."),
        choices=[*NoReason.choices, ("", _("I would rather not say"))],
        widget=forms.RadioSelect,
        required=False,
    )
