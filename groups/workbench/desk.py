"""One centre's bench as it stands: who is in the group, who else waits, and who fits."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import islice

from django.db.models import Prefetch, Q, prefetch_related_objects

from centres.models import Centre
from centres.week import WEEK_SLOTS
from groups import matching
from groups.domain.forming.by_hand import misses
from groups.domain.rules import broken_by_adding, broken_by_forming
from groups.match_input import AGE_BANDS, as_participant, can_be_placed, group_key
from groups.models import Question, Seat, SelfHelpGroup
from groups.proposals.missing import Askable, asked_before, code_of
from groups.states import BrokenRule
from groups.workbench.draft import Draft
from groups.workbench.shape import best_shape, key_of
from groups.workbench.week import Week
from participants.models import KeepApart, Registration, Theme

MOST_ASKED = 3  # the same question
MOST_LOOKED_AT = 12  # of those who could be asked: some have a question already
# What the page does not show of those who wait: not read, since it is encrypted.
NOT_SHOWN = (
    "message",
    "practical_needs",
    "participant__phone",
    "participant__email",
    "participant__postal_address",
    "participant__safe_times",
)


@dataclass(frozen=True)
class Person:
    """Somebody on the bench, as they stand to the group.

    ``misses`` are the fields of the group's key that they have wished otherwise, ``years`` those
    between the youngest and the oldest where this person makes them too many for the centre.
    Somebody of another centre is lent: staff see the reference alone.
    """

    registration: Registration
    wishes: matching.Participant
    misses: tuple[str, ...]
    is_apart: bool  # from somebody in the group
    years: int
    shared: int = 0  # times at which everybody in a draft can, and this person too
    seat: Seat | None = None

    @property
    def is_lent(self) -> bool:
        return not self.wishes.centres

    @property
    def is_out_of_reach(self) -> bool:
        """Of another centre, and the group does not meet on video."""
        return self.is_lent and "centre" in self.misses

    @property
    def cannot(self) -> bool:
        """Never in this group, whatever staff say."""
        return self.is_apart or self.is_out_of_reach

    @property
    def fits(self) -> bool:
        return not (self.misses or self.cannot or self.years)


class Bench:
    """A draft or a group that is there, and everybody else who waits.

    As many queries for 300 who wait as for three. ``gone`` is how many of the draft have a place or
    do not wait any more.
    """

    def __init__(
        self,
        centre: Centre,
        *,
        draft: Draft | None = None,
        group: SelfHelpGroup | None = None,
        today: date,
    ) -> None:
        self.centre, self.group, self.today = centre, group, today
        rows = can_be_placed([centre], today=today).defer(*NOT_SHOWN)
        self.waiting = {row.pk: row for row in rows}
        self.themes = {theme.slug: str(theme) for theme in Theme.objects.filter(active=True)}
        self.seats = self._seats()
        draft = draft or Draft(centre.pk)
        left = tuple(pk for pk in draft.members if pk in self.waiting)
        self.gone = len(draft.members) - len(left)
        self.draft = replace(draft, members=left)
        self.in_it = [seat.registration for seat in self.seats] or [self.waiting[pk] for pk in left]
        self.wishes = {
            row.pk: as_participant(row, [centre], today=today)
            for row in [*self.waiting.values(), *self.in_it]
        }
        self._apart = self._pairs()
        self.key, self.week = self._key()

    def _seats(self) -> list[Seat]:
        if self.group is None:
            return []
        live = self.group.seats.live().select_related("registration__participant__centre")
        return list(live.prefetch_related("registration__themes").order_by("pk"))

    def _pairs(self) -> set[frozenset[int]]:
        """Who must be kept apart from whom, among those on the bench."""
        people = {row.participant_id for row in [*self.waiting.values(), *self.in_it]}
        pairs = KeepApart.objects.filter(Q(first__in=people) | Q(second__in=people))
        return {frozenset(pair) for pair in pairs.values_list("first", "second")}

    def _key(self) -> tuple[matching.GroupKey, Week]:
        """What the group is; the best time of the week, where none is chosen."""
        if self.group is not None:
            key = group_key(self.group, self.in_it, today=self.today)
        else:
            shape = best_shape(self.draft.shape, self.people, self.themes)
            key = key_of(shape, self.people, centre=self.centre.slug)
        week = Week(
            self.centre,
            self.people,
            format=key.format,
            language=key.language,
            today=self.today,
        )
        best = week.best()
        if self.group is None and not key.slot and best:
            key = replace(key, slot=best[0].slot)
        return key, week

    # The people

    @property
    def people(self) -> list[matching.Participant]:
        """Those in the group, as the matcher knows them."""
        return [self.wishes[row.pk] for row in self.in_it]

    @cached_property
    def common(self) -> set[str]:
        """The times at which everybody in the group can."""
        times = [set(person.slots) for person in self.people]
        return set.intersection(*times) if times else set(WEEK_SLOTS)

    @cached_property
    def members(self) -> list[Person]:
        seats = {seat.registration_id: seat for seat in self.seats}
        return [
            replace(self._person(row), seat=seats.get(row.pk), years=0, shared=0)
            for row in self.in_it
        ]

    @cached_property
    def others(self) -> list[Person]:
        """Everybody else who waits: who fits comes first, and among equals the longest wait.

        With nobody in the group there is nothing to fit: then by the wait alone. Whom another
        centre lends is seen only where the group meets on video.
        """
        inside = {row.pk for row in self.in_it}
        people = (self._person(row) for pk, row in self.waiting.items() if pk not in inside)
        found = [one for one in people if not one.is_out_of_reach]
        if self.in_it or self.group or self.draft.shape.is_chosen:
            found.sort(key=_distance)
        return found

    def _person(self, row: Registration) -> Person:
        person = self.wishes[row.pk]
        return Person(
            registration=row,
            wishes=person,
            misses=misses(person, self.key),
            is_apart=self.is_apart(row, self.in_it),
            years=self._years_with(person),
            shared=len(self.common & set(person.slots)) if self.draft.members else 0,
        )

    def is_apart(self, row: Registration, others: list[Registration]) -> bool:
        mine = row.participant_id
        return any(frozenset((mine, other.participant_id)) in self._apart for other in others)

    def _years_with(self, person: matching.Participant) -> int:
        after = span([*self.people, person])
        return after if after > max(self.centre.age_span, self.span) else 0

    @cached_property
    def span(self) -> int:
        """Years between the youngest and the oldest in the group, as far as we know."""
        return span(self.people)

    def find(self, pk: int) -> Person | None:
        """The one among those who wait whose registration has this key."""
        return next((one for one in self.others if one.registration.pk == pk), None)

    # The rules

    @property
    def broken(self) -> list[BrokenRule]:
        """The rules that the draft breaks as it is."""
        return broken_by_forming(
            self.centre,
            [row.participant for row in self.in_it],
            against_wishes=any(person.misses for person in self.members),
        )

    def broken_by(self, person: Person) -> list[BrokenRule]:
        """The rules that the group which is there breaks by one more."""
        if self.group is None:
            return []
        broken = []
        if self.group.is_forming:
            broken = broken_by_adding(self.group, person.registration.participant, self.seats)
        return [*broken, *([BrokenRule.WISHES] if person.misses else [])]

    @property
    def places_left(self) -> int:
        most = self.group.places if self.group else self.centre.max_size
        return max(0, most - len(self.in_it))

    def askable(self) -> list[Askable]:
        """Who would fit by one yes and can be asked for it, the longest wait first."""
        found = list(islice(self._nearly(), MOST_LOOKED_AT))
        asked = Prefetch("questions", Question.objects.order_by("-asked_at", "-pk"))
        prefetch_related_objects([row for row, _about in found], asked)
        askable = (Askable(row, about, asked_before(row, about)) for row, about in found)
        return [one for one in askable if one.can_be_asked][:MOST_ASKED]

    def _nearly(self) -> Iterator[tuple[Registration, str]]:
        problem = matching.Problem(self.today, matching.Rules(), (), age_bands=AGE_BANDS)
        for person in sorted(self.others, key=lambda one: one.registration.registered_at):
            if person.cannot or person.is_lent or person.years:
                continue
            question = matching.question_for(person.wishes, self.key, problem)
            about = code_of(question) if question else None
            if about is not None:
                yield person.registration, about


def span(people: list[matching.Participant]) -> int:
    ages = [person.age for person in people if person.age is not None]
    return max(ages, default=0) - min(ages, default=0)


def _distance(person: Person) -> tuple[bool, int, bool, int]:
    """How far from the group; Python's sort keeps the order by the wait among equals."""
    return (person.cannot, len(person.misses), bool(person.years), -min(person.shared, 3))
