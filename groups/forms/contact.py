"""What the contact of a group fills in on the group's page, and whoever takes over from them."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from centres.states import LegalBasis
from groups.models import Seat
from groups.states import GroupEndReason, Trouble
from linkcenter.forms.base import CrispyMixin, DateField, one_of
from linkcenter.forms.open_forms import OpenFormMixin
from participants.domain.person import consents
from participants.domain.person.consents import Agreement
from participants.domain.person.contact import Person
from participants.forms.own_page.changes import SomeQuestions
from participants.forms.registration.consent import ConsentTick
from participants.forms.registration.person import PersonForm
from participants.forms.registration.times import TimesForm
from participants.states import ConsentPurpose

MOST = 99


class BreakForm(CrispyMixin, forms.Form):
    """From when to when the group does not meet."""

    submit_label = _("See which dates it is about")

    from_date = DateField(
        label=_("From which day?"),
        help_text=_("The first day on which you do not meet."),
        error_messages={"required": _("Choose the day on which the break begins.")},
    )
    until = DateField(
        label=_("Until which day?"),
        help_text=_("From that day on you meet again."),
        error_messages={"required": _("Choose the day from which you meet again.")},
    )


class HeadsForm(CrispyMixin, forms.Form):
    submit_label = _("Save the number")

    heads = forms.IntegerField(
        label=_("How many are you now?"),
        help_text=_("Count yourself, too. We only keep the number."),
        min_value=1,
        max_value=MOST,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            _("Write how many you are, in digits."),
        ),
    )


class TroubleForm(CrispyMixin, forms.Form):
    submit_label = _("Tell the centre")

    about = one_of(
        Trouble,
        label=_("What does not work?"),
        help_text=_("So that we know what to talk about when we call."),
        ask=_("Choose what does not work for you."),
    )


class NextContactForm(CrispyMixin, forms.Form):
    """Which of those who show the others their name is the contact from now on."""

    submit_label = _("Let them take over")

    act = forms.CharField(widget=forms.HiddenInput, initial="velg")
    seat = one_of((), label=_("Who takes over?"), ask=_("Choose who takes over from you."))
    agreed = forms.BooleanField(
        label=_("I have asked, and they have said yes"),
        error_messages={"required": _("Ask first, and tick the box when they have said yes.")},
    )

    def __init__(self, *args: Any, named: Sequence[tuple[Seat, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["seat"]
        choices.choices = [(str(seat.pk), name) for seat, name in named]


class EndForm(CrispyMixin, forms.Form):
    submit_label = _("Yes, we have stopped")

    reason = one_of(
        [
            (reason.value, words)
            for reason, words in (
                (GroupEndReason.FINISHED, _("We are done")),
                (GroupEndReason.TOO_FEW, _("Too few of us are left")),
                (GroupEndReason.OTHER, _("Something else")),
            )
        ],
        label=_("Why do you stop?"),
        help_text=_("We only count the answers."),
        ask=_("Choose why you stop. We only count the answers."),
    )
    sure = forms.BooleanField(
        label=_("Yes, all of us stop from today on"),
        help_text=_("So that nobody stops by a slip of the hand."),
        error_messages={"required": _("Tick the box if you are sure. Else go back.")},
    )


class TakeOverForm(SomeQuestions, TimesForm, PersonForm):
    """Who takes over as the contact, how to reach them, and their yes to being kept."""

    submit_label = _("Yes, I take over")
    QUESTIONS = (
        *("name", "phone", "email", "preferred_way", "may_leave_message", "safe_times"),
        "is_adult",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language = get_language() or "nb"
        self.fields["email"].help_text = _("So that we can send you the link to the page.")
        if self._asks:
            text = consents.current_text(
                self.centre, ConsentPurpose.CONTACT, language=self.language
            )
            self.fields[ConsentPurpose.CONTACT] = forms.BooleanField(
                label=text.text,
                widget=ConsentTick(text),
                error_messages={
                    "required": _("Tick the box if we may keep this and get in touch with you.")
                },
            )

    @property
    def _asks(self) -> bool:
        return bool(self.centre.legal_basis == LegalBasis.CONSENT)

    def get_layout(self) -> Layout:
        ways = ("phone", "email", "preferred_way", "may_leave_message", "safe_times")
        yes = [ConsentPurpose.CONTACT.value] if self._asks else []
        return Layout("name", Fieldset(_("How we reach you"), *ways), "is_adult", *yes)

    def person(self) -> Person:
        told = {name: self.cleaned_data[name] for name in self.QUESTIONS if name != "is_adult"}
        return Person(**told, language=self.language)

    def agreement(self) -> Agreement:
        given = {ConsentPurpose.CONTACT} if self._asks else set()
        return Agreement(purposes=frozenset(given), language=self.language)


class AgainForm(OpenFormMixin, TakeOverForm):
    """What to call the person, how to reach them, and a yes of today to being kept."""

    submit_label = _("Sign me up")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _("So that we can send you time and place.")
