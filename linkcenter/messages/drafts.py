"""What waits in the outbox before it goes: drafts that staff look at, and texts out of date."""

from datetime import datetime

from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linkcenter.messages import outbox, subjects
from linkcenter.models import Message, MessageState

LOOK_AT_A_TIME = 200
LOOK_JOB = "linkcenter.mark_stale"


class DraftError(Exception):
    """Something about an unsent message was refused; ``message`` says so to the reader."""

    message: str | Promise


class NoDraft(DraftError):
    message = _("This message is sent already, or was dropped.")


class OutOfDate(DraftError):
    message = _("Something has changed since this was written. Renew it, or drop it.")


class NotRenewed(DraftError):
    message = _("This text does not hold any more. Drop it, and write another if you need to.")


def _locked(message: Message, *states: MessageState) -> Message:
    rows = Message.objects.select_for_update().filter(pk=message.pk, state__in=states)
    found = rows.first()
    if found is None:
        raise NoDraft
    return found


@transaction.atomic
def release(message: Message) -> Message:
    """The draft goes: the worker has it, or staff pass it on themselves.

    Raises ``NoDraft``, or ``OutOfDate`` if something has changed since it was written.
    """
    message = _locked(message, MessageState.DRAFT)
    if message.stale or subjects.has_changed(message):
        raise OutOfDate
    message.state = MessageState.QUEUED
    message.waits_because = ""
    message.save(update_fields=["state", "waits_because"])
    outbox.hand_over(message)
    return message


@transaction.atomic
def edit(message: Message, *, subject: str, text: str) -> Message:
    """The draft says ``text`` instead. Raises ``NoDraft``."""
    message = _locked(message, MessageState.DRAFT)
    message.subject, message.text = subject, text
    message.save(update_fields=["subject", "text"])
    return message


@transaction.atomic
def drop(message: Message) -> None:
    """The message is not sent, and nobody passes it on. Raises ``NoDraft``."""
    message = _locked(message, MessageState.DRAFT, MessageState.QUEUED, MessageState.FAILED)
    message.state = MessageState.CANCELLED
    message.stale = False
    message.save(update_fields=["state", "stale"])


@transaction.atomic
def renew(message: Message, *, now: datetime | None = None) -> Message:
    """The same is said as it is now, in a new message, and the old one is cancelled.

    It waits as a draft if the old one did. Raises ``NoDraft``, or ``NotRenewed`` where there is
    nothing like it to say now.
    """
    now = now or timezone.now()
    message = _locked(message, MessageState.DRAFT, MessageState.QUEUED, MessageState.FAILED)
    known = subjects.about(message)
    made = known.renew(message, now) if known else None
    if made is None:
        raise NotRenewed
    if message.state == MessageState.DRAFT and made.state == MessageState.QUEUED:
        made.state = MessageState.DRAFT
        made.waits_because = message.waits_because
        made.save(update_fields=["state", "waits_because"])
    return made


def look_again(recipient: models.Model) -> int:
    """Mark what waits for ``recipient`` and no longer holds; returns how many are marked now."""
    return mark_stale(Message.objects.to(recipient))


def mark_stale(messages: models.QuerySet[Message] | None = None) -> int:
    """Mark each untold message whose subject has changed, and take back marks that are wrong."""
    rows = Message.objects.all() if messages is None else messages
    untold = rows.filter(pk__in=Message.objects.untold().values("pk")).exclude(facts="")
    now_stale = 0
    for message in untold.order_by("pk").iterator(chunk_size=LOOK_AT_A_TIME):
        is_stale = subjects.has_changed(message)
        now_stale += is_stale
        if is_stale != message.stale:
            waiting = Message.objects.untold().filter(pk=message.pk)
            waiting.update(stale=is_stale)
    return now_stale
