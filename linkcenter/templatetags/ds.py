"""What the form pack and the page frame ask of Python."""

from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField, CheckboxInput, Field, Textarea
from django.template.context import Context
from django.urls import translate_url
from django.utils.translation import get_language

register = template.Library()

# Each in its own words, whatever language the page is in.
_OWN_NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}


@register.filter
def control(field: BoundField) -> str:
    """The field's control in Designsystemet's dress, with what the field itself says kept."""
    attrs: dict[str, str | bool] = {
        "class": f"{field.field.widget.attrs.get('class', '')} ds-input".strip()
    }
    if isinstance(field.field.widget, Textarea):
        attrs["cols"] = False  # as wide as its column; Django's 40 letters break out of a telephone
    return field.as_widget(attrs=attrs)


@register.filter
def is_tick(field: BoundField) -> bool:
    """Whether the field is one box to tick, whose label stands after it."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def lays_out_itself(field: BoundField) -> bool:
    """Whether the widget draws its own controls and labels inside the fieldset."""
    return getattr(field.field.widget, "lays_out_itself", False)


@register.filter
def first_control_id(field: BoundField) -> str:
    """The element that a link in the error summary moves focus to."""
    if field.field.widget.use_fieldset and field.subwidgets:
        return field.subwidgets[0].id_for_label
    return field.id_for_label


@register.filter
def errors_once(form: BaseForm) -> list[tuple[str, str]]:
    """Each sentence of the error summary, with the control it leads to, if it is about one.

    One error that two fields were given stands at both, and here once. A sentence that fits any
    field says which one here: at the field that is seen.
    """
    told = [(error, "", "") for error in form.non_field_errors().as_data()]
    for field in [*form.visible_fields(), *form.hidden_fields()]:
        control = "" if field.is_hidden else first_control_id(field)
        told += [(error, control, str(field.label)) for error in field.errors.as_data()]
    once = {id(error): (error, control, label) for error, control, label in reversed(told)}
    fits_any = str(Field.default_error_messages["required"])
    return [
        (f"{label}: {text}" if text == fits_any and label else text, control)
        for error, control, label in reversed(once.values())
        for text in error.messages
    ]


@register.inclusion_tag("_language_switch.html", takes_context=True)
def language_switch(context: Context) -> dict[str, Any]:
    """This page in each language, or the front page where this one has no other language."""
    here = context["request"].get_full_path() if "request" in context else ""
    return {
        "languages": [
            (code, name, code == get_language(), _address_in(code, here))
            for code, name in _OWN_NAMES.items()
        ]
    }


def _address_in(language: str, here: str) -> str:
    address = translate_url(here, language)
    if address != here:
        return address
    return "/" if language == settings.LANGUAGE_CODE else f"/{language}/"
