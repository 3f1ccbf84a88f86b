"""The outbox: every message is a row, written together with the change it tells of.

The caller renders the text and knows what it is about. The outbox stores it, hands e-mails to the
worker, and knows no domain.
"""

import secrets
import smtplib
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.mail import EmailMultiAlternatives
from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import JSONObject
from django.template.loader import render_to_string
from django.utils import timezone, translation
from procrastinate.contrib.django import app as jobs
from procrastinate.contrib.django.models import ProcrastinateJob

from linkcenter.messages import subjects
from linkcenter.models import Channel, Message, MessageState, WaitsBecause
from linkcenter.periods import days
from linkcenter.tokens import token_for
from linkcenter.web import limits

GAP = "[[link]]"
KEEP_TEXT = days(30)
SEND_JOB = "linkcenter.send_message"
CALENDAR_FILE = "mote.ics"  # "meeting": it tells whoever sees it among other files nothing
TOO_MANY = "too many to one address"
GIVEN_UP = "given up by the worker"


@dataclass(frozen=True)
class Link:
    """A personal link to come: its token's seed, and the path with ``{token}`` in it."""

    seed: str
    path: str


class NotDelivered(Exception):
    """The mail server did not take the message this time; it is worth trying again."""


@transaction.atomic
def queue(
    recipient: models.Model,
    *,
    matter: str,
    kind: str,
    channel: str,
    to: str,
    language: str,
    subject: str,
    text: str,
    link: Link | None = None,
    is_rationed: bool = False,
    facts: subjects.Facts = (),
    waits_because: str = "",
    calendar: str = "",
    now: datetime | None = None,
) -> Message:
    """Put one message to ``recipient`` about ``matter`` in the outbox.

    An unsent one about the same matter is cancelled: nobody gets two messages that contradict
    each other. An e-mail is handed to the worker in the same transaction; letters, text messages
    and calls wait for staff. ``text`` holds ``GAP`` where the personal link goes.

    ``is_rationed`` is one that anybody can make us send: an address gets only so many of them. One
    too many goes later, and nothing comes of it where too many wait.

    ``facts`` is what the text is made of: what no longer holds is not sent. With ``waits_because``
    it is a draft, and nothing goes before staff send it.
    """
    now = now or timezone.now()
    cancel(recipient, matter=matter)
    goes_at: datetime | None = now
    if is_rationed and channel == Channel.EMAIL:
        goes_at = limits.turn(to, now=now)
    state = MessageState.CANCELLED
    if goes_at:
        state = MessageState.DRAFT if waits_because else MessageState.QUEUED
    made_of = tuple(facts)
    message = Message.objects.create(
        recipient=recipient,
        matter=matter,
        kind=kind,
        channel=channel,
        state=state,
        waits_because=waits_because,
        facts=subjects.digest(made_of) if made_of else "",
        to=to,
        language=language,
        subject=subject,
        text=text,
        link_seed=link.seed if link else "",
        link_path=link.path if link else "",
        calendar=calendar if calendar and channel == Channel.EMAIL else None,
        message_id=f"<{secrets.token_hex(16)}@{urlsplit(settings.BASE_URL).hostname}>",
        error="" if goes_at else TOO_MANY,
        created_at=now,
    )
    if state == MessageState.QUEUED:
        hand_over(message, at=goes_at if goes_at and goes_at > now else None)
    return message


def hand_over(message: Message, *, at: datetime | None = None) -> None:
    """The worker has the message, if it is an e-mail. What is no e-mail waits for staff."""
    if message.channel == Channel.EMAIL:
        job = jobs.configure_task(SEND_JOB, queue="mail", schedule_at=at)
        job.defer(message_id=message.pk)


def cancel(recipient: models.Model, *, matter: str) -> int:
    """Cancel what ``recipient`` has not been told about ``matter``; returns how many.

    A failed e-mail is among it: staff shall not ring about what no longer holds.
    """
    kind = ContentType.objects.get_for_model(recipient)
    about = Message.objects.filter(recipient_type=kind, recipient_id=recipient.pk, matter=matter)
    return about.untold().update(state=MessageState.CANCELLED, stale=False)


def full_text(message: Message) -> str:
    """The text with its link in place, as the recipient reads it."""
    text = message.text or ""
    return text.replace(GAP, address(message)) if message.link_seed else text


def address(message: Message) -> str:
    """The full address of the message's personal link, made from the setting ``BASE_URL``."""
    return settings.BASE_URL + message.link_path.format(token=token_for(message.link_seed))


@transaction.atomic
def send(message_id: int, *, last_try: bool, now: datetime | None = None) -> None:
    """Send one queued e-mail; do nothing if it was sent, cancelled or removed meanwhile.

    What no longer holds is not sent: it waits as a draft, marked, for staff to look at.
    The row is locked while the mail server has it, so that a second worker passes it by. A crash
    between the server's answer and the commit sends the mail again, with the same Message-ID.
    Raises ``NotDelivered`` when another try may help and this was not the last.
    """
    message = (
        Message.objects.select_for_update(skip_locked=True)
        .filter(pk=message_id, state=MessageState.QUEUED, channel=Channel.EMAIL)
        .first()
    )
    if message is None:
        return
    if message.stale or subjects.has_changed(message):
        _hold_back(message)
        return
    try:
        _as_mail(message).send()
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        if not last_try and all(400 <= code < 500 for code in codes):
            raise NotDelivered from None
        _fail(message, f"refused {codes}")
        if (known := subjects.about(message)) and any(code >= 500 for code in codes):
            known.refused(message, now or timezone.now())
    except (smtplib.SMTPException, OSError) as error:
        if not last_try:
            raise NotDelivered from None
        _fail(message, type(error).__name__)
    else:
        message.state = MessageState.SENT
        message.sent_at = now or timezone.now()
        message.save(update_fields=["state", "sent_at"])


def _hold_back(message: Message) -> None:
    message.state = MessageState.DRAFT
    message.stale = True
    message.waits_because = message.waits_because or WaitsBecause.CHANGED
    message.save(update_fields=["state", "stale", "waits_because"])


def _fail(message: Message, why: str) -> None:
    message.state = MessageState.FAILED
    message.error = why[:80]
    message.save(update_fields=["state", "error"])


def hold_back_after_restore() -> int:
    """After a restore: e-mails on their way become drafts for staff to look at; returns how many.

    Those that went between the backup and the restore would go once more.
    """
    on_the_way = Message.objects.filter(state=MessageState.QUEUED, channel=Channel.EMAIL)
    return on_the_way.update(
        state=MessageState.DRAFT, stale=True, waits_because=WaitsBecause.CHANGED
    )


def fail_given_up() -> int:
    """E-mails on their way that no job will send any more have failed; returns how many.

    Their jobs stumbled over something else than the mail server. Staff shall see them.
    """
    jobs_to_do = ProcrastinateJob.objects.filter(
        task_name=SEND_JOB,
        status__in=["todo", "doing"],
        args__contains=JSONObject(message_id=OuterRef("pk")),
    )
    on_the_way = Message.objects.filter(state=MessageState.QUEUED, channel=Channel.EMAIL)
    return on_the_way.filter(~Exists(jobs_to_do)).update(state=MessageState.FAILED, error=GIVEN_UP)


def as_html(message: Message) -> str:
    """The text as HTML, as the recipient's mail program shows it, with the link as a button."""
    with translation.override(message.language):
        return render_to_string(
            "mail/message.html",
            {
                "subject": message.subject,
                "parts": (message.text or "").split(GAP),
                "address": address(message) if message.link_seed else "",
                "language": message.language,
            },
        )


def _as_mail(message: Message) -> EmailMultiAlternatives:
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=full_text(message),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[message.to or ""],
        headers={"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(as_html(message), "text/html")
    if message.calendar:
        mail.attach(CALENDAR_FILE, message.calendar, "text/calendar")
    return mail


@transaction.atomic
def done_by_hand(message: Message, *, now: datetime | None = None) -> bool:
    """Mark a call, letter, text message or failed e-mail as told to the person by staff.

    False when somebody else was first, the message no longer waits for staff, or it no longer
    holds and must be renewed or dropped.
    """
    waiting = Message.objects.filter(pk=message.pk, stale=False).ring_instead()
    return bool(waiting.update(state=MessageState.SENT, sent_at=now or timezone.now()))
