"""Fields of the interest form: each says in one sentence what to do when it cannot be read."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centres.domain.search import search
from centres.models import Municipality
from centres.names import folded
from linkcenter.forms import CleanTextField

MOST_NEAR = 4  # names that an error can mention

Choices = type[TextChoices] | Iterable[tuple[str, Any]]


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


class OneLineField(CleanTextField):
    """Text of one line: line breaks and rows of spaces become one space."""

    def to_python(self, value: Any) -> str:
        return " ".join(super().to_python(value).split())


class BirthYearField(forms.IntegerField):
    """A year in four digits, or nothing."""

    default_error_messages = {
        "invalid": _("Write the year you were born with four digits, such as 1975.")
    }
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "bday-year", "size": 6})


class MunicipalityField(OneLineField):
    """A municipality by its name, however it is written, or by its number."""

    default_error_messages = {
        "unknown": _(
            "We do not know this one. Write the name of your municipality, such as Tromsø."
        ),
        "near": _("We do not know this one. Do you mean %(names)s? Then write that."),
        "several": _("There is more than one with this name. Write the county too: %(names)s."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=80, **kwargs)

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        found = [each for each in Municipality.objects.all() if folded(typed) in _names(each)]
        if len(found) == 1:
            return found[0]
        if found:
            raise self._refusal("several", [f"{each.name} ({each.county})" for each in found])
        answer = search(typed)
        near = list(dict.fromkeys(each.name for each in answer.municipalities or answer.close))
        if 1 <= len(near) <= MOST_NEAR:
            raise self._refusal("near", near)
        raise self._refusal("unknown")

    def _refusal(self, code: str, names: Iterable[str] = ()) -> ValidationError:
        params = {"names": _(" or ").join(names)}
        return ValidationError(self.error_messages[code], code=code, params=params)


def _names(municipality: Municipality) -> set[str]:
    """All that people may write for it."""
    name, county = municipality.name, municipality.county
    return {municipality.number} | {
        folded(written)
        for written in (
            name,
            *municipality.other_names,
            " ".join([name, *municipality.other_names]),
            f"{name} kommune",
            f"{name} {county}",
            f"{name} i {county}",
        )
    }
