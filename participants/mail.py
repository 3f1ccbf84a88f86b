"""What the centre says to a person, by whichever way the person can be reached."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import translation

from linkcenter import letters, outbox
from linkcenter.models import Channel, Message
from participants.models import Participant, Registration
from participants.states import PersonActivity

# What happens to a person, and the text that tells of it. None: silent on purpose.
TEXTS: dict[PersonActivity, str | None] = {
    PersonActivity.REGISTERED: "receipt",
    PersonActivity.TALKED: None,  # they were there
    PersonActivity.READY: None,
    PersonActivity.CLOSED: "withdrawn",  # if they did it themselves; else it was said in the talk
    PersonActivity.INTEREST_CHANGED: None,  # the page they did it on says it
    PersonActivity.CONTACT_CHANGED: "address_changed",  # to the old one, if there is a new one
    PersonActivity.TOLD_BY_HAND: None,
    PersonActivity.PAUSED: None,
    PersonActivity.PAUSE_ENDED: None,
    PersonActivity.WITHDRAWAL_UNDONE: None,
    PersonActivity.CONSENT_GIVEN: None,
    PersonActivity.CONSENT_WITHDRAWN: None,
    PersonActivity.KEPT_LONGER: None,  # nothing has changed for them
    PersonActivity.MERGED: None,
    PersonActivity.TALK_BOOKED: "talk_booked",
    PersonActivity.TALK_CHANGED: "talk_changed",
    PersonActivity.TALK_CANCELLED: "talk_cancelled",
    PersonActivity.TALK_DECLINED: None,  # the page they did it on says it
    PersonActivity.MOVED_AWAY: None,  # the new centre tells them, once
    PersonActivity.MOVED_HERE: "moved",
}
OWN_PAGE = "own-page"  # the matter of links that are asked for
STILL = "still"  # whether somebody who waits is still interested


def tell(
    participant: Participant,
    kind: str,
    *,
    matter: str,
    now: datetime,
    link: outbox.Link | None = None,
    to: str = "",
    is_rationed: bool = False,
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
        is_rationed=is_rationed,
        now=now,
    )


def receipt(
    registration: Registration, *, link: outbox.Link | None, is_rationed: bool, now: datetime
) -> Message:
    """Say that the interest has reached the centre, and what happens next."""
    return tell(
        registration.participant,
        "receipt",
        matter=matter(registration),
        link=link,
        is_rationed=is_rationed,
        now=now,
    )


def own_page(participant: Participant, *, link: outbox.Link | None, now: datetime) -> Message:
    """Give the person the link that they asked for; who has to be rung is asked what they need."""
    return tell(participant, "own_page", matter=OWN_PAGE, link=link, now=now)


def confirm_address(
    participant: Participant, *, to: str, link: outbox.Link, now: datetime
) -> Message:
    """Ask whoever reads mail at the new address to confirm that it is theirs."""
    return tell(
        participant,
        "confirm_address",
        matter="new-address",
        to=to,
        link=link,
        is_rationed=True,
        now=now,
    )


def address_changed(participant: Participant, *, to: str, now: datetime) -> Message:
    """Tell whoever reads mail at the old address that nothing more comes there."""
    return tell(participant, "address_changed", matter="old-address", to=to, now=now)


def withdrawn(registration: Registration, *, link: outbox.Link, now: datetime) -> Message:
    """Say that the person is off the list, with a link to undo it."""
    return tell(
        registration.participant, "withdrawn", matter=matter(registration), link=link, now=now
    )


def matter(registration: Registration) -> str:
    """One matter for the state of a registration: a newer text replaces an unsent older one."""
    return f"registration:{registration.pk}"


def link_path(language: str) -> str:
    """The page that a personal link leads to, in the person's own language."""
    with translation.override(language):
        return reverse("participants:link", args=["TOKEN"]).replace("TOKEN", "{token}")
