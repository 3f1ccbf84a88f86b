"""Form fields in the words of the centres."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import CheckboxSelectMultiple, MultipleChoiceField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centres.domain.pages.search import search
from centres.models import Municipality
from centres.names import folded
from centres.week import PART_HOURS, PARTS, WEEK_SLOTS, WEEKDAY_NAMES, label
from linkcenter.forms.base import OneLineField

MOST_NEAR = 4  # names that an error can mention
_PART_NAMES = {"morning": _("Morning"), "afternoon": _("Afternoon"), "evening": _("Evening")}


def week_columns() -> list[tuple[Promise, str]]:
    """The heads of a week table: each part's name and its hours, such as "16–21"."""
    return [
        (_PART_NAMES[part], f"{PART_HOURS[part][0].hour}–{PART_HOURS[part][1].hour}")
        for part in PARTS
    ]


class WeekGrid(CheckboxSelectMultiple):
    """The week as a table of boxes to tick: a row a day, a column a part of the day.

    Each box has its whole name ("Tuesday evening"), so the table helps the eye and nobody needs it.
    """

    template_name = "centres/widgets/week_grid.html"
    lays_out_itself = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        boxes = [box for _group, boxes, _index in context["widget"]["optgroups"] for box in boxes]
        width = len(PARTS)
        context["invalid"] = bool(context["widget"]["attrs"].get("aria-invalid"))
        context["parts"] = week_columns()
        context["days"] = [
            (day, boxes[row * width : (row + 1) * width]) for row, day in enumerate(WEEKDAY_NAMES)
        ]
        return context


class WeekAvailabilityField(MultipleChoiceField):
    """When in the week somebody can: parts of the week such as "tue-evening", in calendar order."""

    widget = WeekGrid
    default_error_messages = {
        "required": _("Tick at least one time when you can."),
        "invalid_choice": _("Tick only times that are in the table."),
        "invalid_list": _("Tick only times that are in the table."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=[(slot, label(slot)) for slot in WEEK_SLOTS], **kwargs)

    def clean(self, value: Any) -> list[str]:
        ticked = set(super().clean(value))
        return [slot for slot in WEEK_SLOTS if slot in ticked]


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
        wanted = folded(typed)
        found = [each for each in Municipality.objects.all() if wanted in _names(each)]
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
