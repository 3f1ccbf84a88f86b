"""What people are told when their seat moves: one text for each move, or silence on purpose."""

from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone, translation

from groups.models import Question, Seat
from groups.states import SeatActivity
from linkcenter.models import Channel, Message
from linkcenter.outbox import Link
from participants.domain.links import issue_link
from participants.domain.own_page import FIRST_LINK_LIFE, entry_link
from participants.mail import tell
from participants.models import Participant
from participants.states import LinkPurpose

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
    SeatActivity.GROUP_NO: None,
    SeatActivity.REMINDED: None,
    SeatActivity.EXTENDED: None,
    SeatActivity.SHARED: None,  # the page they chose it on says it
}


def matter(seat: Seat) -> str:
    """One matter for a seat's whole life: a newer text replaces an unsent older one."""
    return f"seat:{seat.pk}"


def tell_of(seat: Seat, move: SeatActivity, *, now: datetime) -> Message | None:
    """Put the move's one text in the outbox; None where the move is silent.

    An e-mail or a text message carries the link to answer by; a call does not, since staff hear
    the answer themselves.
    """
    kind = TEXTS[move]
    if kind is None:
        return None
    participant = seat.registration.participant
    link = None
    if move is SeatActivity.ASKED and participant.channel != Channel.CALL:
        link = _answer_link(seat, now=now)
    elif move is not SeatActivity.ASKED and participant.channel in (Channel.EMAIL, Channel.LETTER):
        link = entry_link(participant, life=FIRST_LINK_LIFE, now=now)
    return tell(
        participant,
        kind,
        matter=matter(seat),
        link=link,
        facts=about_seat(seat, move),
        by_staff=True,
        now=now,
        seat=seat,
        group=seat.group,
        slot=seat.group.slot,
    )


def about_seat(seat: Seat, move: SeatActivity) -> tuple[object, ...]:
    """What the move's text is made of: time and place, too, where it tells them."""
    facts = (seat.state, seat.answer_by)
    slot = seat.group.slot
    if slot is None or move not in (SeatActivity.ASKED, SeatActivity.PLACED):
        return facts
    group = seat.group
    return (*facts, group.first_date, group.format, slot.weekday, slot.starts, slot.venue_id)


def _answer_link(seat: Seat, *, now: datetime) -> Link:
    answer_by = seat.answer_by or timezone.localdate(now)
    person = seat.registration.participant
    return _link(person, LinkPurpose.ANSWER, "groups:answer", until=answer_by, now=now)


def matter_of_question(question: Question) -> str:
    return f"question:{question.pk}"


def ask(question: Question, *, now: datetime) -> Message:
    """Put the question in the outbox: a link to a page with two buttons, or words to say."""
    participant = question.registration.participant
    link = None
    if participant.channel != Channel.CALL:
        link = _link(
            participant,
            LinkPurpose.QUESTION,
            "groups:question",
            until=question.answer_by,
            now=now,
        )
    return tell(
        participant,
        "question",
        matter=matter_of_question(question),
        link=link,
        now=now,
        question=question,
    )


def _link(
    participant: Participant, purpose: LinkPurpose, page: str, *, until: date, now: datetime
) -> Link:
    """A link to ``page``, in the person's own language, that works through the day ``until``."""
    with translation.override(participant.language):
        path = reverse(page, args=["TOKEN"]).replace("TOKEN", "{token}")
    midnight = timezone.make_aware(datetime.combine(until + timedelta(days=1), time()))
    return issue_link(participant, purpose, expires_at=midnight, path=path, now=now)
