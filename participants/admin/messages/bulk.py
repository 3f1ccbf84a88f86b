"""What staff do with several messages at once."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from linkcenter.admin.bulk import BulkAct, in_order
from linkcenter.messages import drafts
from linkcenter.models import Message, MessageState, User
from participants.domain.locks import hold_registrations
from participants.domain.messages.acts import AlreadyTold, renew, tell_by_hand
from participants.models import Participant

REFUSALS = (drafts.DraftError, AlreadyTold)


def _people_first(messages: QuerySet[Message]) -> None:
    """The registrations of those who look for a group, and then the messages to them."""
    people = Participant.objects.filter(messages__in=messages.order_by().values("pk"))
    hold_registrations(*people.values_list("pk", flat=True).distinct())
    in_order(messages)


def _told(message: Message) -> str:
    return f"{message.recipient}: {message.subject} ({message.get_channel_display()})"


def _unless(*states: MessageState) -> Callable[[Message], Any]:
    """What is sent or dropped is skipped, and says so on the page to check."""

    def why(message: Message) -> Any:
        return "" if message.state in states else drafts.NoDraft.message

    return why


def _send(message: Message, answers: dict[str, Any], actor: User) -> None:
    drafts.release(message)


def _tell(message: Message, answers: dict[str, Any], actor: User) -> None:
    tell_by_hand(message, actor=actor)


def _renew(message: Message, answers: dict[str, Any], actor: User) -> None:
    renew(message)


def _drop(message: Message, answers: dict[str, Any], actor: User) -> None:
    drafts.drop(message)


def _why_not_sent(message: Message) -> Any:
    if message.state != MessageState.DRAFT:
        return drafts.NoDraft.message
    return drafts.OutOfDate.message if message.stale else ""


UNSENT = _unless(MessageState.DRAFT, MessageState.QUEUED, MessageState.FAILED)
_act = partial(BulkAct, refusals=REFUSALS, tell=_told, hold=_people_first)
MESSAGE_ACTS = (
    _act(
        name="send_drafts",
        label=_("Send the drafts"),
        question=_("Send these drafts?"),
        button=_("Send them"),
        done=ngettext_lazy("%(n)s message is on its way.", "%(n)s messages are on their way.", "n"),
        do=_send,
        skips=_why_not_sent,
    ),
    _act(
        name="mark_as_told",
        label=_("I have told them this by hand"),
        question=_("Have you told them all?"),
        button=_("Yes, I have told them"),
        done=ngettext_lazy("%(n)s message is told.", "%(n)s messages are told.", "n"),
        do=_tell,
        skips=UNSENT,
    ),
    _act(
        name="renew",
        label=_("Write again, as it is now"),
        question=_("Write these again, as it is now?"),
        button=_("Write them again"),
        done=ngettext_lazy(
            "%(n)s message is written again.", "%(n)s messages are written again.", "n"
        ),
        do=_renew,
        skips=UNSENT,
    ),
    _act(
        name="drop",
        label=_("Drop: nobody gets it"),
        question=_("Drop these messages? Nobody gets them."),
        button=_("Drop them"),
        done=ngettext_lazy("%(n)s message is dropped.", "%(n)s messages are dropped.", "n"),
        do=_drop,
        skips=UNSENT,
    ),
)
