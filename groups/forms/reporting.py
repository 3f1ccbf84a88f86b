"""How many came to one meeting: the same form for an initiator and for staff."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from centres.models import Booking
from groups.domain.errors import TooManyCame
from groups.domain.meeting.meetings import most_who_came, past_meetings
from groups.models import SelfHelpGroup

NOT_HELD = "not_held"


class ReportForm(forms.Form):
    """Held, and so many came; or not held, by another button of the same form."""

    key = "report"
    use_required_attribute = False

    head_count = forms.IntegerField(
        label=_("How many came?"),
        error_messages={"required": _("Write how many came, or say that it was not held.")},
    )

    def __init__(self, *args: Any, group: SelfHelpGroup, meeting: Booking, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"meeting{meeting.pk}_%s"} | kwargs)
        self.meeting = meeting
        most = most_who_came(group)
        count = self.fields["head_count"]
        count.widget = forms.NumberInput(attrs={"min": 1, "max": most, "inputmode": "numeric"})
        count.initial = meeting.head_count
        count.error_messages["invalid"] = str(TooManyCame(most).message)
        self.most = most

    def clean_head_count(self) -> int:
        came: int = self.cleaned_data["head_count"]
        if not 1 <= came <= self.most:
            raise forms.ValidationError(str(TooManyCame(self.most).message))
        return came


def report_forms(
    group: SelfHelpGroup, *, now: datetime, filled_in: ReportForm | None = None
) -> Iterator[ReportForm]:
    """A form for each meeting that can be reported; ``filled_in`` has something to correct."""
    for meeting in past_meetings(group, now=now):
        if filled_in is not None and filled_in.meeting.pk == meeting.pk:
            yield filled_in
        else:
            yield ReportForm(group=group, meeting=meeting)
