"""A group that begins again as a new one: whoever wants to go on registers anew.

Nobody is carried over. The contact passes a link on; each who uses it is registered as somebody
new, with consents of today, and has a place in the new group, which names the one before it. Until
that is settled they meet as before: a link that is passed on, and an e-mail address that anybody
can write, take nobody's place away. What they had with the old group is closed when it ends.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from centres.domain.booking.spans import moment
from centres.domain.booking.weekly_times import BookingError, take_slot
from centres.models import Slot
from centres.week import on_or_after
from groups.domain.errors import KeptApart, NotHere, TooLate, WrongMoment
from groups.domain.forming.new_groups import next_name
from groups.domain.running.contact import by_contact
from groups.domain.running.newcomers import meets
from groups.domain.running.taking_over import interest_in
from groups.domain.seats import lock, lock_registrations, take_seat
from groups.mail import seats as mail
from groups.models import GroupLink, Seat, SelfHelpGroup
from groups.states import (
    GroupActivity,
    GroupEndReason,
    GroupLinkPurpose,
    GroupState,
    SeatActivity,
    SeatState,
)
from linkcenter.database.statements import stand_in_line
from linkcenter.models import User
from linkcenter.timeline import record
from participants.domain.person.consents import Agreement
from participants.domain.person.contact import Person
from participants.domain.registration.duplicates import keep_apart_too
from participants.domain.registration.register import made_from, register_from_group
from participants.models import Participant, Registration

LIFE = timedelta(days=60)


@transaction.atomic
def begin_again(
    group: SelfHelpGroup,
    *,
    contact: Seat | None = None,
    actor: User | None = None,
    now: datetime | None = None,
) -> GroupLink:
    """There is a link to pass on, by which each registers anew: the one there is, or a new one.

    The contact asks for it, or staff (``actor``), also for a group without one. Raises
    ``WrongMoment`` or ``NoContact``.
    """
    now = now or timezone.now()
    if actor is None:
        group, _contact = by_contact(group, contact=contact, now=now)
    else:
        group = lock(group)
    if not meets(group):
        raise WrongMoment
    if live := link_of(group, now=now):
        return live
    close_links(group, now=now)
    link = GroupLink.objects.issue(
        GroupLinkPurpose.BEGIN_AGAIN, centre=group.centre, group=group, now=now, until=now + LIFE
    )
    record(group, GroupActivity.BEGUN_AGAIN, actor=actor, now=now)
    return link


def link_of(group: SelfHelpGroup, *, now: datetime) -> GroupLink | None:
    """The link that is passed on now, if there is one."""
    return group.links.usable(now).filter(purpose=GroupLinkPurpose.BEGIN_AGAIN).first()


def close_links(group: SelfHelpGroup, *, now: datetime) -> None:
    """Nobody registers for the group that follows any more."""
    links = group.links.live().filter(purpose=GroupLinkPurpose.BEGIN_AGAIN)
    links.update(superseded_at=now)


def link_to_begin_again(token: str, *, now: datetime) -> GroupLink | None:
    """The link that ``token`` opens: its group meets, or has ended to begin again."""
    links = GroupLink.objects.opened_by(token, GroupLinkPurpose.BEGIN_AGAIN, now=now)
    found = links.select_related("group__centre").first()
    return found if found and found.group and _begins_again(found.group) else None


def _begins_again(group: SelfHelpGroup) -> bool:
    return meets(group) or group.end_reason == GroupEndReason.BEGUN_AGAIN


def next_group(group: SelfHelpGroup) -> SelfHelpGroup | None:
    """The group that follows, while it is being formed."""
    return group.next_groups.filter(state=GroupState.FORMING).order_by("pk").first()


@transaction.atomic
def join_again(
    link: GroupLink,
    *,
    person: Person,
    agreement: Agreement,
    submission_key: UUID,
    now: datetime | None = None,
) -> Registration:
    """Whoever holds the link is registered anew and has said yes to the group that follows.

    The first makes that group. One form counts once. Raises ``TooLate``, ``GroupFull``,
    ``NotHere`` or ``ConsentMissing``.
    """
    now = now or timezone.now()
    stand_in_line(submission_key)
    if made := made_from(submission_key):
        return made
    old = SelfHelpGroup.objects.select_related("centre", "slot").get(links=link)
    registration = register_from_group(
        old.centre,
        person=person,
        interest=interest_in(old),
        agreement=agreement,
        submission_key=submission_key,
        now=now,
    )
    lock_registrations([registration.pk])
    old = lock(old)
    live = GroupLink.objects.usable(now).filter(pk=link.pk)
    if not live.exists() or not _begins_again(old):
        raise TooLate
    for before in _members_reached_as(registration.participant, old):
        keep_apart_too(registration.participant, before.participant)
    new = next_group(old) or _form(old, now=now)
    new = lock(new)
    try:
        seat = take_seat(new, registration, actor=None, now=now)
    except KeptApart:  # says of somebody else that they are there
        raise NotHere from None
    seat.state = SeatState.YES
    seat.asked_at = seat.answered_at = now
    seat.answer_by = timezone.localdate(now)
    seat.save(update_fields=["state", "asked_at", "answered_at", "answer_by"])
    record(registration, SeatActivity.YES, now=now)
    mail.begun_again(seat, now=now)
    return registration


def _members_reached_as(person: Participant, old: SelfHelpGroup) -> list[Registration]:
    """Whoever of the old group has the phone number or e-mail address that ``person`` has told."""
    rows = Registration.objects.filter(
        seats__in=old.seats.live(), participant__reach_keys__overlap=person.reach_keys
    )
    return list(rows.select_related("participant").order_by("pk"))


def registered_anew(old: SelfHelpGroup) -> set[int]:
    """The registrations in the old group of those who have one in the group that follows, too.

    Told by phone or e-mail; of several at one address, the one of that name.
    """
    new = next_group(old)
    seats = new.seats.live().select_related("registration__participant") if new else ()
    anew = set()
    for seat in seats:
        person = seat.registration.participant
        found = _members_reached_as(person, old)
        if len(found) > 1:
            name = person.first_name.casefold()
            found = [row for row in found if row.participant.first_name.casefold() == name]
        if len(found) == 1:
            anew.add(found[0].pk)
    return anew


def _form(old: SelfHelpGroup, *, now: datetime) -> SelfHelpGroup:
    """A forming group like the one before it. It has no time yet: the old one may still meet."""
    group = SelfHelpGroup.objects.create(
        centre=old.centre,
        name=next_name(old.centre),
        kind=old.kind,
        theme=old.theme,
        role=old.role,
        gender=old.gender,
        format=old.format,
        language=old.language,
        min_size=old.centre.min_to_start,
        max_size=max(old.max_size, old.centre.min_to_start),
        previous_group=old,
        created_at=now,
    )
    record(group, GroupActivity.FORMED, now=now)
    return group


def pass_on_time(old: SelfHelpGroup, slot: Slot | None, *, now: datetime) -> None:
    """The old group has given up ``slot``: the one that follows has the same time and room.

    From the next such day on, if nobody else has got it; else staff find another one. To be
    called with the old group locked.
    """
    new = next_group(old)
    if new is None or slot is None:
        return
    new = lock(new)
    if new.slot is not None:
        return
    today = timezone.localdate(now)
    is_late = moment(today, slot.starts) <= now  # a meeting of today has begun, and stays theirs
    first_date = on_or_after(today + timedelta(days=is_late), slot.weekday)
    try:
        new.slot = take_slot(
            slot.venue,
            weekday=slot.weekday,
            starts=slot.starts,
            minutes=slot.minutes,
            first_date=first_date,
            centre=new.centre,
        )
    except BookingError:
        return
    new.first_date = first_date
    new.save(update_fields=["slot", "first_date"])
