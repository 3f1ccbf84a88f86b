"""Somebody says that one thing more would do as well."""

from datetime import datetime

from django.db import transaction

from linkcenter.models import User
from linkcenter.timeline import record
from participants.domain.registration import in_calendar_order, locked
from participants.models import Registration
from participants.states import GroupKind, MeetingFormat, PersonActivity


def is_fine_with(registration: Registration, what: str, value: str) -> bool:
    """Whether the person has said so already.

    ``what`` is "slot", "kind", "format", "theme" or "age"; of the last two the value is "any".
    """
    if what == "slot":
        return value in registration.availability
    if what == "kind":
        return registration.kind in (value, GroupKind.EITHER)
    if what == "format":
        return registration.format in (value, MeetingFormat.EITHER)
    return registration.any_theme if what == "theme" else not registration.age_near_mine


@transaction.atomic
def also_fine(
    registration: Registration,
    what: str,
    value: str,
    *,
    actor: User | None = None,
    now: datetime | None = None,
) -> bool:
    """This would do for the person as well, beside what they have said. False if they had said it.

    The date of the interest stays. Raises ``AlreadyClosed``.
    """
    row = locked(registration)
    if is_fine_with(row, what, value):
        return False
    column, wanted = _column(row, what, value)
    setattr(row, column, wanted)
    row.save(update_fields=[column])
    record(row, PersonActivity.INTEREST_CHANGED, actor=actor, fields=[column], now=now)
    return True


def _column(registration: Registration, what: str, value: str) -> tuple[str, object]:
    if what == "slot":
        return "availability", in_calendar_order([*registration.availability, value])
    return {
        "kind": ("kind", GroupKind.EITHER),
        "format": ("format", MeetingFormat.EITHER),
        "theme": ("any_theme", True),
        "age": ("age_near_mine", False),
    }[what]
