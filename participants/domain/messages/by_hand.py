"""What staff do on paper and by telephone: letters to print, and those to ring today."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import quote

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from linkcenter.messages import outbox
from linkcenter.models import Channel, Message, MessageState, User
from participants.access import messages_for, registrations_for


def letters_waiting(user: User) -> Any:
    """The letters that wait to be printed and sent, the oldest first. What no longer holds waits
    for somebody to renew it."""
    waiting = messages_for(user).filter(
        channel=Channel.LETTER, state=MessageState.QUEUED, stale=False
    )
    return waiting.prefetch_related("recipient").order_by("created_at", "pk")


@dataclass
class Call:
    """One person to ring, and everything that there is to say."""

    recipient: Any
    to_say: list[tuple[str | Promise, str]] = field(default_factory=list)  # why, and the words


def calls_today(user: User, *, today: date) -> list[Call]:
    """Those to ring today, each once: due tries, what is to be told by phone, failed e-mails."""
    calls: dict[tuple[type, int], Call] = {}

    def call_to(recipient: Any) -> Call:
        return calls.setdefault((type(recipient), recipient.pk), Call(recipient))

    for registration in _with_people(registrations_for(user).to_try_again(today)):
        call_to(registration.participant).to_say.append((_("The next try is due"), ""))
    for message in _to_say(user):
        why = _("An e-mail failed: %(why)s") % {"why": why_it_failed(message)}
        if message.state != MessageState.FAILED:
            why = _("To be said by telephone")
        if message.recipient is not None:
            call_to(message.recipient).to_say.append((why, words_of(message)))
    return list(calls.values())


def _with_people(rows: Any) -> Iterable[Any]:
    return rows.select_related("participant__centre").order_by("registered_at", "pk")


def _to_say(user: User) -> Iterable[Message]:
    waiting = messages_for(user).ring_instead().filter(stale=False)
    spoken = waiting.exclude(state=MessageState.QUEUED, channel__in=[Channel.SMS, Channel.LETTER])
    return spoken.prefetch_related("recipient").order_by("created_at", "pk")


def words_of(message: Message) -> str:
    """What to say: the text without the link, which nobody can read aloud."""
    lines = (message.text or "").replace(outbox.GAP, "").split("\n")
    return "\n".join(line for line in lines if line.strip())


def sms_address(message: Message) -> str:
    """What opens a telephone's own app with the number and the text filled in."""
    return f"sms:{message.to}?body={quote(outbox.full_text(message))}"


def why_it_failed(message: Message) -> str | Promise:
    """What staff read instead of the mail server's answer; nothing if nothing failed."""
    if not message.error:
        return ""
    if message.error == outbox.TOO_MANY:
        return _("too many have been sent to this address")
    codes = [int(code) for code in re.findall(r"\d{3}", message.error)]
    if any(code >= 500 for code in codes):
        return _("there is no such address, or it takes no mail")
    if codes:
        return _("the mailbox was full or busy for a whole day")
    return _("the mail server could not be reached for a whole day")
