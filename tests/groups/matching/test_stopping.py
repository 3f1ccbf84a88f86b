"""Whoever watches a run is told how far it has come, and can stop it with what is best so far."""

import pytest

from bench.matching.instances import waiting_list
from groups.matching import AT_ONCE, check, propose_groups

CASE = waiting_list(150)


def test_stages_come_in_order_and_never_lose_anybody():
    told = []

    propose_groups(CASE, progress=told.append)

    stages = [one.stage for one in told]
    assert stages == ["first", *["search"] * (len(told) - 2), "done"]
    assert [one.placed for one in told] == sorted(one.placed for one in told)
    assert all(0 <= one.done <= one.total for one in told)


@pytest.mark.parametrize("stage", ["first", "search"])
def test_stopped_run_keeps_the_best_so_far(stage):
    told = []

    def stop_at(progress):
        told.append(progress)
        return progress.stage != stage

    proposal = propose_groups(CASE, progress=stop_at)

    assert check(CASE, proposal) == []
    assert proposal.score.placed >= max(one.placed for one in told)
    assert proposal.steps < propose_groups(CASE).steps


def test_quick_answer_searches_nothing():
    proposal = propose_groups(CASE, effort=AT_ONCE)

    assert proposal.steps == 0
    assert check(CASE, proposal) == []
