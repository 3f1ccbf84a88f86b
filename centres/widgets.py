"""Controls that a plain list of boxes would make hard to use."""

from typing import Any

from django.forms import CheckboxSelectMultiple
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centres.week import PART_HOURS, PARTS, WEEKDAY_NAMES

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
