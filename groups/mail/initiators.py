"""What initiators are told: time and house, and never whom they meet there."""

from datetime import datetime

from groups.models import Initiator, SelfHelpGroup
from linkcenter.messages import outbox, subjects, texts
from linkcenter.messages.outbox import Link
from linkcenter.models import Message

ASKED = "initiator_asked"
SETTLED = "initiator_settled"
RELEASED = "initiator_released"
LINK = "initiator_link"
AREA = "initiator-area"  # the matter of links that staff send


def matter(group: SelfHelpGroup) -> str:
    """One matter for as long as it lasts: a newer text replaces an unsent older one."""
    return f"initiator:{group.pk}"


def about(initiator: Initiator, group: SelfHelpGroup | None = None) -> tuple[object, ...]:
    """What a text to the initiator is made of."""
    person = (initiator.language, initiator.channel, initiator.address, initiator.first_name)
    return (*person, *when(group)) if group else person


def when(group: SelfHelpGroup) -> tuple[object, ...]:
    """Time and house of the group, and whether they are settled."""
    slot = group.slot
    if slot is None:
        return (None,)
    return (group.is_forming, group.first_date, slot.weekday, slot.starts, slot.venue_id)


def tell_of(
    initiator: Initiator, group: SelfHelpGroup, kind: str, *, link: Link | None, now: datetime
) -> Message:
    """Put the text ``kind`` about the group in the outbox, for staff to say without an e-mail."""
    facts = about(initiator) if kind == RELEASED else about(initiator, group)
    return _queue(initiator, kind, matter(group), link, facts, now, group=group, slot=group.slot)


def tell_link(initiator: Initiator, *, link: Link, now: datetime) -> Message:
    """Give the initiator a new link."""
    return _queue(initiator, LINK, AREA, link, about(initiator), now)


def _queue(
    initiator: Initiator,
    kind: str,
    matter: str,
    link: Link | None,
    facts: subjects.Facts,
    now: datetime,
    **context: object,
) -> Message:
    rendered = texts.write(
        kind,
        language=initiator.language,
        channel=initiator.channel,
        participant=initiator,
        centre=initiator.centre,
        gap=outbox.GAP if link else "",
        **context,
    )
    return outbox.queue(
        initiator,
        matter=matter,
        kind=kind,
        channel=initiator.channel,
        to=initiator.address,
        language=initiator.language,
        subject=rendered.subject,
        text=rendered.text,
        link=link if outbox.GAP in rendered.text else None,
        facts=facts,
        now=now,
    )
