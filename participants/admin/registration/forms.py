"""What staff write down about a person: a talk, how to reach them, why it ended."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from centres.forms.fields import WeekAvailabilityField
from linkcenter.forms.base import (
    ActForm,
    CleanTextField,
    DateField,
    MailField,
    PhoneField,
)
from participants.domain.person.contact import NoWayToReach, Person
from participants.forms import PauseForm
from participants.models import Participant
from participants.models.person import ADULT
from participants.states import (
    CloseReason,
    ContactWay,
    Gender,
    PointedTo,
    TalkKind,
    TalkOutcome,
)

OLDEST_BIRTH_YEAR = 1905


class TalkForm(ActForm):
    key = "talk"
    submit_label = _("Save contact")

    kind = forms.ChoiceField(
        label=_("What did you do?"),
        choices=TalkKind,
        initial=TalkKind.RANG,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you did.")},
    )
    outcome = forms.ChoiceField(
        label=_("How did it go?"),
        choices=TalkOutcome,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it went.")},
    )
    pointed_to = forms.ChoiceField(
        label=_("Where was the person pointed?"),
        choices=[
            ("", _("Not pointed anywhere")),
            *((code, capfirst(words)) for code, words in PointedTo.choices),
        ],
        required=False,
        help_text=_("When they were pointed to other help."),
    )
    next_try = DateField(
        label=_("Next try"),
        required=False,
        help_text=_("When there was no answer, or you talk again."),
    )
    note = CleanTextField(
        label=_("Note"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person can ask to read it. Write only what the next talk needs."),
    )

    def clean_next_try(self) -> date | None:
        day = self.cleaned_data["next_try"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("Choose today or a later day for the next try."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        goes_on = (TalkOutcome.NO_ANSWER, TalkOutcome.AGAIN)
        if cleaned.get("next_try") and cleaned.get("outcome") not in (*goes_on, None):
            self.add_error(
                "next_try", _("Leave the next try empty, or choose that you talk again.")
            )
        referred = cleaned.get("outcome") == TalkOutcome.REFERRED_ON
        if referred and "pointed_to" in cleaned and not cleaned["pointed_to"]:
            self.add_error("pointed_to", _("Choose where the person was pointed."))
        elif cleaned.get("pointed_to") and cleaned.get("outcome") and not referred:
            self.add_error(
                "pointed_to", _("Choose nothing here, or that they were pointed to other help.")
            )
        return cleaned


class WeekForm(ActForm):
    key = "week"
    submit_label = _("Save the times")

    availability = WeekAvailabilityField(label=_("When can the person meet?"))


class CloseForm(ActForm):
    key = "close"
    submit_label = _("Close the registration")

    reason = forms.ChoiceField(
        label=_("Why?"),
        choices=[each for each in CloseReason.choices if each[0] != CloseReason.MOVED],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why the registration is closed.")},
    )
    sure = forms.BooleanField(
        label=_("Yes, close it. A place in a group is free for somebody else."),
        error_messages={"required": _("Tick the box if the registration is to be closed.")},
    )


class BreakForm(ActForm, PauseForm):
    """The person wants a break, and tells so."""

    key = "pause"


class ContactForm(ActForm):
    key = "contact"
    submit_label = _("Save contact details")

    name = CleanTextField(
        label=_("What we may call the person"),
        max_length=80,
        error_messages={"required": _("Write what we may call the person.")},
    )
    phone = PhoneField(label=_("Phone"), required=False)
    email = MailField(label=_("E-mail"), required=False)
    postal_address = CleanTextField(
        label=_("Postal address"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Name, street, postcode and place, as on an envelope."),
    )
    preferred_way = forms.ChoiceField(
        label=_("Reach first by"), choices=ContactWay, widget=forms.RadioSelect
    )
    may_leave_message = forms.BooleanField(label=_("We may leave a message"), required=False)
    safe_times = CleanTextField(label=_("Safe times to call"), max_length=120, required=False)
    do_not_send = forms.BooleanField(
        label=_("Send nothing by itself"),
        required=False,
        help_text=_("Each message waits as a draft until you send it."),
    )
    language = forms.ChoiceField(label=_("Language we write in"), choices=settings.LANGUAGES)
    birth_year = forms.IntegerField(
        label=_("Year of birth"),
        required=False,
        min_value=OLDEST_BIRTH_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4}),
        error_messages={
            "invalid": _("Write the year with four digits, such as 1980."),
            "min_value": _("Write the year with four digits, such as 1980."),
        },
    )
    gender = forms.ChoiceField(
        label=_("Gender"), choices=[("", _("Not told")), *Gender.choices], required=False
    )

    def __init__(self, *args: Any, participant: Participant, **kwargs: Any) -> None:
        self.participant = participant
        initial = {name: getattr(participant, name) for name in self.base_fields}
        super().__init__(*args, initial=initial, **kwargs)

    def clean_birth_year(self) -> int | None:
        year = self.cleaned_data["birth_year"]
        if year and year > self.participant.confirmed_adult_on.year - ADULT:
            raise forms.ValidationError(
                _("The groups are for those who are 18 or older. Check the year.")
            )
        return year

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        ways = ("phone", "email", "postal_address")
        if not any(way in self.errors or cleaned.get(way) for way in ways):
            self.add_error("phone", NoWayToReach.message)
        if cleaned.get("preferred_way") == ContactWay.LETTER and not cleaned.get("postal_address"):
            self.add_error("postal_address", _("They want letters. Then write the address here."))
        return cleaned

    def person(self) -> Person:
        """What was filled in, for the domain."""
        return Person(**self.cleaned_data)
