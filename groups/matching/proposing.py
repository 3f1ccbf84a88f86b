"""Propose groups: read the problem, search, finish, explain, and check before anybody sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from .check import check
from .explain import explanations
from .finish import assemble, score
from .index import Index
from .model import Bound, Effort, Group, Objective, Problem, Progress, Proposal
from .search import Search
from .state import State, Table
from .validation import validate

LONG_LIST = 1500
LONGEST_LIST = 20_000  # beyond that, region by region
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
    objective, effort = objective or Objective(), effort or Effort()
    # These need numpy and HiGHS, which a process that only shows proposals can do without.
    from .joint import improve, placed_in
    from .members import choose_members
    from .regions import propose_by_region
    from .windows import improve_in_windows

    validate(problem)
    tell = _Teller(progress)
    if len(problem.participants) > LONGEST_LIST and not problem.previous:
        proposal = propose_by_region(
            problem,
            objective=objective,
            effort=effort,
            stability=stability,
            processes=processes,
            tell=tell,
        )
        broken = check(problem, proposal)
        if broken:
            raise AssertionError(broken)
        tell("done", 1, 1, proposal.score.placed)
        return proposal
    index = Index(problem, objective)
    search = Search(index, effort)
    base = _must_stay(index, objective.move_cost)
    earlier = {str(group.previous): group for group in problem.previous}
    promised = 0
    for group in problem.previous:
        promised |= _present(index, group)
    state = base.copy()
    for name in sorted(earlier):
        if not earlier[name].locked:
            _seat_earlier(search, state, name, earlier[name], promised)
    search.extend(state)
    tell("first", 0, 1, placed_in(state))
    keep = stability == "keep" and any(not group.locked for group in problem.previous)
    if len(index.people) > LONG_LIST:
        bound, steps = improve_in_windows(
            base, state, objective, effort, keep=keep, processes=processes, tell=tell
        )
        search.extend(state)
    else:
        bound = improve(base, state, search, effort, keep=keep, go_on=tell.searching)
        steps = search.steps
    choose_members(index, state, earlier, keep=stability == "keep")
    groups, joins = assemble(index, state, earlier)
    bare = Proposal(groups, joins, (), score(index, groups, joins), bound, steps)
    listed = replace(bare, unplaced=tuple(explanations(index, bare)))
    broken = check(problem, listed)
    if broken and not any(group.locked for group in problem.previous):
        raise AssertionError(broken)
    tell("done", 1, 1, bare.score.placed)
    return replace(listed, violations=tuple(broken))


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

    def searching(self, done: int, total: int, placed: int) -> bool:
        """As a call, in the stage that takes most of the time."""
        return self("search", done, total, placed)


def upper_bound(problem: Problem, *, rounds: int = 300) -> Bound:
    """A number of people that no proposal can exceed; see ``relaxation``.

    Raises ``ProblemError`` when the input cannot be right.
    """
    from .relaxation import Relaxation

    validate(problem)
    base = _must_stay(Index(problem, Objective()), 0.0)
    return Relaxation(base.index, base).improve(rounds, 0)[0]


def _must_stay(index: Index, move_cost: float) -> State:
    """Running groups, and what staff have accepted."""
    base = State(index, move_cost)
    for running in sorted(index.problem.open_groups, key=lambda group: group.id):
        fit = index.welcome(running)
        base.place(Table(fit, 0, running.vacancies, fixed=True, group=running.id), -1)
    for group in sorted(index.problem.previous, key=lambda group: str(group.previous)):
        if group.locked:
            _seat_locked(index, base, str(group.previous), group)
    return base


def _seat_locked(index: Index, state: State, name: str, earlier: Group) -> None:
    """Keep what staff accepted, whether or not it is still possible."""
    rules = index.problem.rules
    cell = index.cell_number[earlier.key.centre, earlier.key.slot]
    stays = _present(index, earlier) & state.free
    venue = next((n for n, venue in enumerate(index.venues) if venue.id == earlier.venue), -1)
    leader = next((n for n, one in enumerate(index.initiators) if one.id == earlier.initiator), -1)
    able, size = 0, 0
    if venue >= 0:
        able = index.able(index.venues[venue].features)
        size = min(rules.max_size, index.venues[venue].capacity)
        if not state.open_venues[cell] >> venue & 1:
            venue = -1
    table = Table(
        fit=index.accepting(earlier.key) & able,
        low=0,
        cap=max(size, stays.bit_count()),
        cell=cell,
        language=earlier.key.language,
        venue=venue,
        fixed=True,
        group=name,
        stays=stays,
    )
    state.seat(state.place(table, leader), stays)


def _seat_earlier(search: Search, state: State, name: str, earlier: Group, promised: int) -> None:
    """Start from an earlier proposal, as far as its people, venue and initiator are still there.

    A group that has become too small takes in people whom no earlier proposal promised a place.
    """
    index, key = search.index, earlier.key
    if not index.knows(key):
        return
    cell = index.cell_number[key.centre, key.slot]
    here = {
        index.venues[host.venue].id: host
        for host in index.hosts[cell]
        if state.open_venues[cell] >> host.venue & 1
    }
    fit = index.accepting(key)
    present = _present(index, earlier) & fit & state.free
    host = here.get(earlier.venue) or search.moves.best_host(state, cell, present)
    if host is None:
        return
    fit &= host.able
    low = index.problem.rules.min_size
    members = search.moves.choose(present & fit, 0, host.size, 0.0)
    if members.bit_count() < low:
        others = fit & state.free & ~promised
        missing = low - members.bit_count()
        members |= search.moves.choose(others & ~members, members, missing, 0.0)
    if members.bit_count() < low:
        return
    leader = state.leader_for(cell, key.language, earlier.initiator)
    if leader is None:
        return
    table = Table(
        fit=fit,
        low=low,
        cap=host.size,
        cell=cell,
        language=key.language,
        venue=host.venue,
        group=name,
        liked=_present(index, earlier),
    )
    state.seat(state.place(table, leader), members)


def _present(index: Index, earlier: Group) -> int:
    """The members of an earlier proposal who still wait."""
    return index.mask_of(earlier.members)
