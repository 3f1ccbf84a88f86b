"""Another contact whom the centre does not know: the link that is passed on, and what comes of it.

After the hand-over the centre knows nobody of a group but the contact, who gives the link to one of
the others. Whoever uses it is registered, has a place in the group, and is the contact.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from groups.domain.errors import MoreThanRoom, TooLate, WrongMoment
from groups.domain.running.contact import by_contact, close_take_over_link, make_contact
from groups.domain.seats import lock, lock_registrations
from groups.mail import contact as mail
from groups.models import GroupLink, Seat, SelfHelpGroup
from groups.states import GroupLinkPurpose, GroupRole, GroupState, SeatActivity, SeatState
from linkcenter.database.constraints import broken_by
from linkcenter.models import User
from linkcenter.timeline import record
from participants.domain.person.consents import Agreement
from participants.domain.person.contact import Person
from participants.domain.registration.interest import Interest
from participants.domain.registration.register import register_from_group
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
    close_take_over_link(group, now=now)
    return GroupLink.objects.issue(
        GroupLinkPurpose.TAKE_OVER, centre=group.centre, group=group, now=now, until=now + LIFE
    )


def passed_on(group: SelfHelpGroup, *, now: datetime) -> GroupLink | None:
    """The link that somebody may use, if there is one."""
    return group.links.usable(now).filter(purpose=GroupLinkPurpose.TAKE_OVER).first()


def link_to_take_over(token: str, *, now: datetime) -> GroupLink | None:
    """The link that ``token`` opens, while its group runs itself."""
    links = GroupLink.objects.opened_by(token, GroupLinkPurpose.TAKE_OVER, now=now)
    links = links.filter(group__state=GroupState.SELF_RUN)
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
    live = GroupLink.objects.usable(now).filter(pk=link.pk)
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
