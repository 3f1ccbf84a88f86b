from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linkcenter.forms import MailField, OneLineField, PhoneField
from linkcenter.open_forms import OpenFormMixin

_ONE_OF_TWO = _("Write a phone number or an e-mail address, so that we can reach you.")


class SignUpForm(OpenFormMixin, forms.Form):
    """What to call somebody who comes, and one way to tell them if something changes."""

    submit_label = _("Sign me up")

    name = OneLineField(
        max_length=80,
        label=_("What may we call you?"),
        help_text=_("You need not give your surname."),
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
        for name in ("email", "phone"):
            self.fields[name].mark = _("one of the two")  # type: ignore[attr-defined]  # for the pack

    def clean(self) -> Any:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("email") == "" and cleaned.get("phone") == "":
            self.add_error("email", _ONE_OF_TWO)
            self.add_error("phone", _ONE_OF_TWO)
        return cleaned


class WaitingListForm(SignUpForm):
    """The same where all places are taken."""

    submit_label = _("Put me on the waiting list")
