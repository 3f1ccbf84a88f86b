"""Fields of the interest form: each says in one sentence what to do when it cannot be read."""

from django import forms
from django.utils.translation import gettext_lazy as _


class BirthYearField(forms.IntegerField):
    """A year in four digits, or nothing."""

    default_error_messages = {
        "invalid": _("Write the year you were born with four digits, such as 1975.")
    }
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "bday-year", "size": 6})
