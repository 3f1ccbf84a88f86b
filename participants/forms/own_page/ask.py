from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from linkcenter.forms.base import CrispyMixin, MailField
from linkcenter.forms.text import clean_text
from linkcenter.phones import parse_phone


class ReachField(forms.CharField):
    """An e-mail address or a telephone number, as a pair of which one is empty."""

    widget = forms.TextInput(
        attrs={"autocomplete": "email", "spellcheck": "false", "autocapitalize": "none"}
    )
    default_error_messages = {
        "required": _("Write your e-mail address or your phone number."),
        "not_a_phone": _("Write an e-mail address, or a phone number with all its digits."),
    }

    def clean(self, value: str | None) -> tuple[str, str]:
        text = clean_text(super().clean(value))
        if "@" in text:
            return str(MailField().clean(text)), ""
        try:
            return "", parse_phone(text)
        except ValueError:
            raise ValidationError(self.error_messages["not_a_phone"], code="not_a_phone") from None


class AskForm(CrispyMixin, forms.Form):
    """Where the link to one's own page is to go."""

    submit_label = _("Send me a link")

    reach = ReachField(
        label=_("Your e-mail address or phone number"),
        help_text=_("The one that you gave us."),
    )
