"""What the outbox asks the apps about a message, since it knows no domain itself.

An app registers an ``About`` for a kind of matter, such as "seat", or for all that is written to
one kind of recipient.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib.contenttypes.models import ContentType

from linkcenter.encryption import keyed_digest
from linkcenter.models import Message

Facts = Iterable[object]


def _nothing(message: Message, now: datetime) -> None:
    """A message that is just as good or bad as it was."""


@dataclass(frozen=True)
class About:
    """What is known of a message's subject.

    ``facts`` is what its text would be made of now; None if there is nothing to say any more.
    ``renew`` tells the same again as it is now, and gives the new message, or None where that
    cannot be. ``refused`` hears that the mail server refuses the address for good.
    """

    facts: Callable[[Message], Facts | None]
    renew: Callable[[Message, datetime], Message | None] = _nothing
    refused: Callable[[Message, datetime], None] = _nothing


_known: dict[str, About] = {}


def register(name: str, about: About) -> None:
    """``name`` is a matter without its number, or a model's label in small letters."""
    _known[name] = about


def about(message: Message) -> About | None:
    """Who knows about the message: its matter's own, else its recipient's."""
    kind = ContentType.objects.get_for_id(message.recipient_type_id)
    matter = message.matter.partition(":")[0]
    return _known.get(matter) or _known.get(f"{kind.app_label}.{kind.model}")


def digest(facts: Facts) -> str:
    """A keyed digest of ``facts``: equal ones have the same, and nobody can read them from it."""
    return keyed_digest("\x1f".join(_plain(fact) for fact in facts))


def _plain(fact: object) -> str:
    """The same words for the same moment, in whichever zone it is told."""
    return fact.astimezone(UTC).isoformat() if isinstance(fact, datetime) else str(fact)


def has_changed(message: Message) -> bool:
    """Whether the text was made of something else than what holds now."""
    known = about(message) if message.facts else None
    if known is None:
        return False
    facts = known.facts(message)
    return facts is None or digest(facts) != message.facts
