"""Many lives of many groups: nobody is in two places, loses a date, or goes without the text."""

import pytest

from groups.states import GroupState
from tests.groups.life.holds import lived

pytestmark = [pytest.mark.prove, pytest.mark.django_db]

LIVES, MOVES = 60, 50
EVERY_ONE = {
    *("accept", "add_person", "add_and_ask", "remove_person", "ask", "say_yes", "say_no"),
    *("say_other_time", "remind", "extend", "settle", "choose_shown", "put_on", "take_off"),
    *("hold_start_meeting", "hand_over", "let_go", "end", "close", "lend", "take_back"),
    *("choose_contact", "send_page_link", "take_break", "call_off_break", "choose_newcomers"),
    *("take_in", "turn_down", "pass_on", "take_over", "begin_again", "join_again", "choose_time"),
    *("count_heads", "still_used", "report_trouble", "show_host_key", "mark_done", "forget"),
    *("report_meeting", "move_group", "end_group", "expire_unanswered", "end_breaks"),
}


@pytest.fixture(autouse=True)
def _ledger(settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "erasures.txt"


def test_every_path_of_many_lives_of_groups():
    reached = lived(LIVES, steps=MOVES, derandomize=False)

    print(f"\n{LIVES} lives: {dict(reached.most_common())}")  # noqa: T201  the figures
    assert EVERY_ONE | set(GroupState) <= set(reached)  # else little was proved
