from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linkcenter.forms.base import (
    MailField,
    OneLineField,
    PhoneField,
    mark_one_of_two,
    need_one_of_two,
)
from linkcenter.forms.open_forms import OpenFormMixin

_ONE_OF_TWO = _("Write a phone number or an e-mail address, so that we can reach you.")


class SignUpForm(OpenFormMixin, forms.Form):
    """What to call somebody who comes, and one way to tell them if something changes."""

    submit_label = _("Sign me up")

    name = OneLineField(
        max_length=80,
        label=_("What may we call you?"),
        help_text=_("So that we know whom to ask for. You need not give your surname."),
        error_messages={"required": _("Write a name that we may call you.")},
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )
    email = MailField(
        required=False,
        label=_("E-mail"),
        help_text=_("Then you get a link, and can give up your place yourself."),
    )
    phone = PhoneField(
        required=False, label=_("Phone"), help_text=_("Then we call you if something changes.")
    )

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        mark_one_of_two(self)

    def clean(self) -> Any:
        cleaned = super().clean()
        need_one_of_two(self, _ONE_OF_TWO)
        return cleaned


class WaitingListForm(SignUpForm):
    """The same where all places are taken."""

    submit_label = _("Put me on the waiting list")
