"""What the centre says to a person, by whichever way the person can be reached."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import translation

from linkcenter import letters, outbox
from linkcenter.models import Channel, Message
from participants.models import Participant, Registration

OWN_PAGE = "own-page"  # the matter of links that are asked for


def tell(
    participant: Participant,
    kind: str,
    *,
    matter: str,
    now: datetime,
    link: outbox.Link | None = None,
    to: str = "",
    **context: Any,
) -> Message:
    """Put the text ``kind`` to the person in the outbox: as e-mail where there is an address,
    else as something for staff to say, by telephone or text message.

    ``to`` is another e-mail address than the person's own: a new one, or the one before.
    """
    letter = letters.write(
        kind,
        language=participant.language,
        participant=participant,
        centre=participant.centre,
        gap=outbox.GAP if link else "",
        by_hand=participant.channel != Channel.EMAIL,
        **context,
    )
    return outbox.queue(
        participant,
        matter=matter,
        kind=kind,
        channel=Channel.EMAIL if to else participant.channel,
        to=to or participant.address,
        language=participant.language,
        subject=letter.subject,
        text=letter.text,
        link=link,
        now=now,
    )


def receipt(registration: Registration, *, link: outbox.Link | None, now: datetime) -> Message:
    """Say that the interest has reached the centre, and what happens next."""
    return tell(
        registration.participant, "receipt", matter=matter(registration), link=link, now=now
    )


def own_page(participant: Participant, *, link: outbox.Link | None, now: datetime) -> Message:
    """Give the person the link that they asked for; who has to be rung is asked what they need."""
    return tell(participant, "own_page", matter=OWN_PAGE, link=link, now=now)


def matter(registration: Registration) -> str:
    """One matter for the state of a registration: a newer text replaces an unsent older one."""
    return f"registration:{registration.pk}"


def link_path(language: str) -> str:
    """The page that a personal link leads to, in the person's own language."""
    with translation.override(language):
        return reverse("participants:link", args=["TOKEN"]).replace("TOKEN", "{token}")
