"""What staff fill in to move a group on."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centres.fields import WeekAvailabilityField
from centres.models import Centre
from groups.states import GroupEndReason, Start, WaitWeight
from participants.admin.forms import DateField, DeskForm

HOW_GROUPS_END = [choice for choice in GroupEndReason.choices if choice[0] != GroupEndReason.LET_GO]


class ProposeForm(DeskForm):
    """For which centres, from what, and how much the wait counts."""

    key = "propose"
    submit_label = _("Ask for proposals")

    centre = forms.MultipleChoiceField(
        label=_("For whom?"),
        help_text=_("Several together share their digital groups."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one centre.")},
    )
    start = forms.ChoiceField(
        label=_("What about the earlier proposals?"),
        help_text=_("Starting over says how many people would move before you go on from it."),
        choices=Start,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what becomes of the earlier proposals.")},
    )
    wait_weight = forms.ChoiceField(
        label=_("How much does a long wait count?"),
        choices=WaitWeight,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how much a long wait counts.")},
    )

    def __init__(self, *args: Any, centres: Iterable[Centre], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["centre"]
        field.choices = [(str(centre.pk), str(centre)) for centre in centres]


class StartMeetingForm(DeskForm):
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


class LetGoForm(DeskForm):
    key = "let_go"
    submit_label = _("Let the group go")

    sure = forms.BooleanField(
        label=_("Yes, the group does not come about. Everybody waits on with their first date."),
        error_messages={"required": _("Tick the box if the group is to be let go.")},
    )


class EndForm(DeskForm):
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


class OtherTimeForm(DeskForm):
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
