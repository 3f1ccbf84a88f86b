"""What the contact of a group that meets is asked of somebody new."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone, translation

from groups.mail.contact import page_link
from groups.models import Seat
from linkcenter.messages import outbox
from linkcenter.messages.outbox import Link
from linkcenter.models import Message, MessageState
from participants.mail import tell
from participants.models import Participant


def matter(seat: Seat) -> str:
    return f"newcomer:{seat.pk}"


def ask_group(seat: Seat, *, now: datetime) -> Message | None:
    """Ask the group's contact whether somebody may join: no name, and the age in tens of years.

    None if the group has no contact: then staff hear the answer from whom they find.
    """
    contact = seat.group.contact
    if contact is None:
        return None
    person = contact.registration.participant
    return tell(
        person,
        "newcomer",
        matter=matter(seat),
        link=_link(person, now=now),
        facts=about(seat),
        now=now,
        answer_by=seat.group_answer_by,
        decade=decade_of(seat),
    )


def _link(person: Participant, *, now: datetime) -> Link | None:
    """The link to the group's page, to the part of it where the question is."""
    link = page_link(person, now=now)
    if link is None:
        return None
    with translation.override(person.language):
        path = reverse("groups:newcomers", args=["TOKEN"]).replace("TOKEN", "{token}")
    return Link(seed=link.seed, path=path)


def about(seat: Seat) -> tuple[object, ...]:
    """What the text is made of."""
    return (seat.group_answer_by, decade_of(seat))


def decade_of(seat: Seat) -> int | None:
    """The age that the group is told: the tens of the years, 20 for the youngest."""
    year = seat.registration.participant.birth_year
    return None if year is None else max(20, (timezone.localdate().year - year) // 10 * 10)


def ask_no_more(seat: Seat) -> None:
    """Whatever the contact has not heard about the newcomer needs no answer any more."""
    untold = Message.objects.untold().filter(matter=matter(seat))
    untold.update(state=MessageState.CANCELLED, stale=False)


def has_answered(seat: Seat, *, now: datetime) -> None:
    """The contact has been told, by whatever way: staff need not ring about it."""
    for message in Message.objects.untold().filter(matter=matter(seat)):
        outbox.done_by_hand(message, now=now)
    ask_no_more(seat)
