"""A run of the matcher: asked for, carried out by the worker, and its proposals in use or not.

The run and the job that carries it out are written together. A job that was killed is taken up
again, and given up after a few times: no run waits for ever.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from procrastinate.contrib.django import app as jobs

from centres.models import Centre
from groups import matching
from groups.domain.errors import AlreadyUnderWay, WrongMoment
from groups.match_input import build_problem
from groups.models import MatchRun
from groups.states import UNDER_WAY, RunFailure, RunState, Start, WaitWeight
from linkcenter.database.constraints import broken_by
from linkcenter.models import User
from participants.models import Participant

JOB = "groups.match"
MOST_TRIES = 3
PARTS = 20  # how often, at most, a run says how far it has come

WEIGHTS = {WaitWeight.LITTLE: 0.25, WaitWeight.SOME: 1.0, WaitWeight.MUCH: 4.0}
STABILITY = {Start.KEEP: "keep", Start.OVER: "reoptimise"}

Listener = Callable[[matching.Progress], object]


@transaction.atomic
def ask_for_proposals(
    centres: Sequence[Centre],
    *,
    actor: User | None,
    start: str = Start.KEEP,
    wait_weight: str = WaitWeight.SOME,
    now: datetime | None = None,
) -> MatchRun:
    """A run for the centres is queued; if one is under way, that is the run.

    All runs share the pool of people who may be lent to digital groups, so they go one by one.
    """
    try:
        run = _new_run(centres, actor=actor, start=start, wait_weight=wait_weight, now=now)
    except AlreadyUnderWay:
        return MatchRun.objects.get(UNDER_WAY, centre_ids=_ids(centres))
    jobs.configure_task(JOB, lock=JOB).defer(run_id=run.pk)
    return run


def propose(
    centres: Sequence[Centre],
    *,
    actor: User | None,
    start: str = Start.KEEP,
    wait_weight: str = WaitWeight.SOME,
    effort: matching.Effort | None = None,
    listener: Listener | None = None,
    now: datetime | None = None,
) -> MatchRun:
    """The same, done here and now. Raises ``AlreadyUnderWay``."""
    run = _new_run(centres, actor=actor, start=start, wait_weight=wait_weight, now=now)
    carry_out(run.pk, effort=effort, listener=listener)
    run.refresh_from_db()
    return run


def _new_run(
    centres: Sequence[Centre],
    *,
    actor: User | None,
    start: str,
    wait_weight: str,
    now: datetime | None,
) -> MatchRun:
    try:
        with transaction.atomic():
            return MatchRun.objects.create(
                centre=centres[0],
                centre_ids=_ids(centres),
                start=start,
                wait_weight=wait_weight,
                run_at=now or timezone.now(),
                run_by=actor,
            )
    except IntegrityError as error:
        if broken_by(error) == "match_run_one_under_way":
            raise AlreadyUnderWay from None
        raise


def _ids(centres: Sequence[Centre]) -> list[int]:
    return sorted(centre.pk for centre in centres)


def centres_of_run(run: MatchRun) -> list[Centre]:
    """The centres that the run is for, in the order of their keys."""
    return list(Centre.objects.filter(pk__in=run.centre_ids).order_by("pk"))


def carry_out(
    run_id: int, *, effort: matching.Effort | None = None, listener: Listener | None = None
) -> None:
    """Propose groups for the run: a first answer at once, and then the best that is found.

    Nothing is done for a run that is finished or gone. Whatever else goes wrong, the run says so.
    """
    run = _take_up(run_id)
    if run is None:
        return
    try:
        _solve(run, effort, listener)
    except matching.ProblemError:
        _fail(run, RunFailure.FAULTY)
        raise
    except Exception:
        _fail(run, RunFailure.ERROR)
        raise


@transaction.atomic
def _take_up(run_id: int) -> MatchRun | None:
    run = MatchRun.objects.select_for_update().filter(UNDER_WAY, pk=run_id).first()
    if run is None:
        return None
    if run.tries >= MOST_TRIES:
        _fail(run, RunFailure.BROKE_OFF)
        return None
    run.tries += 1
    run.state = RunState.RUNNING
    run.done_steps = run.all_steps = 0
    run.save(update_fields=["tries", "state", "done_steps", "all_steps"])
    return run


def _fail(run: MatchRun, why: RunFailure) -> None:
    MatchRun.objects.filter(UNDER_WAY, pk=run.pk).update(
        state=RunState.FAILED,
        failure=why,
        finished_at=timezone.now(),
        problem=None,  # may hold somebody who was erased meanwhile
        result=None,
    )


def _solve(run: MatchRun, effort: matching.Effort | None, listener: Listener | None) -> None:
    problem = build_problem(centres_of_run(run), today=timezone.localdate(run.run_at))
    problem = replace(problem, previous=tuple(_still_proposed(run, problem)))
    aim = matching.Objective(waiting_weight=WEIGHTS[WaitWeight(run.wait_weight)])
    stability = STABILITY[Start(run.start)]
    first = matching.propose_groups(
        problem, objective=aim, effort=matching.QUICK, stability=stability
    )
    _update(run, problem=matching.problem_to_dict(problem), result=matching.proposal_to_dict(first))
    best = matching.propose_groups(
        problem,
        objective=aim,
        effort=effort,
        stability=stability,
        progress=_Told(run, listener),
    )
    if _somebody_is_gone(problem):
        _solve(run, effort, listener)
        return
    _update(
        run,
        state=RunState.DONE,
        result=matching.proposal_to_dict(best),
        finished_at=timezone.now(),
        in_use=run.start == Start.KEEP or moved(best) == 0,
    )


def _update(run: MatchRun, **columns: object) -> bool:
    """Write about the run; False if it is gone, since somebody in it was erased."""
    return bool(MatchRun.objects.filter(pk=run.pk, state=RunState.RUNNING).update(**columns))


class _Told:
    """Hears how far a run has come, and writes it down now and then. A run that is gone stops."""

    def __init__(self, run: MatchRun, listener: Listener | None) -> None:
        self.run = run
        self.listener = listener
        self.part = -1

    def __call__(self, progress: matching.Progress) -> bool:
        wanted = self.listener is None or self.listener(progress) is not False
        part = PARTS * progress.done // max(1, progress.total)
        if part == self.part:
            return wanted
        self.part = part
        told = _update(self.run, done_steps=progress.done, all_steps=progress.total)
        return told and wanted


def _somebody_is_gone(problem: matching.Problem) -> bool:
    """Whether somebody was erased while the run went on: nothing of them may be kept."""
    ids: set[Any] = {Participant.pk_of(person.id) for person in problem.participants}
    return Participant.objects.filter(pk__in=ids).count() < len(ids)


def moved(proposal: matching.Proposal) -> int:
    """How many who were in an earlier proposal are not in that group any more."""
    return proposal.score.previous_members - proposal.score.kept_members


def run_in_use(centre_ids: Sequence[int]) -> MatchRun | None:
    """The newest run for exactly these centres from which staff go on."""
    runs = MatchRun.objects.filter(centre_ids=sorted(centre_ids), in_use=True)
    return runs.order_by("-run_at", "-pk").first()


def _still_proposed(run: MatchRun, problem: matching.Problem) -> Iterator[matching.Group]:
    """What the run before proposed for the same centres to people who still wait."""
    before = run_in_use(run.centre_ids)
    if before is None:
        return
    waiting = {person.id for person in problem.participants}
    for number, group in still_open(before):
        members = tuple(member for member in group.members if member in waiting)
        if members:
            yield replace(group, members=members, previous=f"{before.pk}-{number}", locked=False)


def still_open(run: MatchRun) -> list[tuple[int, matching.Group]]:
    """The run's proposals with their numbers, but for those that have become groups."""
    accepted = set(run.groups.values_list("proposal_number", flat=True))
    groups = matching.proposal_from_dict(run.result or {}).groups
    return [(number, group) for number, group in enumerate(groups) if number not in accepted]


@transaction.atomic
def use(run: MatchRun) -> None:
    """Staff go on from these proposals, though people move. Raises ``WrongMoment``."""
    done = MatchRun.objects.filter(pk=run.pk, state=RunState.DONE, in_use=False)
    newer = MatchRun.objects.filter(centre_ids=run.centre_ids, in_use=True, run_at__gt=run.run_at)
    if newer.exists() or not done.update(in_use=True):
        raise WrongMoment
    run.in_use = True
