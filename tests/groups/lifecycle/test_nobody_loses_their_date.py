"""Whatever happens to groups, in whatever order: the rules hold, and everybody keeps their date.

The moves and what holds after each of them stand in ``tests/groups/life``.
"""

import pytest

from groups.states import GroupState
from tests.groups.life.holds import lived

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ledger(settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "erasures.txt"


def test_nobody_loses_their_date():
    reached = lived(12, steps=10, derandomize=True)

    assert set(GroupState) <= set(reached)  # else little was proved
