"""Which group suits one person: those that are there, the best first, and why or why not."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q

from groups import matching
from groups.domain.forming.by_hand import misses
from groups.domain.running.newcomers import may_be_offered
from groups.match_input import as_participant, group_key
from groups.models import Seat, SelfHelpGroup
from groups.states import MEETS, GroupState
from groups.workbench.desk import Person, span
from participants.models import KeepApart, Registration


@dataclass(frozen=True)
class GroupFor:
    """A group with room, and how the person stands to it. ``size``: those who are in it."""

    group: SelfHelpGroup
    key: matching.GroupKey
    person: Person
    size: int
    has_been: bool  # in it before


def groups_for_person(registration: Registration, *, today: date) -> list[GroupFor]:
    """The groups of the person's centre that are being formed, or meet and may be offered somebody.

    Those that suit come first, then those that miss least. A constant number of queries.
    """
    centre = registration.participant.centre
    seats = (
        Seat.objects.live()
        .select_related("registration__participant__centre")
        .prefetch_related("registration__themes")
    )
    groups = (
        SelfHelpGroup.objects.filter(Q(state=GroupState.FORMING) | MEETS, centre=centre)
        .select_related("centre", "slot__venue", "theme", "match_run")
        .select_related("previous_group__slot__venue")
        .prefetch_related(Prefetch("seats", seats), "initiators")
        .order_by("first_date", "pk")
    )
    before = set(registration.seats.values_list("group", flat=True))
    apart = _kept_apart_from(registration)
    wishes = as_participant(registration, [centre], today=today)
    found = []
    for group in groups:
        members = [seat.registration for seat in group.seats.all()]
        has_room = len(members) < group.places and group.planned_slot is not None
        if not has_room or not (group.is_forming or may_be_offered(group, today=today)):
            continue
        inside = [as_participant(row, [centre], today=today) for row in members]
        years = span([*inside, wishes])
        key = group_key(group, members, today=today)
        person = Person(
            registration=registration,
            wishes=wishes,
            misses=misses(wishes, key),
            is_apart=any(row.participant_id in apart for row in members),
            years=years if years > max(centre.age_span, span(inside)) else 0,
        )
        found.append(GroupFor(group, key, person, len(members), group.pk in before))
    found.sort(key=lambda one: (one.person.cannot, len(one.person.misses), one.person.years))
    return found


def _kept_apart_from(registration: Registration) -> set[int]:
    mine = registration.participant_id
    pairs = KeepApart.objects.filter(Q(first=mine) | Q(second=mine))
    return {key for pair in pairs.values_list("first", "second") for key in pair} - {mine}
