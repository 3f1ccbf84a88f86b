"""What staff fill in to move a group on."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centres.forms.fields import WeekAvailabilityField
from groups.states import GroupEndReason
from linkcenter.forms.base import ActForm, DateField

HOW_GROUPS_END = [choice for choice in GroupEndReason.choices if choice[0] != GroupEndReason.LET_GO]


class StartMeetingForm(ActForm):
    key = "start"
    submit_label = _("The start meeting was held")

    held_on = DateField(
        label=_("Day"), error_messages={"required": _("Choose the day of the start meeting.")}
    )
    confidentiality_signed = forms.BooleanField(
        label=_("All have signed the confidentiality form"), required=False
    )

    def clean_held_on(self) -> Any:
        day = self.cleaned_data["held_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Choose today or an earlier day: it has been held."))
        return day


class LetGoForm(ActForm):
    key = "let_go"
    submit_label = _("Let the group go")

    sure = forms.BooleanField(
        label=_("Yes, the group does not come about. Everybody waits on with their first date."),
        error_messages={"required": _("Tick the box if the group is to be let go.")},
    )


class EndForm(ActForm):
    key = "end"
    submit_label = _("End the group")

    reason = forms.ChoiceField(
        label=_("Why?"),
        choices=HOW_GROUPS_END,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why the group ends.")},
    )
    sure = forms.BooleanField(
        label=_("Yes, the group has ended. Its members are done, and the room is free."),
        error_messages={"required": _("Tick the box if the group has ended.")},
    )


class OtherTimeForm(ActForm):
    key = "other_time"
    submit_label = _("Save the times")

    availability = WeekAvailabilityField(label=_("When can the person meet?"))
    back = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, is_lent: bool = False, **kwargs: Any) -> None:
        """``is_lent``: of another centre, which alone keeps the person's week."""
        super().__init__(*args, **kwargs)
        if is_lent:
            del self.fields["availability"]
            self.submit_label = _("Write it down")
