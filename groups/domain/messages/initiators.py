"""What the outbox asks about messages to initiators: whether they hold, and once more."""

from datetime import datetime

from groups.domain.initiators import helping
from groups.mail import initiators as mail
from groups.models import Initiator, SelfHelpGroup
from linkcenter.messages import subjects
from linkcenter.models import Message
from participants.access import add_recipients


def _initiator_of(message: Message) -> Initiator | None:
    rows = Initiator.objects.select_related("centre")
    return rows.filter(pk=message.recipient_id).first()


def _group_of(message: Message) -> SelfHelpGroup | None:
    """The group that the message is about, while its initiator helps it."""
    initiator, pk = _initiator_of(message), message.matter.partition(":")[2]
    return helping.own_groups(initiator).filter(pk=int(pk)).first() if initiator else None


def _facts(message: Message) -> tuple[object, ...] | None:
    initiator, group = _initiator_of(message), _group_of(message)
    if initiator is None or (group is None) != (message.kind == mail.RELEASED):
        return None
    return mail.about(initiator, group)


def _renew(message: Message, now: datetime) -> Message | None:
    initiator, group = _initiator_of(message), _group_of(message)
    if initiator is None or group is None or message.kind == mail.RELEASED:
        return None
    return helping.say(group, initiator, message.kind, now=now)


def _link_facts(message: Message) -> tuple[object, ...] | None:
    initiator = _initiator_of(message)
    return mail.about(initiator) if initiator else None


def _renew_link(message: Message, now: datetime) -> Message | None:
    initiator = _initiator_of(message)
    return helping.send_new_link(initiator, actor=None, now=now) if initiator else None


def register() -> None:
    """Let the outbox ask, and staff see what they have to tell by hand."""
    add_recipients(Initiator)
    subjects.register("initiator", subjects.About(_facts, _renew))
    subjects.register(mail.AREA, subjects.About(_link_facts, _renew_link))
