"""How every form of ours looks and reads: the mixin, and fields that clean what is typed."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linkcenter.forms.text import clean_text
from linkcenter.phones import parse_phone

Choices = type[TextChoices] | Iterable[tuple[str, Any]]


class CrispyMixin(forms.BaseForm):
    """Gives a form its helper: own error summary, no bubbles of the browser, one submit button.

    A form states its fields, its ``submit_label``, and ``get_layout`` where the order of the
    fields will not do. Layout objects are made anew for each form.
    """

    use_required_attribute = False
    submit_label: str | Promise = _("Save")
    action = ""  # where it posts, if not to the page that it stands on

    def get_layout(self) -> Layout:
        return Layout(*self.fields)

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.attrs = {"novalidate": True}
        helper.form_action = self.action
        helper.layout = self.get_layout()
        helper.add_input(Submit("", self.submit_label))
        return helper


class ActForm(CrispyMixin, forms.Form):
    """One of several forms on a page: ``key`` keeps their ids apart, ``action`` is its address."""

    key = "act"

    def __init__(self, *args: Any, action: str, **kwargs: Any) -> None:
        self.action = action
        super().__init__(*args, **{"auto_id": f"{self.key}_%s"} | kwargs)


class CleanTextField(forms.CharField):
    """Text without invisible characters, counted in characters as people see them."""

    default_error_messages = {
        "too_long": _("Shorten the text to %(limit)s characters. It has %(length)s now.")
    }

    def __init__(self, *, max_length: int, **kwargs: Any) -> None:
        self.limit = max_length
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.limit:
            raise ValidationError(
                self.error_messages["too_long"],
                code="too_long",
                params={"limit": self.limit, "length": len(value)},
            )


class OneLineField(CleanTextField):
    """Text of one line: line breaks and rows of spaces become one space."""

    def to_python(self, value: Any) -> str:
        return " ".join(super().to_python(value).split())


class PhoneField(forms.CharField):
    """A telephone number, stored in E.164 whatever way it was written."""

    default_error_messages = {
        "not_a_phone": _("Write a phone number with all its digits, such as 412 34 567.")
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "size": 16})
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        text = clean_text(super().to_python(value) or "")
        if not text:
            return ""
        try:
            return parse_phone(text)
        except ValueError:
            raise ValidationError(self.error_messages["not_a_phone"], code="not_a_phone") from None


class MailField(forms.EmailField):
    """An e-mail address. The longest that exist fit; the domain is kept as it was typed."""

    default_error_messages = {
        "invalid": _("Write the e-mail address like this: name@example.org."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget",
            forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        )
        super().__init__(max_length=254, **kwargs)
        self.validators = [
            MaxLengthValidator(254, self.error_messages["invalid"])
            if isinstance(validator, MaxLengthValidator)
            else validator
            for validator in self.validators
        ]

    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value) or "")


class DateField(forms.DateField):
    """A day, chosen in the browser's own calendar or written."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {"invalid": _("Write the date like this: 24.12.2026.")}


class TimeField(forms.TimeField):
    """A time of day, chosen in the browser's own clock or written."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    default_error_messages = {"invalid": _("Write the time like this: 18.00.")}
    input_formats = ["%H:%M", "%H.%M", "%H:%M:%S"]


def mark_one_of_two(form: forms.BaseForm) -> None:
    """Let the labels of telephone and e-mail say that one of them will do."""
    for name in ("phone", "email"):
        form.fields[name].mark = _("one of the two")  # type: ignore[attr-defined]  # for the pack


def need_one_of_two(form: forms.BaseForm, ask: str | Promise) -> None:
    """Refuse a cleaned form that has neither telephone nor e-mail: at both, and once on top."""
    if form.cleaned_data.get("phone") == "" and form.cleaned_data.get("email") == "":
        missing = ValidationError(str(ask), code="one_of_two")
        form.add_error("phone", missing)
        form.add_error("email", missing)


def one_of(choices: Choices, *, ask: str | Promise, **kwargs: Any) -> forms.ChoiceField:
    """Radio buttons. ``ask`` is the sentence for both no choice and one that there is not."""
    return forms.ChoiceField(
        choices=choices,
        widget=forms.RadioSelect,
        error_messages=_all_say(ask, "required", "invalid_choice"),
        **kwargs,
    )


def some_of(choices: Choices, *, ask: str | Promise, **kwargs: Any) -> forms.MultipleChoiceField:
    """Boxes to tick, in a list. ``ask`` as for ``one_of``."""
    return forms.MultipleChoiceField(
        choices=choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages=_all_say(ask, "required", "invalid_choice", "invalid_list"),
        **kwargs,
    )


def _all_say(ask: str | Promise, *codes: str) -> dict[str, Any]:
    return dict.fromkeys(codes, ask)


def tick(**kwargs: Any) -> forms.BooleanField:
    """One box that may be ticked."""
    return forms.BooleanField(required=False, **kwargs)
