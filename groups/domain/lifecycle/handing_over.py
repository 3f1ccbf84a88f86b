"""The group runs itself from now on, with one member as its contact."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from groups.domain import follow_ups
from groups.domain.errors import NoContact, NotStarted, WrongMoment
from groups.domain.lifecycle import forgetting
from groups.domain.running.contact import make_contact
from groups.domain.seats import lock, lock_registrations
from groups.models import Seat, SelfHelpGroup
from groups.states import GroupActivity, GroupState
from linkcenter.models import User
from linkcenter.timeline import record


@transaction.atomic
def hand_over(
    group: SelfHelpGroup,
    *,
    contact: Seat | None = None,
    actor: User | None,
    now: datetime | None = None,
) -> SelfHelpGroup:
    """The group runs itself, and its initiators are free for others.

    One member is the contact: the one in the seat ``contact``, or who is it already. All are told,
    and until when we know who they are. Raises ``NotStarted``, ``NoContact``, ``NotAMember``, or
    ``WrongMoment`` if the group is not settled.
    """
    now = now or timezone.now()
    lock_registrations(group.seats.live().values_list("registration", flat=True))
    group = lock(group)
    if group.state != GroupState.SETTLED:
        raise WrongMoment
    if group.started_on is None:
        raise NotStarted
    if contact is not None:
        make_contact(group, contact, actor=actor, now=now)
    if group.contact_id is None:
        raise NoContact
    group.state = GroupState.SELF_RUN
    group.handed_over_on = timezone.localdate(now)
    group.save(update_fields=["state", "handed_over_on"])
    record(group, GroupActivity.HANDED_OVER, actor=actor, now=now)
    forgetting.tell_members(group, now=now)
    follow_ups.replan(group, owner=actor, now=now)
    return group
