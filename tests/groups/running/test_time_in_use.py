"""The half-yearly question: asked once, and silence costs nobody their room."""

from datetime import timedelta

import pytest

from groups.domain.running.contact_acts import still_used
from groups.domain.running.time_in_use import ask_all, due, unanswered
from groups.models import SelfHelpGroup
from groups.states import GroupState
from linkcenter.models import Message
from tests.groups.meeting_group import NOW, TODAY, running_group

HALF_A_YEAR = timedelta(days=183)
DAY = timedelta(days=1)
LATER = NOW + HALF_A_YEAR


@pytest.fixture
def group(centre):
    return running_group(centre)


def silent(day):
    return list(unanswered(SelfHelpGroup.objects.all(), day))


def test_group_is_asked_half_a_year_after_the_hand_over_and_only_once(group):
    asked = [ask_all(now=moment) for moment in (NOW, LATER - DAY, LATER, LATER + DAY)]

    message = Message.objects.get(kind="time_in_use")
    assert asked == [0, 0, 1, 0]
    assert message.recipient == group.contact.registration.participant
    assert "18.00" in message.text


def test_yes_is_kept_takes_the_question_back_and_is_asked_again_after_half_a_year(group):
    ask_all(now=LATER)

    still_used(group, contact=group.contact, now=LATER + DAY)

    assert silent(TODAY + HALF_A_YEAR + 30 * DAY) == []
    assert not Message.objects.untold().exists()
    assert ask_all(now=LATER + HALF_A_YEAR) == 0
    assert ask_all(now=LATER + DAY + HALF_A_YEAR) == 1


def test_no_answer_is_a_task_after_three_weeks_and_the_group_keeps_its_room(group):
    ask_all(now=LATER)
    asked_on = TODAY + HALF_A_YEAR

    assert silent(asked_on + 20 * DAY) == []
    assert silent(asked_on + 21 * DAY) == [group]
    group.refresh_from_db()
    assert (group.state, group.slot.given_up_on) == (GroupState.SELF_RUN, None)


def test_nobody_is_asked_in_a_break_or_without_a_contact(group):
    day = TODAY + HALF_A_YEAR
    SelfHelpGroup.objects.update(paused_from=day, paused_until=day + 40 * DAY)
    assert not due(day).exists()
    SelfHelpGroup.objects.update(paused_from=None, paused_until=None, contact=None)
    assert not due(day).exists()
