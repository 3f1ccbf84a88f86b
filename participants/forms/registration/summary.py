"""The answers as the person reads them back before sending."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from centres.models import Municipality
from linkcenter.forms.base import PhoneField
from linkcenter.phones import show_phone
from participants.forms.registration.base import PageForm


@dataclass(frozen=True)
class Row:
    """One question, the answer in words, and where on its page it can be changed."""

    question: str
    answer: str | Promise
    anchor: str


def rows(form: PageForm) -> list[Row]:
    """Every question of a valid ``form``; an answer that was left open is an empty text."""
    in_order = (form[name] for name in form.fields)
    return [Row(str(field.label), _in_words(field), f"div_{field.auto_id}") for field in in_order]


def _choices(field: forms.ChoiceField) -> list[Any]:
    return list(field.widget.choices)


def _in_words(bound: BoundField) -> str | Promise:
    answer = bound.form.cleaned_data[bound.name]
    field = bound.field
    if isinstance(field, forms.BooleanField):
        return _("Yes") if answer else _("No")
    if isinstance(field, forms.ModelMultipleChoiceField):
        return ", ".join(str(each) for each in answer)
    if isinstance(field, forms.MultipleChoiceField):
        named = (str(label) for value, label in _choices(field) if value in answer)
        return capfirst(", ".join(named))
    if isinstance(field, forms.ChoiceField):
        return next((label for value, label in _choices(field) if value and value == answer), "")
    if isinstance(field, PhoneField):
        return show_phone(answer)
    if isinstance(answer, Municipality):
        return answer.name
    return "" if answer is None else str(answer)
