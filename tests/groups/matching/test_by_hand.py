"""No list is worse off than when staff work through it themselves, first come first served."""

from functools import partial

import pytest

from bench.matching.instances import planted, waiting_list
from bench.matching.methods import by_hand
from groups.matching import QUICK, propose_groups

LISTS = {
    **{f"short {seed}": partial(waiting_list, 40, seed=seed, slots_each=6) for seed in range(6)},
    "one room": partial(waiting_list, 120, rooms=1, licences=0, open_groups=0),
    "few initiators": partial(waiting_list, 120, initiators=3),
    "flexible": partial(waiting_list, 100, flexible=True),
    "digital": partial(waiting_list, 120, digital=0.45, centres=4),
    "exactly five": partial(waiting_list, 120, min_size=5, max_size=5),
    "all can be placed": partial(planted, 120),
}


@pytest.mark.parametrize("name", LISTS)
def test_never_fewer_people_nor_fewer_days_for_as_many(name):
    case = LISTS[name]()

    score = propose_groups(case, effort=QUICK).score

    assert (score.placed, score.waiting_days) >= by_hand(case)
