"""Form fields in the words of the centres."""

from typing import Any

from django.forms import MultipleChoiceField
from django.utils.translation import gettext_lazy as _

from centres.week import WEEK_SLOTS, label
from centres.widgets import WeekGrid


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
