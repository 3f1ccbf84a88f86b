"""What the contact of a group says and does for it: on the group's page, or by ringing staff.

In each of them ``contact`` is the seat of whoever does it; None where they have told ``actor``.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from centres.domain.house.host_keys import host_key_for
from groups.domain import follow_ups
from groups.domain.errors import FewerThanKnown, MoreThanRoom, WrongMoment
from groups.domain.running.contact import by_contact
from groups.mail import contact as mail
from groups.models import FollowUp, Seat, SelfHelpGroup
from groups.states import GroupActivity, GroupState, Trouble
from linkcenter.messages import outbox
from linkcenter.models import User
from linkcenter.timeline import record


@transaction.atomic
def count_heads(
    group: SelfHelpGroup,
    *,
    heads: int,
    contact: Seat | None = None,
    actor: User | None = None,
    now: datetime | None = None,
) -> SelfHelpGroup:
    """There are ``heads`` people in the group: those whom we do not know hold their places, too.

    Raises ``FewerThanKnown``, ``MoreThanRoom``, or ``WrongMoment`` before the hand-over.
    """
    now = now or timezone.now()
    group, _contact = by_contact(group, contact=contact, now=now)
    if group.state != GroupState.SELF_RUN:
        raise WrongMoment
    unnamed = heads - group.seats.members().count()
    if unnamed < 0:
        raise FewerThanKnown
    if group.seats.live().count() + unnamed > group.max_size:
        raise MoreThanRoom
    if unnamed != group.unnamed_members:
        group.unnamed_members = unnamed
        group.save(update_fields=["unnamed_members"])
        record(group, GroupActivity.CHANGED, actor=actor, fields=["unnamed_members"], now=now)
    return group


@transaction.atomic
def report_trouble(
    group: SelfHelpGroup,
    *,
    about: Trouble,
    contact: Seat | None = None,
    actor: User | None = None,
    now: datetime | None = None,
) -> FollowUp:
    """Something does not work for the group: somebody at the centre is to ring the contact today.

    Saying the same twice, before anybody has rung, gives one thing to do.
    """
    now = now or timezone.now()
    group, _contact = by_contact(group, contact=contact, now=now)
    record(group, GroupActivity.TROUBLE, actor=actor, now=now)
    return follow_ups.ask_to_ring(group, about=about, now=now)


@transaction.atomic
def still_used(
    group: SelfHelpGroup,
    *,
    contact: Seat | None = None,
    actor: User | None = None,
    now: datetime | None = None,
) -> SelfHelpGroup:
    """The group still meets at its time."""
    now = now or timezone.now()
    group, seat = by_contact(group, contact=contact, now=now)
    group.still_used_on = timezone.localdate(now)
    group.save(update_fields=["still_used_on"])
    outbox.cancel(seat.registration.participant, matter=mail.matter_of_use(group))
    record(group, GroupActivity.STILL_YES, actor=actor, now=now)
    return group


@transaction.atomic
def show_host_key(
    group: SelfHelpGroup, *, contact: Seat | None, now: datetime | None = None
) -> str | None:
    """The host key of the group's licence, on a day that it meets; each time is written down."""
    now = now or timezone.now()
    group, _contact = by_contact(group, contact=contact, now=now)
    host_key = host_key_for(group.slot, now=now) if group.slot else None
    if host_key:
        record(group, GroupActivity.HOST_KEY_SHOWN, now=now)
    return host_key
