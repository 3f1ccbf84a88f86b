"""The one member whom the centre talks with once the group runs itself."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from groups.domain.errors import NoContact, NotAMember, WrongMoment
from groups.domain.running.newcomers import ask_new_contact
from groups.domain.seats import close_page, lock, lock_registrations
from groups.mail import contact as mail
from groups.models import Seat, SelfHelpGroup
from groups.states import STARTED_OR_TO_START, GroupActivity, GroupLinkPurpose, GroupState
from linkcenter.models import Message, User
from linkcenter.timeline import record
from linkcenter.tokens import token_for
from participants.domain.person.last_heard import heard
from participants.models import Participant
from participants.states import LinkPurpose

MEETING = (GroupState.SETTLED, GroupState.SELF_RUN)
FORMER_KEPT = timedelta(days=14)  # whoever was the contact is known to us at least so long after


def group_of_contact(participant: Participant) -> SelfHelpGroup | None:
    """The group that the person is the contact of, while it lasts."""
    groups = SelfHelpGroup.objects.filter(
        STARTED_OR_TO_START, contact__registration__participant=participant
    )
    found = groups.select_related("centre", "slot__venue__centre", "contact").first()
    return found if found and found.contact and found.contact.is_member else None


def page_token(participant: Participant, *, now: datetime) -> str:
    """What opens the page of the person's group: the link they have, or a new one."""
    live = participant.links.live().filter(purpose=LinkPurpose.GROUP, expires_at__gt=now).first()
    return token_for(live.seed if live else mail.new_page_link(participant, now=now).seed)


@transaction.atomic
def choose_contact(
    group: SelfHelpGroup,
    seat: Seat,
    *,
    contact: Seat | None = None,
    actor: User | None = None,
    now: datetime | None = None,
) -> SelfHelpGroup:
    """The member in ``seat`` is the contact, and gets a link to the group's page.

    They have agreed to it, as staff know, or the present ``contact``, who is told that they are it
    no more, and forgotten like the others. Raises ``WrongMoment`` if the group is not settled or
    ``contact`` is not the contact any more, or ``NotAMember``.
    """
    now = now or timezone.now()
    before = group.contact.registration_id if group.contact else None
    lock_registrations([seat.registration_id, *([before] if before else [])])
    group = lock(group)
    if group.state not in MEETING or (contact is not None and group.contact_id != contact.pk):
        raise WrongMoment
    chosen = make_contact(group, seat, actor=actor, now=now)
    if chosen is not None:
        mail.new_contact(chosen, by_staff=actor is not None, now=now)
    return group


def make_contact(
    group: SelfHelpGroup, seat: Seat, *, actor: User | None, now: datetime
) -> Seat | None:
    """The same, in silence towards the new one; the caller has locked everything.

    Returns the new contact's seat, or None if they were it before. Raises ``NotAMember``.
    """
    chosen = _member(group, seat.pk)
    if chosen is None:
        raise NotAMember
    if group.contact_id == chosen.pk:
        return None
    close_take_over_link(group, now=now)
    former = _member(group, group.contact_id)
    group.contact = chosen
    group.save(update_fields=["contact"])
    if former is not None:
        _dismiss(former, actor=actor, now=now)
    record(group, GroupActivity.CONTACT_CHANGED, actor=actor, now=now)
    ask_new_contact(group, now=now)
    return chosen


def close_take_over_link(group: SelfHelpGroup, *, now: datetime) -> None:
    """Nobody can become the contact by a link that was passed on."""
    group.links.live().filter(purpose=GroupLinkPurpose.TAKE_OVER).update(superseded_at=now)


def _member(group: SelfHelpGroup, pk: int | None) -> Seat | None:
    if pk is None:
        return None
    seats = group.seats.members().select_related("registration__participant__centre")
    found = seats.filter(pk=pk).first()
    if found is not None:
        found.group = group
    return found


def _dismiss(seat: Seat, *, actor: User | None, now: datetime) -> None:
    """Whoever was the contact has no way to the group's page, and is told until when we know them.

    The caller has locked the registration and the group, and somebody else is the contact.
    """
    close_page(seat, now=now)
    if seat.group.state == GroupState.SELF_RUN:
        soonest = timezone.localdate(now + FORMER_KEPT)
        seat.known_until = max(seat.known_until or soonest, soonest)
        seat.save(update_fields=["known_until"])
    mail.former_contact(seat, by_staff=actor is not None, now=now)


@transaction.atomic
def send_page_link(
    group: SelfHelpGroup, *, actor: User | None = None, now: datetime | None = None
) -> Message:
    """The contact gets a new link to the group's page; the older one stops working.

    Raises ``NoContact``.
    """
    now = now or timezone.now()
    _group, contact = locked_with_contact(group)
    return mail.new_link(contact, now=now)


def locked_with_contact(group: SelfHelpGroup) -> tuple[SelfHelpGroup, Seat]:
    """The group and its contact's seat, held until the transaction ends. Raises ``NoContact``."""
    if group.contact is not None:
        lock_registrations([group.contact.registration_id])
    group = lock(group)
    contact = _member(group, group.contact_id)
    if contact is None or group.state not in MEETING:
        raise NoContact
    return group, contact


@transaction.atomic
def by_contact(
    group: SelfHelpGroup, *, contact: Seat | None, now: datetime
) -> tuple[SelfHelpGroup, Seat]:
    """As ``locked_with_contact``, for something that ``contact`` does, or has told staff if None.

    Either way they have been heard from. Raises ``WrongMoment`` if another one is the contact now.
    """
    group, seat = locked_with_contact(group)
    if contact is not None and contact.pk != seat.pk:
        raise WrongMoment
    heard(seat.registration.participant, now=now)
    return group, seat
