"""A seat from proposal to end. The group's row is the lock for everything that counts seats.

Registrations are locked before groups, everywhere: whoever closes a registration holds its row and
then lets go of the seat, and two acts must never wait for each other.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction

from groups.domain.changed_meanwhile import refuse_if_answered, refuse_if_changed
from groups.domain.errors import AlreadyPlaced, GroupFull, KeptApart, NotWaiting
from groups.domain.waiting.questions import take_back
from groups.mail import contact as contact_mail
from groups.mail import newcomers as newcomer_mail
from groups.mail import seats as mail
from groups.models import Seat, SelfHelpGroup
from groups.states import ENDS_AS, GroupState, SeatActivity, SeatEndReason, SeatState
from linkcenter.database.constraints import broken_by
from linkcenter.messages import outbox
from linkcenter.models import User
from linkcenter.timeline import record
from participants.domain.person.last_heard import heard
from participants.domain.person.links import supersede_links
from participants.models import KeepApart, Registration
from participants.states import LinkPurpose, RegistrationState


def lock(group: SelfHelpGroup) -> SelfHelpGroup:
    """The group's row, held until the transaction ends.

    Raises ``ChangedMeanwhile`` if the group comes with a page that showed it otherwise.
    """
    row = (
        SelfHelpGroup.objects.select_for_update(of=("self",))
        .select_related("centre", "slot")
        .get(pk=group.pk)
    )
    as_seen, group.as_seen = group.as_seen, ""
    refuse_if_changed(row, as_seen)
    return row


def lock_registrations(pks: Iterable[int]) -> None:
    """Hold the rows until the transaction ends: nobody closes them in between."""
    rows = Registration.objects.select_for_update().filter(pk__in=list(pks)).order_by("pk")
    list(rows.values_list("pk"))


def hold_as_seen(seat: Seat, as_seen: str) -> None:
    """The seat is as a page showed it, and stays so until the transaction ends.

    Raises ``ChangedMeanwhile``.
    """
    lock_registrations([seat.registration_id])
    lock(seat.group)
    rows = Seat.objects.select_for_update(of=("self",)).select_related("registration__participant")
    refuse_if_answered(rows.get(pk=seat.pk), as_seen)


def take_seat(
    group: SelfHelpGroup, registration: Registration, *, actor: User | None, now: datetime
) -> Seat:
    """The registration has a seat in the group, proposed: as a newcomer, once the group meets.

    The caller has locked the registration and then the group. Raises ``NotWaiting``,
    ``KeptApart``, ``GroupFull`` or ``AlreadyPlaced``.
    """
    registration.refresh_from_db(fields=["state"])
    if registration.state != RegistrationState.WAITING:
        raise NotWaiting
    seats = group.seats.live().select_related("registration")
    if len(seats) >= group.places:
        raise GroupFull
    if is_kept_apart(registration, {seat.registration.participant_id for seat in seats}):
        raise KeptApart
    try:
        with transaction.atomic():
            seat = Seat.objects.create(
                group=group,
                registration=registration,
                proposed_at=now,
                is_newcomer=not group.is_forming,
            )
    except IntegrityError as error:
        if broken_by(error) == "seat_one_live_a_registration":
            raise AlreadyPlaced from None
        raise
    take_back(registration, actor=actor, now=now)
    record(registration, SeatActivity.PROPOSED, actor=actor, now=now)
    return seat


def is_kept_apart(registration: Registration, others: set[int]) -> bool:
    """Is the person one half of a pair with one of ``others`` (participants' ids)?"""
    mine = registration.participant_id
    return (
        KeepApart.objects.filter(first=mine, second__in=others).exists()
        or KeepApart.objects.filter(second=mine, first__in=others).exists()
    )


def end_seat(
    seat: Seat,
    reason: SeatEndReason,
    *,
    actor: User | None,
    now: datetime,
    no_reason: str = "",
    is_silent: bool = False,
) -> None:
    """The seat has ended; its registration waits on with its first date.

    The link to answer by stops working and an unsent message about the seat is cancelled. Who was
    asked gets the one text for ``reason``; who was only proposed never knew, and hears nothing.
    With ``is_silent`` neither does who has been told in another way.
    """
    was_told = seat.state != SeatState.PROPOSED
    was_member = seat.is_member and seat.group.state != GroupState.FORMING
    seat.state = SeatState.ENDED
    seat.ended_at = now
    seat.end_reason = reason
    seat.no_reason = no_reason
    seat.save(update_fields=["state", "ended_at", "end_reason", "no_reason", "answered_at"])
    participant = seat.registration.participant
    if was_member:
        heard(participant, now=now)
    supersede_links(participant, LinkPurpose.ANSWER, now=now)
    outbox.cancel(participant, matter=mail.matter(seat))
    if seat.is_newcomer:
        newcomer_mail.ask_no_more(seat)
    leave_without_contact(seat, now=now)
    move = ENDS_AS[reason]
    record(seat.registration, move, actor=actor, now=now)
    if was_told and not is_silent:
        mail.tell_of(seat, move, now=now)


def leave_without_contact(seat: Seat, *, now: datetime) -> None:
    """If the person in ``seat`` was the contact, the group has none. The group is locked."""
    if SelfHelpGroup.objects.filter(pk=seat.group_id, contact=seat).update(contact=None):
        seat.group.contact = None
        close_page(seat, now=now)


def close_page(seat: Seat, *, now: datetime) -> None:
    """The page of the group does not open for the person any more, and nothing leads to it."""
    participant, group = seat.registration.participant, seat.group
    supersede_links(participant, LinkPurpose.GROUP, now=now)
    newcomers = [newcomer_mail.matter(one) for one in group.seats.waiting_for_group()]
    own = (contact_mail.matter, contact_mail.matter_of_use, contact_mail.matter_of_break)
    for matter in (*(of(group) for of in own), *newcomers):
        outbox.cancel(participant, matter=matter)
