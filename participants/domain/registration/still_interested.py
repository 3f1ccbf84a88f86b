"""Whether somebody who waits is still interested: asked when nothing has been heard for long.

Silence loses nobody their place. It is a task for staff, and only after a year does the nightly
rule in ``groups.privacy`` let go of them (source: the centres' own suggestion, DOMAIN 3.1).
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.utils import timezone

from linkcenter.database.among import one_of
from linkcenter.messages import outbox
from linkcenter.models import Channel, Message, MessageState, User
from linkcenter.periods import days, months
from linkcenter.timeline import record
from participants import mail
from participants.domain.locks import hold_registrations, locked
from participants.domain.person.last_heard import heard
from participants.domain.person.link_request import send_link
from participants.domain.person.links import issue_link, supersede_links, use_link
from participants.domain.person.own_page import own_registration
from participants.domain.registration.closing import withdraw
from participants.models import Participant, PersonalLink, Registration
from participants.states import LinkPurpose, PersonActivity, StillAnswer

FIRST = months(3)
SECOND = months(6)
SILENT = months(12)  # then the person is let go of
TIME_TO_ANSWER = days(30)  # so long the link works; nobody is let go of before


def due(now: datetime) -> QuerySet[Registration]:
    """Open, and not heard from for three months, or for six and asked once before that.

    A break counts until it is over. Whom we have something else to say to hears that first.
    """
    today = timezone.localdate(now)
    heard_on = TruncDate("heard_at", tzinfo=timezone.get_current_timezone())
    untold = Message.objects.untold().filter(participant=OuterRef("participant"))
    rows = Registration.objects.open().alias(
        quiet_from=Greatest(heard_on, Coalesce("paused_until", heard_on))
    )
    first = Q(still_asked_on__isnull=True, quiet_from__lte=today - FIRST)
    second = Q(
        still_asked_on__lt=F("quiet_from") + SECOND.length,
        still_asked_on__lte=today - TIME_TO_ANSWER,
        quiet_from__lte=today - SECOND,
    )
    return rows.filter(first | second).exclude(Exists(untold))


def quiet_from(registration: Registration) -> date:
    """The day since which we have heard nothing: a break counts until it is over."""
    heard_on = timezone.localdate(registration.heard_at)
    return max(heard_on, registration.paused_until or heard_on)


def kept_until(registration: Registration, *, today: date) -> date:
    """The day until which the person may answer, if they are asked today."""
    return max(quiet_from(registration) + SILENT, today + TIME_TO_ANSWER)


@transaction.atomic
def ask(registration: Registration, *, actor: User | None = None, now: datetime) -> None:
    """The person is asked by e-mail, or staff have it to say. Raises ``AlreadyClosed``."""
    registration = locked(registration)
    participant = registration.participant
    today = timezone.localdate(now)
    link = None
    if participant.channel in (Channel.EMAIL, Channel.SMS):
        link = issue_link(
            participant,
            LinkPurpose.STILL,
            expires_at=now + TIME_TO_ANSWER,
            path=mail.link_path(participant.language),
            now=now,
        )
    registration.still_asked_on = today
    registration.save(update_fields=["still_asked_on"])
    record(registration, PersonActivity.STILL_ASKED, actor=actor, now=now)
    mail.still(
        registration,
        link=link,
        works_for=TIME_TO_ANSWER,
        kept_until=kept_until(registration, today=today),
        now=now,
    )


@transaction.atomic
def answer_by_link(link: PersonalLink, *, answer: StillAnswer, now: datetime | None = None) -> bool:
    """The person says that they wait on, would like to change something, or stop.

    Who would like to change something gets a link to their own page. False if the link no longer
    works, or there is nothing to answer for any more.
    """
    now = now or timezone.now()
    hold_registrations(link.participant_id)
    registration = own_registration(link.participant)
    if registration is None or not registration.is_open or not use_link(link, now=now):
        return False
    if answer == StillAnswer.NO:
        withdraw(registration, now=now)
        return True
    still_interested(registration, now=now)
    if answer == StillAnswer.CHANGE:
        send_link(link.participant_id, now=now)
    return True


@transaction.atomic
def still_interested(
    registration: Registration, *, actor: User | None = None, now: datetime | None = None
) -> None:
    """The person waits on with the first date; they said so themselves, or to ``actor``.

    Raises ``AlreadyClosed``.
    """
    now = now or timezone.now()
    registration = locked(registration)
    _told(registration.participant, now=now)
    heard(registration.participant, now=now)
    record(registration, PersonActivity.STILL_YES, actor=actor, now=now)


@transaction.atomic
def not_interested(registration: Registration, *, actor: User, now: datetime | None = None) -> None:
    """The person told ``actor`` that they want to stop. Raises ``AlreadyClosed``."""
    now = now or timezone.now()
    registration = locked(registration)
    _told(registration.participant, now=now)
    withdraw(registration, actor=actor, now=now)


def _told(participant: Participant, *, now: datetime) -> None:
    """Whoever answers has been asked: staff need not ring, and the link has done its work."""
    for message in participant.messages.ring_instead().filter(matter=mail.STILL):
        outbox.done_by_hand(message, now=now)
    supersede_links(participant, LinkPurpose.STILL, now=now)


def silent(now: datetime) -> QuerySet[Registration]:
    """Open, asked at least a month ago, and not heard from for a year, a break not counted.

    Who was to be rung and was not, has not been asked. Whom we have agreed to talk with is not
    silent.
    """
    today = timezone.localdate(now)
    asked = Message.objects.filter(
        participant=OuterRef("participant"),
        kind="still",
        state=MessageState.SENT,
        sent_at__lte=now - TIME_TO_ANSWER,
        sent_at__gt=OuterRef("heard_at"),
    )
    over = Q(paused_until__isnull=True) | Q(paused_until__lte=today - SILENT)
    no_talk = Q(talk_at__isnull=True) | Q(talk_at__lte=now - SILENT)
    rows = Registration.objects.open().filter(
        over, no_talk, heard_at__lte=now - SILENT, still_asked_on__isnull=False
    )
    return rows.alias(asked=one_of(asked)).filter(asked__isnull=False)
