"""What people are told when their seat moves: one text for each move, or silence on purpose."""

from datetime import datetime, timedelta

from django.utils import timezone

from groups.mail.links import link_to
from groups.models import Seat
from groups.states import GroupState, SeatActivity, SeatState
from linkcenter.messages.outbox import Link
from linkcenter.models import Channel, Message
from participants.domain.person.links import FIRST_LINK_LIFE, entry_link, issue_link, repeat_link
from participants.mail import tell
from participants.states import LinkPurpose

SHARE_LINK_LIFE = timedelta(weeks=26)  # from the first meeting; it is closed at the hand-over


# Each move of a seat, and the text that tells of it. None: silent on purpose.
TEXTS: dict[SeatActivity, str | None] = {
    SeatActivity.PROPOSED: None,  # nobody is asked before staff have looked at the group
    SeatActivity.ASKED: "asked",
    SeatActivity.YES: None,  # the page they said yes on says it, or the call did
    SeatActivity.NO: None,
    SeatActivity.OTHER_TIME: None,
    SeatActivity.EXPIRED: "expired",
    SeatActivity.RELEASED: "released",
    SeatActivity.LET_GO: "let_go",
    SeatActivity.PLACED: "settled",
    SeatActivity.LEFT: None,  # they left, or their group ended together
    SeatActivity.GROUP_NO: "group_no",
    SeatActivity.REMINDED: "reminder",
    SeatActivity.EXTENDED: "extended",
    SeatActivity.MOVED: "moved_meeting",
    SeatActivity.SHARED: None,  # the page they chose it on says it
}


# The same moves, where a text of its own tells of them.
INTO_GROUP_THAT_MEETS = {SeatActivity.PLACED: "joined"}


GROUP_IS_OVER = {SeatActivity.LEFT: "ended"}


def text_of(seat: Seat, move: SeatActivity) -> str | None:
    """The kind of text that tells of the move of this very seat."""
    if seat.is_newcomer and move in INTO_GROUP_THAT_MEETS:
        return INTO_GROUP_THAT_MEETS[move]
    if seat.group.state == GroupState.ENDED and move in GROUP_IS_OVER:
        return GROUP_IS_OVER[move]
    return TEXTS[move]


# These tell time and place, to everybody or on the telephone.
TELL_OF_MEETING = (
    SeatActivity.ASKED,
    SeatActivity.REMINDED,
    SeatActivity.PLACED,
    SeatActivity.MOVED,
)


def matter(seat: Seat) -> str:
    """One matter for a seat's whole life: a newer text replaces an unsent older one."""
    return f"seat:{seat.pk}"


def is_to_hear_of_place(seat: Seat) -> bool:
    """Whether the person has a place, and has not been told so yet."""
    kinds = [TEXTS[SeatActivity.PLACED], INTO_GROUP_THAT_MEETS[SeatActivity.PLACED]]
    return Message.objects.untold().filter(matter=matter(seat), kind__in=kinds).exists()


def tell_of(seat: Seat, move: SeatActivity, *, now: datetime) -> Message | None:
    """Put the move's one text in the outbox; None where the move is silent.

    The link in it is the one to answer by, to choose by what the others see, or to their own page.
    """
    kind = text_of(seat, move)
    if kind is None:
        return None
    participant = seat.registration.participant
    return tell(
        participant,
        kind,
        matter=matter(seat),
        link=_link_of(seat, move, now=now),
        facts=about_seat(seat, move),
        by_staff=True,
        now=now,
        seat=seat,
        group=seat.group,
        slot=seat.group.slot,
    )


def begun_again(seat: Seat, *, now: datetime) -> Message:
    """Say that the person is in the group that follows, once its time and place are set."""
    participant = seat.registration.participant
    return tell(
        participant,
        "begun_again",
        matter=matter(seat),
        link=entry_link(participant, life=FIRST_LINK_LIFE, now=now),
        is_rationed=True,
        facts=about_seat(seat, SeatActivity.YES),
        now=now,
        seat=seat,
        group=seat.group,
    )


def about_seat(seat: Seat, move: SeatActivity) -> tuple[object, ...]:
    """What the move's text is made of: time and place, too, where it tells them."""
    facts: tuple[object, ...] = (seat.state, seat.answer_by)
    slot = seat.group.slot
    if slot is None or move not in TELL_OF_MEETING:
        return facts
    group = seat.group
    if move is SeatActivity.ASKED and seat.registration.participant.channel == Channel.CALL:
        sizes = (group.min_size, group.max_size)
        facts = (*facts, group.kind, group.role, group.gender, group.language, *sizes)
    return (*facts, group.first_date, group.format, slot.weekday, slot.starts, slot.venue_id)


def _link_of(seat: Seat, move: SeatActivity, *, now: datetime) -> Link | None:
    """A call has none, since staff hear the answer themselves; a text message, where it is short.

    Whoever is rung has one to choose by what the others see, all the same: on their own page.
    """
    person = seat.registration.participant
    if move is SeatActivity.PLACED:
        until = max(seat.group.first_date or timezone.localdate(now), timezone.localdate(now))
        until += SHARE_LINK_LIFE
        return link_to(person, LinkPurpose.SHARE, "groups:share", until=until, now=now)
    if seat.state == SeatState.ASKED:
        return None if person.channel == Channel.CALL else _answer_link(seat, move, now=now)
    if person.channel in (Channel.EMAIL, Channel.LETTER):
        return entry_link(person, life=FIRST_LINK_LIFE, now=now)
    return None


def _answer_link(seat: Seat, move: SeatActivity, *, now: datetime) -> Link:
    """The link that they have works on, when they are reminded or get more time."""
    give = issue_link if move is SeatActivity.ASKED else repeat_link
    until = seat.answer_by or timezone.localdate(now)
    person = seat.registration.participant
    return link_to(person, LinkPurpose.ANSWER, "groups:answer", until=until, give=give, now=now)
