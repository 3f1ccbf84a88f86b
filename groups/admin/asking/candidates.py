"""Who could be added to a group, and who could help it: those whom its time suits come first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import ngettext

from groups.match_input import waiting_without_seat
from groups.models import SelfHelpGroup
from participants.admin.registration.page import days_waited


@dataclass(frozen=True)
class Candidate:
    """Somebody to choose, and whether the group's time suits them."""

    pk: int
    words: str
    fits: bool
    person: int | None = None  # the key of who looks for a group, where the words name them


def fitting_first(listed: Iterable[Candidate], *, fit: Any, others: Any) -> list[Any]:
    """The choices of a field: none, those who fit, and the others, under a heading each."""
    every = list(listed)
    under = [
        (fit, [(one.pk, one.words) for one in every if one.fits]),
        (others, [(one.pk, one.words) for one in every if not one.fits]),
    ]
    return [("", ""), *((heading, choices) for heading, choices in under if choices)]


def candidates_for(group: SelfHelpGroup) -> Iterator[Candidate]:
    """Everybody at the centre who waits without a place, the longest wait first."""
    slot = group.planned_slot
    when = slot.week_slot if slot else ""
    for registration in waiting_without_seat(group.centre, today=timezone.localdate()):
        person = registration.participant
        days = days_waited(registration) or 0
        wait = ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
        yield Candidate(
            pk=registration.pk,
            words=f"{person.reference} {person.first_name}, {wait}",
            fits=when in registration.availability,
            person=registration.participant_id,
        )
