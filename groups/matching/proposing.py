"""The way in: read the problem, have it solved, and check the answer before anybody sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from groups.matching.check import check
from groups.matching.index import Index
from groups.matching.model import Bound, Effort, Objective, Problem, Progress, Proposal
from groups.matching.search.starting import must_stay
from groups.matching.validation import validate

LONGEST_LIST = 20_000  # people; beyond that, region by region
STABILITIES = ("keep", "reoptimise")


def propose_groups(
    problem: Problem,
    *,
    objective: Objective | None = None,
    effort: Effort | None = None,
    stability: str = "keep",
    processes: int = 1,
    progress: Callable[[Progress], object] | None = None,
) -> Proposal:
    """The best groups found, with a reason for everybody who has no place.

    ``stability`` "keep" extends earlier proposals: a member moves only where that places somebody.
    "reoptimise" may let them go. Locked proposals and running groups stay in either case.

    ``processes`` share the work on a long list; the answer is the same for any number.

    ``progress`` is told how far the run has come, now and then and in the end. As soon as it
    answers ``False`` the run stops, and what is best so far becomes the proposal.

    Raises ``ProblemError`` when the input cannot be right.
    """
    if stability not in STABILITIES:
        raise ValueError(stability)
    # These need numpy and HiGHS, which a process that only shows proposals can do without.
    from groups.matching.regions import solve_by_region
    from groups.matching.solving import solve

    validate(problem)
    is_longest = len(problem.participants) > LONGEST_LIST and not problem.previous
    tell = _Teller(progress)
    proposal = (solve_by_region if is_longest else solve)(
        problem,
        objective=objective or Objective(),
        effort=effort or Effort(),
        stability=stability,
        processes=processes,
        tell=tell,
    )
    broken = check(problem, proposal)
    if broken and not any(group.locked for group in problem.previous):
        raise AssertionError(broken)
    tell("done", 1, 1, proposal.score.placed)
    return replace(proposal, violations=tuple(broken))


class _Teller:
    """Passes progress on, and remembers that it was asked to stop."""

    def __init__(self, progress: Callable[[Progress], object] | None) -> None:
        self.progress = progress
        self.stopped = False

    def __call__(self, stage: str, done: int, total: int, placed: int) -> bool:
        """Whether to go on."""
        if self.progress is not None:
            self.stopped |= self.progress(Progress(stage, done, total, placed)) is False
        return not self.stopped


def upper_bound(problem: Problem, *, rounds: int = 300) -> Bound:
    """A number of people that no proposal can exceed; see ``linear.relaxation``.

    Raises ``ProblemError`` when the input cannot be right.
    """
    from groups.matching.linear.relaxation import Relaxation

    validate(problem)
    base = must_stay(Index(problem, Objective()), 0.0)
    return Relaxation(base.index, base).improve(rounds, 0)[0]
