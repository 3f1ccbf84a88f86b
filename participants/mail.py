"""What the centre says to a person, by whichever way the person can be reached."""

from datetime import datetime
from typing import Any

from linkcenter import letters, outbox
from linkcenter.models import Message
from participants.models import Participant, Registration


def tell(
    participant: Participant,
    kind: str,
    *,
    matter: str,
    now: datetime,
    link: outbox.Link | None = None,
    **context: Any,
) -> Message:
    """Put the text ``kind`` to the person in the outbox: as e-mail where there is an address,
    else as something for staff to say, by telephone or text message."""
    letter = letters.write(
        kind,
        language=participant.language,
        participant=participant,
        centre=participant.centre,
        gap=outbox.GAP if link else "",
        **context,
    )
    return outbox.queue(
        participant,
        matter=matter,
        kind=kind,
        channel=participant.channel,
        to=participant.address,
        language=participant.language,
        subject=letter.subject,
        text=letter.text,
        link=link,
        now=now,
    )


def receipt(registration: Registration, *, now: datetime) -> Message:
    """Say that the interest has reached the centre, and what happens next."""
    return tell(
        registration.participant, "receipt", matter=f"registration:{registration.pk}", now=now
    )
