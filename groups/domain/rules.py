"""The centre's rules on who makes a group, which staff may break on purpose, with a reason."""

from collections.abc import Collection, Iterable

from centres.models import Centre
from groups.domain.errors import GroupFull, RulesBroken
from groups.models import Seat, SelfHelpGroup
from groups.states import BrokenBecause, BrokenRule
from participants.models import Participant, Registration

FEWEST = 2
MOST = 12


def room_for(group: SelfHelpGroup) -> int:
    """How many can be in the group at all, whatever the centre's own rule is."""
    return min(MOST, group.slot.venue.capacity) if group.slot else MOST


def age_span(people: Iterable[Participant]) -> int:
    """Years between the youngest and the oldest whose age is known; 0 of fewer than two."""
    years = [person.birth_year for person in people if person.birth_year is not None]
    return max(years, default=0) - min(years, default=0)


def broken_by_settling(group: SelfHelpGroup, seats: Collection[Seat]) -> list[BrokenRule]:
    """The rules of its centre that the group breaks if it is settled with these seats."""
    centre = group.centre
    broken = []
    if len(seats) < max(centre.min_to_start, group.min_size):
        broken.append(BrokenRule.FEWER)
    if len(seats) > centre.max_size:
        broken.append(BrokenRule.MORE)
    if age_span(seat.registration.participant for seat in seats) > centre.age_span:
        broken.append(BrokenRule.AGE_SPAN)
    return broken


def broken_by_adding(
    group: SelfHelpGroup, person: Participant, seats: Collection[Seat]
) -> list[BrokenRule]:
    """The rules that the group breaks by one more beside these seats, and not without them."""
    centre = group.centre
    before = [seat.registration.participant for seat in seats]
    broken = []
    if len(seats) >= centre.max_size:
        broken.append(BrokenRule.MORE)
    if age_span([*before, person]) > max(centre.age_span, age_span(before)):
        broken.append(BrokenRule.AGE_SPAN)
    return broken


def broken_by_forming(
    centre: Centre, people: Collection[Participant], *, against_wishes: bool
) -> list[BrokenRule]:
    """The rules that a new group of these people breaks. Too few is none: others are to come."""
    broken = []
    if len(people) > centre.max_size:
        broken.append(BrokenRule.MORE)
    if age_span(people) > centre.age_span:
        broken.append(BrokenRule.AGE_SPAN)
    if against_wishes:
        broken.append(BrokenRule.WISHES)
    return broken


def need_approval(
    broken: Collection[BrokenRule], *, approved: Collection[str], because: str
) -> None:
    """Raises ``RulesBroken`` unless each of the broken rules is approved, and a reason given."""
    if broken and (set(broken) - set(approved) or because not in BrokenBecause.values):
        raise RulesBroken(broken)


def allow_one_more(
    group: SelfHelpGroup, registration: Registration, *, approved: Collection[str], because: str
) -> None:
    """The group being formed has room for one more, though it breaks a rule by that, on purpose.

    The caller has locked the group. Raises ``RulesBroken``, or ``GroupFull`` where nobody else can
    sit.
    """
    seats = group.seats.live().select_related("registration__participant")
    if len(seats) >= room_for(group):
        raise GroupFull
    broken = broken_by_adding(group, registration.participant, seats)
    need_approval(broken, approved=approved, because=because)
    if not broken:
        return
    if BrokenRule.MORE in broken:
        group.max_size = max(group.max_size, len(seats) + 1)
    columns = keep_approval(group, {*group.broken_rules, *broken}, because=because)
    group.save(update_fields=["max_size", *columns])


def keep_approval(group: SelfHelpGroup, broken: Collection[str], *, because: str) -> list[str]:
    """The group says what was broken on purpose, and why; returns the columns to save.

    A wish that somebody went against when they were chosen stays on record.
    """
    kept = {*broken, *({BrokenRule.WISHES.value} & set(group.broken_rules))}
    group.broken_rules = [str(rule) for rule in BrokenRule if rule in kept]
    group.broken_because = (because or group.broken_because) if kept else ""
    return ["broken_rules", "broken_because"]
