"""Whether what was proposed is still so: the people, the room or licence, and the initiator."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centres.domain.booking.free_times import still_free
from centres.models import Centre
from groups import matching
from groups.domain.forming.match_runs import centres_of_run
from groups.match_input import (
    AGE_BANDS,
    MEETING_MINUTES,
    as_participant,
    can_be_placed,
    first_date_for,
    initiator_pk,
    venue_pk,
)
from groups.matching.rules import mismatches
from groups.models import Initiator, MatchRun, Seat
from participants.models import Participant, Registration
from participants.states import OPEN


class Reason:
    """Why a proposal is no longer true, in words for staff."""

    GONE = _("has withdrawn, or the registration is closed")
    PAUSED = _("has paused")
    PLACED = _("has a place in a group, or is asked about one")
    CHANGED = _("has changed what they would like")
    VENUE = _("The room or licence is no longer free at that time.")
    INITIATOR = _("The initiator is no longer free at that time, or has groups enough.")


@dataclass(frozen=True)
class Obstacle:
    """One thing that is no longer so; ``reference`` says of whom, where it is about a person."""

    words: str | Promise
    reference: str = ""


def obstacles(
    run: MatchRun, groups: Mapping[int, matching.Group], *, today: date
) -> dict[int, list[Obstacle]]:
    """For each of the run's proposals, by their numbers, what is no longer true of it.

    As many queries for one as for all of them.
    """
    centres = centres_of_run(run)
    world = _World(centres, list(groups.values()), today=today)
    return {number: list(world.obstacles(group)) for number, group in groups.items()}


class _World:
    """What holds today of everything that some proposals name."""

    def __init__(
        self, centres: Sequence[Centre], groups: Sequence[matching.Group], *, today: date
    ) -> None:
        references = {member for group in groups for member in group.members}
        ids = [Participant.pk_of(reference) for reference in references]
        placeable = can_be_placed(centres, today=today).filter(participant__in=ids)
        self.people = {
            row.participant.reference: as_participant(row, centres, today=today)
            for row in placeable
        }
        still_open = Registration.objects.filter(OPEN, participant__in=ids)
        rows = list(still_open.select_related("participant"))
        self.open = {row.participant.reference for row in rows}
        self.paused = {row.participant.reference for row in rows if row.is_paused(today)}
        seats = Seat.objects.live().filter(registration__in=rows)
        self.placed = {
            seat.registration.participant.reference
            for seat in seats.select_related("registration__participant")
        }
        self.free = still_free(
            {(venue_pk(group.venue), group.key.slot) for group in groups},
            first_date=max(first_date_for(centre, today=today) for centre in centres),
            minutes=MEETING_MINUTES,
        )
        named = {initiator_pk(group.initiator) for group in groups}
        self.initiators = {
            initiator.pk: initiator.availability
            for initiator in Initiator.objects.available().filter(pk__in=named)
        }
        self.problem = matching.Problem(today, matching.Rules(), (), age_bands=AGE_BANDS)

    def obstacles(self, group: matching.Group) -> Iterator[Obstacle]:
        for reference in group.members:
            person = self.people.get(reference)
            if reference not in self.open:
                yield Obstacle(Reason.GONE, reference)
            elif reference in self.paused:
                yield Obstacle(Reason.PAUSED, reference)
            elif reference in self.placed:
                yield Obstacle(Reason.PLACED, reference)
            elif person is None or mismatches(person, group.key, self.problem):
                yield Obstacle(Reason.CHANGED, reference)
        if (venue_pk(group.venue), group.key.slot) not in self.free:
            yield Obstacle(Reason.VENUE)
        if group.key.slot not in self.initiators.get(initiator_pk(group.initiator), []):
            yield Obstacle(Reason.INITIATOR)
