"""A talk that is agreed on beforehand: booked, moved, called off, or declined by the person."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centres.access import colleagues_of
from linkcenter.messages import outbox
from linkcenter.models import MessageState, User
from linkcenter.timeline import record
from participants import mail
from participants.domain.errors import RegistrationError
from participants.domain.intake.calendar import calendar_of
from participants.domain.intake.responsible import becomes_theirs
from participants.domain.locks import locked
from participants.domain.person.last_heard import heard
from participants.domain.person.links import FIRST_LINK_LIFE, entry_link
from participants.domain.registration.closing import NO_TALK
from participants.domain.registration.interest import in_calendar_order
from participants.models import Registration
from participants.models.registration_queries import TALK_LASTS, RegistrationQuerySet
from participants.states import PersonActivity, TalkWay

FURTHEST = timedelta(days=180)


class NotToCome(RegistrationError):
    message = _("Choose a day and a time that is still to come, within half a year.")


class NotAColleague(RegistrationError):
    message = _("Choose somebody who works at this centre.")


class StaffTaken(RegistrationError):
    message = _(
        "Whoever is to hold the talk has another one at that time. Choose another time, or tick"
        " that you book it all the same."
    )


class NoTalkBooked(RegistrationError):
    message = _("No talk is booked any more.")


@transaction.atomic
def book_talk(
    registration: Registration,
    *,
    at: datetime,
    kind: str,
    held_by: User,
    actor: User,
    anyway: bool = False,
    now: datetime | None = None,
) -> None:
    """A talk is agreed on, or the one that was has another time; the person is told once.

    Two talks of one member of staff do not begin within the time that one takes, unless
    ``anyway``. Raises ``AlreadyClosed``, ``NotToCome``, ``NotAColleague`` or ``StaffTaken``.
    """
    now = now or timezone.now()
    if not now < at <= now + FURTHEST:
        raise NotToCome
    registration = locked(registration)
    centre = registration.participant.centre
    # Held until the end: two who book the same colleague at once come one after the other.
    holder = colleagues_of(centre).select_for_update(of=("self",)).filter(pk=held_by.pk).first()
    if holder is None:
        raise NotAColleague
    before = (registration.talk_at, registration.talk_kind, registration.talk_by_id)
    if before == (at, kind, holder.pk):
        return
    if not anyway and talks_of(holder, around=at).exclude(pk=registration.pk).exists():
        raise StaffTaken
    _set(registration, talk_at=at, talk_kind=TalkWay(kind), talk_by=holder)
    becomes_theirs(registration, holder)
    is_new = before[0] is None
    what = PersonActivity.TALK_BOOKED if is_new else PersonActivity.TALK_CHANGED
    record(registration, what, actor=actor, now=now)
    tell = mail.talk_booked if is_new else mail.talk_changed
    tell(
        registration,
        link=entry_link(registration.participant, life=FIRST_LINK_LIFE, now=now),
        calendar=calendar_of(registration, now=now),
        now=now,
    )


def talks_of(user: User, *, around: datetime) -> RegistrationQuerySet:
    """The talks that ``user`` is to hold and that would overlap one that begins at ``around``."""
    begins = (around - TALK_LASTS, around + TALK_LASTS)
    return Registration.objects.open().filter(
        talk_by=user, talk_at__gt=begins[0], talk_at__lt=begins[1]
    )


@transaction.atomic
def cancel_talk(registration: Registration, *, actor: User, now: datetime | None = None) -> None:
    """The talk is called off; who has heard of it is told so. Raises as ``locked`` does, or
    ``NoTalkBooked``."""
    now = now or timezone.now()
    registration = locked(registration)
    if registration.talk_at is None:
        raise NoTalkBooked
    knows = _knows_of_it(registration)
    calendar = calendar_of(registration, now=now, is_cancelled=True)
    if knows:
        mail.talk_cancelled(registration, calendar=calendar, now=now)
    else:
        outbox.cancel(registration.participant, matter=mail.talk_matter(registration))
    _set(registration)
    record(registration, PersonActivity.TALK_CANCELLED, actor=actor, now=now)


def _knows_of_it(registration: Registration) -> bool:
    """Whether the last that the person has heard about a talk is that there is one."""
    told = registration.participant.messages.filter(
        matter=mail.talk_matter(registration), state=MessageState.SENT
    )
    last = told.order_by("-sent_at", "-pk").first()
    return last is not None and last.kind != mail.TEXTS[PersonActivity.TALK_CANCELLED]


@transaction.atomic
def decline_talk(
    registration: Registration, *, wishes: Collection[str] = (), now: datetime | None = None
) -> None:
    """The person cannot come then: the time is free, and staff find another one.

    ``wishes`` are the parts of the week that suit. Raises ``AlreadyClosed`` or ``NoTalkBooked``.
    """
    now = now or timezone.now()
    registration = locked(registration)
    if registration.talk_at is None:
        raise NoTalkBooked
    _set(registration, talk_declined_at=now, talk_wishes=in_calendar_order(wishes))
    outbox.cancel(registration.participant, matter=mail.talk_matter(registration))
    record(registration, PersonActivity.TALK_DECLINED, now=now)
    heard(registration.participant, now=now)


def talk_is_held(registration: Registration) -> None:
    """Nothing is agreed on any more: there has been contact, in which it came up.

    The caller holds the row.
    """
    _set(registration)
    outbox.cancel(registration.participant, matter=mail.talk_matter(registration))


def _set(registration: Registration, **columns: object) -> None:
    for name, value in (NO_TALK | columns).items():
        setattr(registration, name, value)
    registration.save(update_fields=list(NO_TALK))
