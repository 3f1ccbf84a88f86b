from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from linkcenter.forms.base import (
    CleanTextField,
    MailField,
    OneLineField,
    PhoneField,
    mark_one_of_two,
    need_one_of_two,
    one_of,
    tick,
)
from participants.forms.registration.base import PageForm
from participants.states import ContactWay, HeardFrom

_ONE_OF_TWO = _("Write a phone number or an e-mail address, so that we can reach you.")


class PersonForm(PageForm):
    """The third page: what to call the person, and how to reach them without telling others."""

    heading = _("About you")

    name = OneLineField(
        max_length=80,
        label=_("What may we call you?"),
        help_text=_("So that we know whom to ask for. You need not give your surname."),
        error_messages={"required": _("Write a name that we may call you.")},
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )
    phone = PhoneField(
        required=False, label=_("Phone"), help_text=_("So that we can call you for a talk.")
    )
    email = MailField(
        required=False,
        label=_("E-mail"),
        help_text=_("So that we can send you a receipt, and later ask you about a group."),
    )
    preferred_way = one_of(
        [choice for choice in ContactWay.choices if choice[0] != ContactWay.LETTER],
        label=_("How should we reach you first?"),
        help_text=_("So that we use the way that suits you."),
        ask=_("Choose how we should reach you first."),
    )
    may_leave_message = tick(
        label=_("You may leave me a message"),
        help_text=_("Others may hear or see it. We never say what it is about."),
    )
    safe_times = OneLineField(
        max_length=120,
        required=False,
        label=_("When is it safe to call you?"),
        help_text=_(
            "So that nobody listens in. Such as weekdays after four. "
            "Leave it empty if any time is fine."
        ),
    )
    heard_from = forms.ChoiceField(
        choices=[("", _("Choose, if you like")), *HeardFrom.choices],
        required=False,
        label=_("How did you hear of us?"),
        help_text=_("We only count the answers."),
        error_messages={"invalid_choice": _("Choose one from the list, or none.")},
    )
    message = CleanTextField(
        max_length=500,
        required=False,
        label=_("Is there anything you would like to say?"),
        help_text=_(
            "Something practical, such as an interpreter or a bus to catch. "
            "Do not write about your health, and no names of others. "
            "You decide what to share when we talk."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        mark_one_of_two(self)

    def get_layout(self) -> Layout:
        return Layout(
            "name",
            Fieldset(
                _("How we reach you"),
                "phone",
                "email",
                "preferred_way",
                "may_leave_message",
                "safe_times",
            ),
            "heard_from",
            "message",
        )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        self._check_way(answers)
        return answers

    def _check_way(self, answers: dict[str, Any]) -> None:
        """There is a way to reach the person, and it is the one they ask for."""
        need_one_of_two(self, _ONE_OF_TWO)
        if self.has_error("phone", "one_of_two"):
            return
        phone, email = answers.get("phone"), answers.get("email")
        way = answers.get("preferred_way")
        if way == ContactWay.EMAIL and email == "":
            self.add_error("email", _("You want us to write e-mail. Then write your address here."))
        if way in (ContactWay.PHONE, ContactWay.SMS) and phone == "":
            self.add_error("phone", _("You want us to use the phone. Then write your number here."))
