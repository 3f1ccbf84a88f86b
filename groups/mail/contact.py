"""What the contact of a group is told, and every member when the group is handed over."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import translation

from groups.models import Seat, SelfHelpGroup
from groups.states import GroupActivity
from linkcenter.messages.outbox import Link
from linkcenter.models import Channel, Message
from participants.domain.person.links import issue_link, repeat_link
from participants.mail import tell
from participants.models import Participant
from participants.states import LinkPurpose

PAGE_LINK_LIFE = timedelta(days=365)  # from the latest message on

# What happens to a group, and the text that tells its contact of it. None: silent on purpose.
TEXTS: dict[GroupActivity, str | None] = {
    GroupActivity.CONTACT_CHANGED: "contact",  # and "contact_before" to who was it before
    GroupActivity.HANDED_OVER: "handed_over_contact",  # and "handed_over" to the others
    GroupActivity.PAUSED: None,  # the page they did it on says it, or the call did
    GroupActivity.PAUSE_ENDED: None,  # they were told a week before: "break_ends"
    GroupActivity.STILL_ASKED: "time_in_use",
    GroupActivity.STILL_YES: None,
    GroupActivity.TROUBLE: None,
    GroupActivity.HOST_KEY_SHOWN: None,
    GroupActivity.FORGOTTEN: None,  # they were told at the hand-over
}
WITHOUT_LINK = ("contact_before", "handed_over")


def page_link(participant: Participant, *, now: datetime) -> Link | None:
    """A link to the page of the group that the person is the contact of: the one they have.

    It works for a year from now. None for who has to be rung.
    """
    if participant.channel == Channel.CALL:
        return None
    return repeat_link(
        participant,
        LinkPurpose.GROUP,
        expires_at=now + PAGE_LINK_LIFE,
        path=_path(participant),
        now=now,
    )


def new_page_link(participant: Participant, *, now: datetime) -> Link:
    """The same, made anew: an older one stops working."""
    return issue_link(
        participant,
        LinkPurpose.GROUP,
        expires_at=now + PAGE_LINK_LIFE,
        path=_path(participant),
        now=now,
    )


def _path(participant: Participant) -> str:
    with translation.override(participant.language):
        return reverse("groups:contact", args=["TOKEN"]).replace("TOKEN", "{token}")


def matter(group: SelfHelpGroup) -> str:
    """Who the contact is, and the way to the page: what is said last is what holds."""
    return f"contact:{group.pk}"


def matter_of_use(group: SelfHelpGroup) -> str:
    return f"use:{group.pk}"


def matter_of_break(group: SelfHelpGroup) -> str:
    return f"break:{group.pk}"


def new_contact(seat: Seat, *, by_staff: bool, now: datetime) -> Message:
    """Say that the person is the contact, what that is, and where the group's page is."""
    return _tell(seat, "contact", by_staff=by_staff, now=now)


def new_link(seat: Seat, *, now: datetime) -> Message:
    """Give the contact a new link to the group's page: the older one may be in strange hands."""
    if seat.registration.participant.channel != Channel.CALL:
        new_page_link(seat.registration.participant, now=now)
    return _tell(seat, "contact_link", by_staff=True, now=now)


def former_contact(seat: Seat, *, by_staff: bool, now: datetime) -> Message:
    """Say that somebody else is the contact now, and from when on we know nothing of the person."""
    return _tell(seat, "contact_before", by_staff=by_staff, now=now)


def handed_over(seat: Seat, *, now: datetime) -> Message:
    """Say that the group runs itself, and what the centre keeps."""
    is_contact = seat.group.contact_id == seat.pk
    kind = "handed_over_contact" if is_contact else "handed_over"
    return _tell(seat, kind, by_staff=True, now=now)


def time_in_use(seat: Seat, *, now: datetime) -> Message:
    """Ask whether the group still uses its time and room."""
    return _tell(seat, "time_in_use", now=now)


def break_ends(seat: Seat, *, now: datetime) -> Message:
    """Say that the break is over in a week."""
    return _tell(seat, "break_ends", now=now)


def say_again(seat: Seat, kind: str, *, now: datetime) -> Message:
    """The text ``kind`` as it is now."""
    return _tell(seat, kind, now=now)


def _tell(seat: Seat, kind: str, *, by_staff: bool = False, now: datetime) -> Message:
    participant, group = seat.registration.participant, seat.group
    matters = {
        "handed_over": f"kept:{seat.pk}",
        "time_in_use": matter_of_use(group),
        "break_ends": matter_of_break(group),
    }
    return tell(
        participant,
        kind,
        matter=matters.get(kind, matter(group)),
        link=None if kind in WITHOUT_LINK else page_link(participant, now=now),
        facts=about(seat, kind),
        by_staff=by_staff,
        now=now,
        seat=seat,
        group=group,
        slot=group.slot,
    )


def about(seat: Seat, kind: str) -> tuple[object, ...]:
    """What the text is made of."""
    group = seat.group
    facts = (group.contact_id == seat.pk, seat.is_member)
    if kind in ("contact_before", "handed_over", "handed_over_contact"):
        return (*facts, seat.known_until)
    if group.slot is None or kind in ("contact", "contact_link"):
        return facts
    when = (*facts, group.slot.weekday, group.slot.starts)
    return (*when, group.paused_until) if kind == "break_ends" else when
