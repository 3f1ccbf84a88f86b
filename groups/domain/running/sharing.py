"""What the members of a group may see of each other: what each has chosen, and never more."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from groups.domain.errors import WrongMoment
from groups.domain.seats import lock, lock_registrations
from groups.models import Seat, SelfHelpGroup
from groups.states import GroupState, SeatActivity
from linkcenter.models import User
from linkcenter.timeline import record
from participants.domain.person.last_heard import heard
from participants.models import Participant, PersonalLink


@dataclass(frozen=True)
class Shown:
    """What the others see of a member. Without a name: that somebody is there."""

    name: str = ""
    phone: str = ""


def shown(seat: Seat) -> Shown:
    """What the others see of whoever has the seat. Nothing chosen shows nothing."""
    if seat.shared_at is None:
        return Shown()
    phone = seat.registration.participant.phone if seat.shares_phone else None
    return Shown(seat.shared_name, phone or "")


def members_of(group: SelfHelpGroup) -> list[Seat]:
    """The members of a settled or running group whom the centre knows; else nobody."""
    if group.state not in (GroupState.SETTLED, GroupState.SELF_RUN):
        return []
    return list(group.seats.members().select_related("registration__participant").order_by("pk"))


def shown_to(seat: Seat) -> list[Shown] | None:
    """What a member may see of the others, those with names first; None for who is no member."""
    members = members_of(seat.group)
    if seat.pk not in {member.pk for member in members}:
        return None
    return in_order(shown(member) for member in members if member.pk != seat.pk)


def in_order(people: Iterable[Shown]) -> list[Shown]:
    """By name, and last those of whom nothing is shown: the order tells nothing else of them."""
    return sorted(people, key=lambda one: (not one.name, one.name.casefold(), one.phone))


def may_choose(seat: Seat) -> bool:
    """Until the group runs itself; whoever joins one that does, chooses when they like."""
    group = seat.group
    if group.state == GroupState.SETTLED:
        return seat.is_member
    return group.state == GroupState.SELF_RUN and seat.is_newcomer and seat.is_member


def seat_to_choose_for(participant: Participant) -> Seat | None:
    """The place of the person for which they may choose what the others see, if any."""
    seats = Seat.objects.members().select_related(
        "group__centre", "group__slot__venue__centre", "registration__participant"
    )
    seat = seats.filter(registration__participant=participant).first()
    return seat if seat and may_choose(seat) else None


@transaction.atomic
def choose_shown(
    seat: Seat,
    *,
    name: str,
    shares_phone: bool,
    link: PersonalLink | None = None,
    actor: User | None = None,
    now: datetime | None = None,
) -> None:
    """The others in the group see this of the person from now on; an empty name shows none.

    They choose by ``link``, or staff (``actor``) heard them say so. Silent: nobody is told. Raises
    ``WrongMoment`` if the person has no place in a group that is settled, or the group runs itself.
    """
    now = now or timezone.now()
    lock_registrations([seat.registration_id])
    group = lock(seat.group)
    rows = group.seats.members().select_for_update(of=("self",)).filter(pk=seat.pk)
    locked = rows.select_related("registration__participant").first()
    if locked is None:
        raise WrongMoment
    locked.group = group
    participant = locked.registration.participant
    if not may_choose(locked) or (link and link.participant_id != participant.pk):
        raise WrongMoment
    locked.shared_name = name
    locked.shares_phone = bool(shares_phone and name and participant.phone)
    locked.shared_at = now
    locked.save(update_fields=["shared_name", "shares_phone", "shared_at"])
    heard(participant, now=now)
    record(locked.registration, SeatActivity.SHARED, actor=actor, now=now)
