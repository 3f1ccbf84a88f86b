"""Who helps a group to start: put on it and taken off it, told what they need, and no more."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from groups.domain.errors import InitiatorBusy, TooManyInitiators, WrongMoment
from groups.domain.initiators.links import close_initiator_links, initiator_link, new_initiator_link
from groups.domain.seats import lock
from groups.mail import initiators as mail
from groups.models import Initiator, SelfHelpGroup
from groups.models.group import GroupQuerySet
from groups.states import INITIATED, GroupActivity, GroupState, InitiatorActivity
from linkcenter.database.constraints import broken_by
from linkcenter.messages import outbox, subjects
from linkcenter.models import Message, MessageState, User
from linkcenter.timeline import record

MOST = 2  # Source: the practice of the centres
HELPED = (GroupState.FORMING, GroupState.SETTLED)


def own_groups(initiator: Initiator) -> GroupQuerySet:
    """Those that the initiator helps now: from the day they are put together to the hand-over."""
    groups = SelfHelpGroup.objects.filter(INITIATED, initiators=initiator, slot__isnull=False)
    return groups.select_related("centre", "slot__venue__centre").order_by("first_date", "pk")


@transaction.atomic
def put_on(
    group: SelfHelpGroup,
    initiator: Initiator,
    *,
    actor: User | None,
    now: datetime | None = None,
) -> SelfHelpGroup:
    """The initiator helps the group to start, and is asked to, with time and house only.

    Raises ``WrongMoment`` after the hand-over, ``TooManyInitiators``, or ``InitiatorBusy``.
    """
    now = now or timezone.now()
    group = lock(group)
    if group.state not in HELPED:
        raise WrongMoment
    there = set(group.initiators.values_list("pk", flat=True))
    if initiator.pk in there:
        return group
    if len(there) >= MOST:
        raise TooManyInitiators
    if not Initiator.objects.available().filter(pk=initiator.pk, centre=group.centre).exists():
        raise InitiatorBusy
    add_initiator(group, initiator)
    record(group, GroupActivity.INITIATORS_CHANGED, actor=actor, now=now)
    tell(group, initiator, now=now)
    return group


def add_initiator(group: SelfHelpGroup, initiator: Initiator) -> None:
    """The initiator helps the group to start. Raises ``InitiatorBusy`` beyond the agreed load."""
    try:
        with transaction.atomic():
            group.initiators.add(initiator)
    except IntegrityError as error:
        if broken_by(error) == "initiator_within_load":
            raise InitiatorBusy from None
        raise


@transaction.atomic
def take_off(
    group: SelfHelpGroup,
    initiator: Initiator,
    *,
    actor: User | None,
    now: datetime | None = None,
) -> SelfHelpGroup:
    """The initiator helps the group no more; who had been asked is told so.

    Raises ``WrongMoment`` after the hand-over.
    """
    now = now or timezone.now()
    group = lock(group)
    if group.state not in HELPED:
        raise WrongMoment
    if group.initiators.filter(pk=initiator.pk).exists():
        group.initiators.remove(initiator)
        record(group, GroupActivity.INITIATORS_CHANGED, actor=actor, now=now)
        tell_not_needed(group, initiator, now=now)
    return group


@transaction.atomic
def keep_told(group: SelfHelpGroup, *, now: datetime) -> int:
    """Every initiator of the group knows time and house as they are; returns how many are told.

    Who has not been asked yet is asked; who has been told what holds hears nothing.
    """
    helpers = group.initiators.select_related("centre").order_by("pk")
    return sum(tell(group, initiator, now=now) is not None for initiator in helpers)


def tell(group: SelfHelpGroup, initiator: Initiator, *, now: datetime) -> Message | None:
    """Ask the initiator, or say what has become of it; nothing if they know what holds."""
    if group.slot is None:
        return None
    last = last_told(group, initiator)
    if last is not None and last.facts == subjects.digest(mail.about(initiator, group)):
        return None
    known = _has_heard(group, initiator) or not group.is_forming
    return say(group, initiator, mail.SETTLED if known else mail.ASKED, now=now)


def say(group: SelfHelpGroup, initiator: Initiator, kind: str, *, now: datetime) -> Message:
    """The text ``kind`` as it is now, with the link that the initiator has or a new one."""
    link = initiator_link(initiator, path=_area(initiator), now=now)
    return mail.tell_of(initiator, group, kind, link=link, now=now)


def last_told(group: SelfHelpGroup, initiator: Initiator) -> Message | None:
    """The last word to the initiator about the group, heard or on its way."""
    about = Message.objects.to(initiator).filter(matter=mail.matter(group))
    return about.exclude(state=MessageState.CANCELLED).order_by("-created_at", "-pk").first()


def _has_heard(group: SelfHelpGroup, initiator: Initiator) -> bool:
    """Whether the initiator knows that they are wanted."""
    about = Message.objects.to(initiator).filter(matter=mail.matter(group), state=MessageState.SENT)
    last = about.order_by("-created_at", "-pk").first()
    return last is not None and last.kind != mail.RELEASED


def nobody_is_needed(group: SelfHelpGroup, *, now: datetime) -> None:
    """The group does not start after all: whoever was to help it hears so."""
    for initiator in group.initiators.select_related("centre"):
        tell_not_needed(group, initiator, now=now)


def tell_not_needed(group: SelfHelpGroup, initiator: Initiator, *, now: datetime) -> None:
    """What was not said yet is not said; who had heard of it hears that they are not needed."""
    outbox.cancel(initiator, matter=mail.matter(group))
    if _has_heard(group, initiator):
        mail.tell_of(initiator, group, mail.RELEASED, link=None, now=now)


# The link


@transaction.atomic
def send_new_link(
    initiator: Initiator, *, actor: User | None, now: datetime | None = None
) -> Message:
    """The initiator gets a new link to the own groups, and the old one is closed."""
    now = now or timezone.now()
    link = new_initiator_link(initiator, path=_area(initiator), now=now)
    record(initiator, InitiatorActivity.LINK_SENT, actor=actor, now=now)
    return mail.tell_link(initiator, link=link, now=now)


@transaction.atomic
def close_link(initiator: Initiator, *, actor: User | None, now: datetime | None = None) -> bool:
    """Whoever holds the link sees nothing with it any more; False if there was none."""
    now = now or timezone.now()
    closed = bool(close_initiator_links(initiator, now=now))
    if closed:
        outbox.cancel(initiator, matter=mail.AREA)
        record(initiator, InitiatorActivity.LINK_CLOSED, actor=actor, now=now)
    return closed


def _area(initiator: Initiator) -> str:
    with translation.override(initiator.language):
        return reverse("groups:initiator", args=["TOKEN"]).replace("TOKEN", "{token}")
