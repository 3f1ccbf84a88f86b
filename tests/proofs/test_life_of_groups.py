"""Many lives of many groups: nobody is in two places, loses a date, or goes without the text."""

import pytest

from groups.states import GroupState
from tests.groups.life.holds import lived

pytestmark = [pytest.mark.prove, pytest.mark.django_db]

LIVES, MOVES = 16, 40
AT_LEAST = {"ask", "settle", "hand_over", "begin_again"} | set(GroupState)


@pytest.fixture(autouse=True)
def _ledger(settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "erasures.txt"


def test_every_path_of_many_lives_of_groups():
    reached = lived(LIVES, steps=MOVES, derandomize=True)

    print(f"\n{LIVES} lives: {dict(reached.most_common())}")  # noqa: T201  the figures
    assert set(reached) >= AT_LEAST  # else little was proved
