"""Every move of a seat has exactly one text, or is silent on purpose."""

import re
from datetime import date, time

import pytest
from django.conf import settings

from groups.domain.asking import answering, asking, reminding
from groups.domain.lifecycle import ending, settling
from groups.domain.meeting import moving
from groups.domain.running import newcomers
from groups.mail.seats import GROUP_IS_OVER, INTO_GROUP_THAT_MEETS, TEXTS, begun_again
from groups.states import SeatActivity
from linkcenter.models import Message, MessageState
from participants.models import Theme
from tests import recipes

FOLDER = settings.BASE_DIR / "templates" / "mail"
OF_THEIR_OWN = [*INTO_GROUP_THAT_MEETS.values(), *GROUP_IS_OVER.values()]
KINDS = sorted([*filter(None, TEXTS.values()), *OF_THEIR_OWN, "begun_again", "newcomer"])


def test_every_move_is_listed():
    assert set(TEXTS) == set(SeatActivity)


def test_no_two_moves_share_a_text():
    assert len(KINDS) == len(set(KINDS))


@pytest.mark.parametrize("kind", KINDS)
def test_text_has_a_subject_and_a_body(kind):
    subject = (FOLDER / f"{kind}.subject.txt").read_text()
    body = (FOLDER / f"{kind}.txt").read_text()

    assert len(subject.strip().splitlines()) == 1
    assert len(body) > len(subject)


def test_folder_holds_no_text_that_nobody_sends():
    kinds = {file.name.removesuffix(".subject.txt") for file in FOLDER.glob("*.subject.txt")}
    apps = ("linkcenter", "centres", "participants", "groups")
    sources = [file for app in apps for file in (settings.BASE_DIR / app).rglob("*.py")]
    senders = "".join(file.read_text() for file in sources)

    assert [kind for kind in sorted(kinds) if f'"{kind}"' not in senders] == []


@pytest.fixture
def themed(centre, now):
    """A forming group whose theme and name must not show in any subject."""
    theme = Theme.objects.create(slug="sorg", name="Sorg og tap")
    group = recipes.group(centre, min_size=2, max_size=5, theme=theme)
    for _place in range(4):
        recipes.seat(group)
    return group


def send_every_text(group, staff, now):
    asking.ask(group, actor=staff, now=now)
    Message.objects.update(state=MessageState.SENT, sent_at=now)
    first, second, third, fourth = group.seats.order_by("pk")
    reminding.remind(fourth, actor=staff, now=now)
    reminding.extend(group, answer_by=date(2026, 11, 20), actor=staff, now=now)
    answering.say_yes(first, actor=staff, now=now)
    answering.say_yes(second, actor=staff, now=now)
    answering.say_no(third, actor=staff, now=now)
    settling.settle(group, first_date=group.first_date, actor=staff, now=now)
    Message.objects.update(state=MessageState.SENT, sent_at=now)
    moving.move_group(
        group,
        venue=group.slot.venue,
        weekday=4,
        starts=time(10),
        from_date=group.first_date,
        actor=staff,
        now=now,
    )
    ending.let_go(group, actor=staff, now=now)
    late = recipes.group(group.centre, min_size=2)
    recipes.seat(late)
    asking.ask(late, actor=staff, now=now)
    asking.expire_unanswered(now=now.replace(month=12))
    take_somebody_in(group, now)


def take_somebody_in(group, now):
    """Another group of the theme meets, says yes to one and no to another, and ends."""
    meeting = recipes.group(group.centre, min_size=2, max_size=5, theme=group.theme, weeks=1)
    said_yes = {"state": "yes", "asked_at": now, "answer_by": now.date(), "answered_at": now}
    member, one, other = (
        recipes.seat(meeting, is_newcomer=bool(number), **said_yes) for number in range(3)
    )
    type(meeting).objects.filter(pk=meeting.pk).update(
        state="self_run", started_on=now.date(), handed_over_on=now.date(), contact=member
    )
    meeting.refresh_from_db()
    begun_again(member, now=now)
    for seat, answer in ((one, newcomers.take_in), (other, newcomers.turn_down)):
        seat.group = meeting
        newcomers.ask_group(seat, now=now)
        answer(seat, contact=member, now=now)
    ending.end(meeting, reason="finished", actor=None, now=now)


def test_subjects_tell_nothing(themed, staff, now):
    send_every_text(themed, staff, now)

    subjects = {message.kind: message.subject.lower() for message in Message.objects.all()}
    assert sorted(subjects) == KINDS
    for subject in subjects.values():
        assert not re.search(r"sorg|tap|group|gruppe|self-help|selvhjelp|d-\d", subject)


def test_texts_name_nobody_else(themed, staff, now):
    send_every_text(themed, staff, now)

    names = {
        seat.registration.participant.name: seat.registration.participant_id
        for seat in themed.seats.select_related("registration__participant")
    }
    for message in Message.objects.all():
        others = [n for n, pk in names.items() if n in message.text and pk != message.recipient_id]
        assert others == []
