"""Another contact whom the centre does not know: the link that is passed on, and what comes of it.

After the hand-over the centre knows nobody of a group but the contact, who gives the link to one of
the others. Whoever uses it is registered, has a place in the group, and is the contact.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from groups import contact_mail as mail
from groups.domain.contact import by_contact, make_contact, take_back
from groups.domain.errors import MoreThanRoom, TooLate, WrongMoment
from groups.domain.seats import lock, lock_registrations
from groups.models import GroupLink, Seat, SelfHelpGroup
from groups.states import GroupLinkPurpose, GroupRole, GroupState, SeatActivity, SeatState
from linkcenter.constraints import broken_by
from linkcenter.models import User
from linkcenter.timeline import record
from linkcenter.tokens import hash_token, new_seed, token_for
from participants.domain.registration import Agreement, Interest, Person, register_from_group
from participants.models import Registration
from participants.states import Role

LIFE = timedelta(days=14)


@transaction.atomic
def pass_on(
    group: SelfHelpGroup,
    *,
    contact: Seat | None = None,
    actor: User | None = None,
    now: datetime | None = None,
) -> GroupLink:
    """There is a link by which somebody becomes the contact; an older one stops working.

    The present contact makes it, or staff (``actor``), also for a group without one. Before the
    hand-over the centre knows all members, and nobody joins them by a link. Raises ``WrongMoment``
    or ``NoContact``.
    """
    now = now or timezone.now()
    if actor is None:
        group, _contact = by_contact(group, contact=contact, now=now)
    else:
        group = lock(group)
    if group.state != GroupState.SELF_RUN:
        raise WrongMoment
    take_back(group, now=now)
    seed = new_seed()
    return GroupLink.objects.create(
        centre=group.centre,
        purpose=GroupLinkPurpose.TAKE_OVER,
        group=group,
        seed=seed,
        token_hash=hash_token(token_for(seed)),
        created_at=now,
        expires_at=now + LIFE,
    )


def passed_on(group: SelfHelpGroup, *, now: datetime) -> GroupLink | None:
    """The link that somebody may use, if there is one."""
    live = group.links.live().filter(purpose=GroupLinkPurpose.TAKE_OVER, expires_at__gt=now)
    return live.first()


def link_to_take_over(token: str, *, now: datetime) -> GroupLink | None:
    """The link that ``token`` opens, while its group runs itself."""
    links = GroupLink.objects.live().filter(
        purpose=GroupLinkPurpose.TAKE_OVER,
        token_hash=hash_token(token),
        expires_at__gt=now,
        group__state=GroupState.SELF_RUN,
    )
    return links.select_related("group__centre", "group__slot__venue__centre").first()


@transaction.atomic
def take_over(
    link: GroupLink, *, person: Person, agreement: Agreement, now: datetime | None = None
) -> Registration:
    """Whoever holds the link is registered, has a place in the group, and is its contact.

    One of those whom the centre had forgotten has become known again. Who was the contact is told.
    Raises ``TooLate`` if the link was used or taken back, ``MoreThanRoom``, or ``ConsentMissing``.
    """
    now = now or timezone.now()
    if link.group is None:
        raise TooLate
    group = SelfHelpGroup.objects.select_related("contact").get(pk=link.group.pk)
    if group.contact is not None:
        lock_registrations([group.contact.registration_id])
    group = lock(group)
    live = GroupLink.objects.live().filter(pk=link.pk, expires_at__gt=now)
    if group.state != GroupState.SELF_RUN or not live.update(used_at=now):
        raise TooLate
    registration = register_from_group(
        group.centre, person=person, interest=interest_in(group), agreement=agreement, now=now
    )
    seat = _take_place(group, registration, now=now)
    make_contact(group, seat, actor=None, now=now)
    mail.new_contact(seat, by_staff=False, now=now)
    return registration


def interest_in(group: SelfHelpGroup) -> Interest:
    """What somebody would like who is in this group already, and nothing beyond it."""
    return Interest(
        role=Role.KIN if group.role == GroupRole.KIN else Role.OWN,
        kind=group.kind,
        format=group.format,
        languages=[group.language],
        availability=[group.slot.week_slot] if group.slot else [],
    )


def _take_place(group: SelfHelpGroup, registration: Registration, *, now: datetime) -> Seat:
    if group.unnamed_members:
        group.unnamed_members -= 1
        group.save(update_fields=["unnamed_members"])
    try:
        with transaction.atomic():
            seat = Seat.objects.create(
                group=group,
                registration=registration,
                state=SeatState.YES,
                proposed_at=now,
                asked_at=now,
                answer_by=timezone.localdate(now),
                answered_at=now,
            )
    except IntegrityError as error:
        if broken_by(error) == "seat_within_max_size":
            raise MoreThanRoom from None
        raise
    record(registration, SeatActivity.PLACED, now=now)
    return seat
