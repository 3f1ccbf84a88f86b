"""A group as somebody saw it: who acts on a page that is out of date is told so first."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from groups.domain.errors import GroupError
from groups.models import Seat, SelfHelpGroup
from linkcenter.admin import editing

# What the night and the group itself write down, and no act of staff depends on.
ON_THE_SIDE = ("still_asked_on", "still_used_on", "unnamed_members")

# What is told to the person, or chosen by them, and decides nothing about the place.
BESIDE_THE_SEAT = (
    *("message", "reminded_at", "known_until"),
    *("shared_name", "shared_at", "shares_phone"),
)


class ChangedMeanwhile(GroupError):
    """Somebody has changed the group since the page was made; ``changes`` says what, in words."""

    def __init__(self, changes: str) -> None:
        self.message = _(
            "Somebody has changed this group in the meantime: %(changes)s. Nothing of yours is done"
            " yet. Look at it again, and press once more if it is right."
        ) % {"changes": changes}
        super().__init__(self.message)


def sealed(group: SelfHelpGroup, seats: Iterable[Seat]) -> str:
    """What a page shows of the group, for its forms to carry. ``seats`` are all of its seats."""
    return editing.seal(editing.digests(group, _facts(group, seats)))


def refuse_if_changed(row: SelfHelpGroup, as_seen: str) -> None:
    """Raises ``ChangedMeanwhile``, unless the locked ``row`` is as a page showed it."""
    if not as_seen:
        return
    names = editing.changed_since(as_seen, row, _facts(row, row.seats.all()))
    if not names:
        return
    told = [_("the people in it, or what they have answered")] if "seats" in names else []
    if others := [name for name in names if name != "seats"]:
        told.append(editing.in_words(row, others))
    raise ChangedMeanwhile("; ".join(told))


def sealed_seat(seat: Seat) -> str:
    """What a page shows of one place, for the buttons beside it to carry."""
    return editing.row_seal(seat, BESIDE_THE_SEAT)


def refuse_if_answered(row: Seat, as_seen: str) -> None:
    """Raises ``ChangedMeanwhile``, unless the locked ``row`` is as a page showed it."""
    names = editing.changed_since(as_seen, row, editing.columns(row, BESIDE_THE_SEAT))
    if names:
        raise ChangedMeanwhile(f"{row.registration}: {row.get_state_display()}")


def _facts(group: SelfHelpGroup, seats: Iterable[Seat]) -> dict[str, Any]:
    live = [f"{seat.pk} {seat.state}" for seat in seats if seat.is_live]
    return editing.columns(group, ON_THE_SIDE) | {"seats": live}
