"""Fields of the interest form: each says in one sentence what to do when it cannot be read."""

from django import forms
from django.utils.translation import gettext_lazy as _


class BirthYearField(forms.IntegerField):
    """A year in four digits, or nothing."""

    default_error_messages = {
        "invalid": _("Write the year you were born with four digits, such as 1975.")
    }
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "bday-year", "size": 6})


class DayField(forms.DateField):
    """A day, chosen in the browser's own calendar or written."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {"invalid": _("Write the date like this: 24.12.2026.")}
