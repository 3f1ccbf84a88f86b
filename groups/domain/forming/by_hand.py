"""A group that staff put together themselves, of people they have chosen one by one."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from centres.models import Centre, Venue
from groups import matching
from groups.domain.errors import (
    InitiatorBusy,
    LentByVideoOnly,
    NobodyChosen,
    PlaceTaken,
    ProposalOutdated,
    RoomLacks,
    RoomTooSmall,
    SomebodyGone,
    WrongPlace,
)
from groups.domain.forming.members import add_person
from groups.domain.forming.new_groups import hold_venue, new_group
from groups.domain.initiators.helping import add_initiator
from groups.domain.meeting.moving import places_for
from groups.domain.rules import FEWEST, broken_by_forming, keep_approval, need_approval
from groups.domain.seats import lock, lock_registrations, take_seat
from groups.match_input import (
    AGE_BANDS,
    as_participant,
    can_be_placed,
    features_of,
    first_date_for,
    group_key,
)
from groups.matching.rules import mismatches
from groups.models import Initiator, Seat, SelfHelpGroup
from groups.states import BrokenRule, GroupActivity
from linkcenter.models import User
from linkcenter.timeline import record
from participants.models import Registration


@transaction.atomic
def form_by_hand(
    centre: Centre,
    *,
    registrations: Collection[int],
    key: matching.GroupKey,
    venue: Venue,
    initiator: Initiator | None = None,
    from_date: date | None = None,
    broken_rules: Collection[str] = (),
    broken_because: str = "",
    actor: User | None,
    now: datetime | None = None,
) -> SelfHelpGroup:
    """These people are a forming group: seats, venue, time and initiator held. Nobody is told yet.

    It is what ``key`` says, meets in its part of the week and not before ``from_date``. Rules are
    broken on purpose only: they are named, with the reason. Raises ``NobodyChosen``,
    ``SomebodyGone``, ``LentByVideoOnly``, ``RulesBroken``, ``WrongPlace``, ``RoomTooSmall``,
    ``RoomLacks``, ``PlaceTaken``, ``InitiatorBusy``, the booking's ``VenueTaken``, or what
    ``take_seat`` raises.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    if len(set(registrations)) < FEWEST:
        raise NobodyChosen
    lock_registrations(registrations)
    centre = Centre.objects.select_for_update().get(pk=centre.pk)
    rows = list(can_be_placed([centre], today=today).filter(pk__in=registrations))
    if len(rows) < len(set(registrations)):
        raise SomebodyGone
    people = [as_participant(row, [centre], today=today) for row in rows]
    if key.centre is not None and not all(person.centres for person in people):
        raise LentByVideoOnly
    broken = broken_by_forming(
        centre,
        [row.participant for row in rows],
        against_wishes=any(misses(person, key) for person in people),
    )
    need_approval(broken, approved=broken_rules, because=broken_because)
    group = new_group(centre, key, created_at=now)
    columns = keep_approval(group, broken, because=broken_because)
    group.max_size = max(group.max_size, len(rows))
    group.save(update_fields=["max_size", *columns])
    _check_place(group, venue, people)
    earliest = max(from_date or today, first_date_for(centre, today=today))
    try:
        hold_venue(group, venue, key.slot, from_date=earliest)
    except ProposalOutdated:
        raise PlaceTaken from None
    if initiator is not None:
        if not Initiator.objects.available().filter(pk=initiator.pk, centre=centre).exists():
            raise InitiatorBusy
        add_initiator(group, initiator)
    record(group, GroupActivity.FORMED_BY_HAND, actor=actor, now=now)
    for row in rows:
        take_seat(group, row, actor=actor, now=now)
    return group


def _check_place(
    group: SelfHelpGroup, venue: Venue, people: Sequence[matching.Participant]
) -> None:
    if venue not in places_for(group):
        raise WrongPlace
    if venue.capacity < max(len(people), group.min_size):
        raise RoomTooSmall
    features = features_of(venue)
    if not all(set(person.needs) <= set(features) for person in people):
        raise RoomLacks


@transaction.atomic
def add_by_hand(
    group: SelfHelpGroup,
    registration: Registration,
    *,
    broken_rules: Collection[str] = (),
    broken_because: str = "",
    actor: User | None,
    now: datetime | None = None,
) -> Seat:
    """One more has a proposed seat in the group, also against a wish of theirs, on purpose.

    Raises ``LentByVideoOnly``, ``RulesBroken``, and what ``add_person`` raises.
    """
    now = now or timezone.now()
    lock_registrations([registration.pk])
    group = lock(group)
    registration.refresh_from_db()
    person = as_participant(registration, [group.centre], today=timezone.localdate(now))
    members = [
        seat.registration for seat in group.seats.live().select_related("registration__participant")
    ]
    key = group_key(group, members, today=timezone.localdate(now))
    if key.centre is not None and not person.centres:
        raise LentByVideoOnly
    against = [BrokenRule.WISHES] if misses(person, key) else []
    need_approval(against, approved=broken_rules, because=broken_because)
    seat = add_person(
        group,
        registration,
        broken_rules=broken_rules,
        broken_because=broken_because,
        actor=actor,
        now=now,
    )
    if against:
        row = SelfHelpGroup.objects.get(pk=group.pk)
        columns = keep_approval(row, {*row.broken_rules, *against}, because=broken_because)
        row.save(update_fields=columns)
    return seat


def misses(person: matching.Participant, key: matching.GroupKey) -> tuple[str, ...]:
    """The fields of the key that the person has wished otherwise; a time not chosen is none."""
    problem = matching.Problem(person.waiting_since, matching.Rules(), (), age_bands=AGE_BANDS)
    found = mismatches(person, key, problem)
    return tuple(field for field in found if field != "slot" or key.slot)
