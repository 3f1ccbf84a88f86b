"""What staff write down when a key goes out."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centres.models import Key, Slot
from linkcenter.forms.base import ActForm, DateField, OneLineField, PhoneField


class LendForm(ActForm):
    """Who signs for the key, for which weekly time, and when it is to be back."""

    key = "lend"
    submit_label = _("Lend the key")

    holder = OneLineField(
        max_length=80,
        label=_("Who signs for it"),
        help_text=_("Only the name. It is deleted when the key is back."),
        error_messages={"required": _("Write the name of who signs for the key.")},
    )
    phone = PhoneField(
        required=False, label=_("Phone"), help_text=_("So that we can ring if it is overdue.")
    )
    slot: forms.ModelChoiceField = forms.ModelChoiceField(
        Slot.objects.none(),
        required=False,
        label=_("For which weekly time?"),
        help_text=_("The key is asked back when that time is given up."),
        empty_label=_("None of them"),
        error_messages={"invalid_choice": _("Choose a weekly time from the list.")},
    )
    due = DateField(
        required=False,
        label=_("Back by"),
        help_text=_("Leave it empty if they keep it as long as they use the room."),
    )

    def __init__(self, *args: Any, lent: Key, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        slots: Any = self.fields["slot"]
        slots.queryset = lent.venue.slots.filter(given_up_on__isnull=True).select_related("venue")

    def clean_due(self) -> Any:
        due = self.cleaned_data["due"]
        if due and due < timezone.localdate():
            raise forms.ValidationError(_("That day has been. Choose today or a later day."))
        return due
