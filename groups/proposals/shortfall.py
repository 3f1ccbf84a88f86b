"""Who could join a group that is short of people, with reasons in words; staff ask each of them.

What fits is the matcher's to say: this asks it about one group, and puts the answer in words.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups import matching
from groups.domain.rules import age_span, broken_by_adding
from groups.match_input import build_problem, can_be_placed
from groups.matching.index import Index, bits
from groups.models import Seat, SelfHelpGroup
from groups.proposals.missing import Askable, asked_before, code_of
from groups.states import BrokenRule, SeatEndReason
from participants.models import Participant, Registration

MOST_FITS = 8
MOST_ASKABLE = 6
SAID_NO = (SeatEndReason.NO, SeatEndReason.OTHER_TIME)  # to this very group


@dataclass(frozen=True)
class Fit:
    """Somebody who waits and fits, why, and what speaks against it.

    ``is_lent``: of another centre, of whom staff see the reference alone.
    """

    registration: Registration
    is_lent: bool
    reasons: tuple[str, ...]
    warning: str


@dataclass(frozen=True)
class Shortfall:
    """The next best fits for a group, and who would fit if they said yes to one question."""

    fits: tuple[Fit, ...]
    more: int  # who fit as well and are not listed
    askable: tuple[Askable, ...]
    is_unclear: bool = False  # the matcher cannot say who suits those who are in it

    @property
    def people(self) -> list[Registration]:
        """Everybody whom it names."""
        return [
            *(fit.registration for fit in self.fits),
            *(one.registration for one in self.askable),
        ]


def shortfall_of(
    group: SelfHelpGroup, every_seat: Collection[Seat], *, today: date
) -> Shortfall | None:
    """Who could join the group; None if it has no place to give.

    ``every_seat``: all that it has had, the oldest first.
    """
    seats = [seat for seat in every_seat if seat.is_live]
    if len(seats) >= group.max_size or group.slot is None:
        return None
    problem = build_problem([group.centre], today=today)
    room = next((one for one in problem.open_groups if one.id == f"g{group.pk}"), None)
    if room is None:
        return Shortfall((), 0, (), is_unclear=True)
    index = Index(problem, matching.Objective())
    before = {
        seat.registration.participant.reference: SeatEndReason(seat.end_reason)
        for seat in every_seat
        if not seat.is_live
    }
    refused = {who for who, why in before.items() if why in SAID_NO}
    fitting = [index.people[i] for i in bits(index.welcome(room))]
    fitting = [person for person in fitting if person.id not in refused]
    nearly = list(_nearly(index, room, {*refused, *(person.id for person in fitting)}))
    rows = _registrations(group, [*fitting, *(person for person, _question in nearly)], today)
    found = [
        _fit(group, seats, person, rows[person.id], room.key, before.get(person.id), today=today)
        for person in fitting
        if person.id in rows
    ]
    found.sort(key=lambda fit: (bool(fit.warning), fit.registration.registered_at))
    return Shortfall(
        fits=tuple(found[:MOST_FITS]),
        more=max(0, len(found) - MOST_FITS),
        askable=tuple(_askable(nearly, rows))[:MOST_ASKABLE],
    )


def _nearly(
    index: Index, room: matching.OpenGroup, fitting: Collection[str]
) -> Iterator[tuple[matching.Participant, matching.Question]]:
    """Who misses the group by one thing that they can be asked about, the longest wait first."""
    for number, person in sorted(enumerate(index.people), key=lambda one: one[1].waiting_since):
        if person.id in fitting or not person.centres or not set(person.needs) <= {*room.features}:
            continue
        if index.is_apart_from_any(number, room.members):
            continue
        question = matching.question_for(person, room.key, index.problem)
        if question is not None and code_of(question) is not None:
            yield person, question


def _registrations(
    group: SelfHelpGroup, people: Collection[matching.Participant], today: date
) -> dict[str, Registration]:
    ids = [Participant.pk_of(person.id) for person in people]
    rows = can_be_placed([group.centre], today=today).filter(participant__in=ids)
    return {row.participant.reference: row for row in rows.prefetch_related("questions")}


def _askable(
    nearly: Collection[tuple[matching.Participant, matching.Question]],
    rows: dict[str, Registration],
) -> Iterator[Askable]:
    for person, question in nearly:
        about, registration = code_of(question), rows.get(person.id)
        if about is not None and registration is not None:
            yield Askable(registration, about, asked_before(registration, about))


def _fit(
    group: SelfHelpGroup,
    seats: Collection[Seat],
    person: matching.Participant,
    registration: Registration,
    key: matching.GroupKey,
    before: SeatEndReason | None,
    *,
    today: date,
) -> Fit:
    is_lent = registration.participant.centre_id != group.centre_id
    others = [seat.registration.participant for seat in seats]
    breaks = BrokenRule.AGE_SPAN in broken_by_adding(group, registration.participant, seats)
    years = age_span([*others, registration.participant])
    warnings = [_("was in this group before: %(why)s") % {"why": before.label}] if before else []
    if breaks:
        words = _("%(years)s years between the youngest and the oldest, with this person")
        warnings.append(words % {"years": years})
    return Fit(
        registration=registration,
        is_lent=is_lent,
        reasons=tuple(str(reason) for reason in _reasons(person, key, is_lent, today)),
        warning=", ".join(warnings),
    )


def _reasons(
    person: matching.Participant, key: matching.GroupKey, is_lent: bool, today: date
) -> Iterator[str | Promise]:
    days = max(0, (today - person.waiting_since).days)
    yield ngettext("waits since %(n)s day", "waits since %(n)s days", days) % {"n": days}
    if key.topic is None:
        yield _("is fine with a mixed group")
    elif person.topics[:1] == (key.topic,):
        yield _("has the theme as the first choice")
    else:
        yield _("chose the theme")
    if person.age is not None:
        yield _("%(age)s years old") % {"age": person.age}
    if is_lent:
        yield _("from another centre, and may be offered a group on video")
