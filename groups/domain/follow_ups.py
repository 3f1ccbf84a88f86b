"""What a centre does for its groups once they are settled: planned, moved, taken over and done.

A follow-up that comes from the centre's plan stands on the day that the group's own dates give,
until staff set another day by hand. What was said is nowhere written down.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from centres.models import Centre, Slot
from groups.domain.errors import AlreadyDone, WrongMoment
from groups.domain.seats import lock
from groups.models import FollowUp, PlanStep, SelfHelpGroup
from groups.states import (
    STARTED_OR_TO_START,
    CountedIn,
    FollowUpKind,
    GroupActivity,
    GroupState,
    Trouble,
)
from linkcenter.models import User
from linkcenter.timeline import record

WEEK = timedelta(weeks=1)
BY_HAND = [kind for kind in FollowUpKind if kind != FollowUpKind.RING]


def plan_of(centre: Centre) -> list[PlanStep]:
    """The steps of the centre's plan. A centre without any gets the usual ones."""
    steps = list(centre.plan_steps.all())
    if steps:
        return steps
    PlanStep.objects.bulk_create(_usual_plan(centre), ignore_conflicts=True)
    return list(centre.plan_steps.all())


def _usual_plan(centre: Centre) -> list[PlanStep]:
    usual = [
        (FollowUpKind.START, 0, CountedIn.WEEKS),
        (FollowUpKind.VISIT, 3, CountedIn.OWN_MEETINGS),
        (FollowUpKind.TALK, centre.follow_up_weeks, CountedIn.WEEKS),
        (FollowUpKind.CONTACT_MEETING, 12, CountedIn.WEEKS),
    ]
    return [
        PlanStep(centre=centre, what=what, number=number, counted_in=counted_in)
        for what, number, counted_in in usual
    ]


@transaction.atomic
def replan(
    group: SelfHelpGroup, *, owner: User | None = None, now: datetime | None = None
) -> tuple[int, int]:
    """The group's open follow-ups stand on the days that plan and dates give now.

    A step that it has nothing for yet, and that is not past, is added, for ``owner`` to do. Days
    that staff have set stay. Returns how many moved and how many are new.
    """
    today = timezone.localdate(now)
    group = lock(group)
    if group.state not in (GroupState.SETTLED, GroupState.SELF_RUN):
        return 0, 0
    planned = {row.step_id: row for row in group.follow_ups.filter(step__isnull=False)}
    moved = new = 0
    for step in plan_of(group.centre):
        due = due_date(group, step)
        row = planned.get(step.pk)
        if due is None:
            continue
        if row is None and due >= today:
            group.follow_ups.create(step=step, what=step.what, due=due, owner=owner)
            new += 1
        elif row and row.done_on is None:
            day = row.due if row.due_by_hand else due
            if (row.what, row.due) != (step.what, day):
                row.what, row.due = step.what, day
                row.save(update_fields=["what", "due"])
                moved += 1
    return moved, new


def due_date(group: SelfHelpGroup, step: PlanStep) -> date | None:
    """The day of a step for the group; none before what it counts from has a day."""
    if step.counted_in == CountedIn.OWN_MEETINGS:
        return _own_meeting(group, step.number)
    start = group.started_on or group.first_date
    if start is None:
        return None
    day = start + step.number * WEEK
    if group.is_paused(day) and group.paused_until is not None:
        return group.paused_until
    return day


def _own_meeting(group: SelfHelpGroup, number: int) -> date | None:
    """The day of the group's n-th meeting on its own, with those left out that are not held."""
    last = group.handed_over_on
    if last is None or group.slot is None or number == 0:
        return last
    for day in _meetings(group.slot, after=last):
        if group.is_paused(day):
            continue
        last, number = day, number - 1
        if number == 0:
            break
    return last + number * WEEK  # the weeks that are not booked yet


def _meetings(slot: Slot, *, after: date) -> Iterator[date]:
    """The days on which the group meets, from the one after ``after`` on."""
    midnight = timezone.make_aware(datetime.combine(after + timedelta(days=1), time()))
    bookings = slot.bookings.taking_the_venue().exclude(held=False)
    spans = bookings.filter(span__startswith__gte=midnight).order_by("span").values_list("span")
    for (span,) in spans.iterator():
        yield timezone.localdate(span.lower)


def start_was_held(
    group: SelfHelpGroup, *, actor: User | None, now: datetime | None = None
) -> None:
    """Nobody has to see to the start meeting any more, and the weeks count from its day.

    The caller has locked the group.
    """
    starts = group.follow_ups.open().filter(what=FollowUpKind.START)
    starts.update(done_on=group.started_on, done_by=actor)
    replan(group, now=now)


def drop_open(group: SelfHelpGroup) -> None:
    """Nothing is left to do for a group that has ended. What was done stays."""
    group.follow_ups.open().delete()


@transaction.atomic
def ask_to_ring(group: SelfHelpGroup, *, about: Trouble, now: datetime | None = None) -> FollowUp:
    """The contact has said that something does not work, and is to be rung today.

    Said twice about the same, it is one thing to do.
    """
    group = lock(group)
    same = group.follow_ups.open().filter(what=FollowUpKind.RING, about=about).first()
    return same or group.follow_ups.create(
        what=FollowUpKind.RING, about=about, due=timezone.localdate(now)
    )


@transaction.atomic
def add(
    group: SelfHelpGroup, *, what: FollowUpKind, due: date, owner: User | None = None
) -> FollowUp:
    """Staff do something more for the group on a day. Raises ``WrongMoment`` if it has ended."""
    group = lock(group)
    if group.state == GroupState.ENDED:
        raise WrongMoment
    return group.follow_ups.create(what=what, due=due, due_by_hand=True, owner=owner)


@transaction.atomic
def mark_done(
    follow_up: FollowUp, *, on: date, actor: User | None, now: datetime | None = None
) -> None:
    """It was done on a day, by ``actor``. Raises ``AlreadyDone``."""
    follow_up = _lock(follow_up)
    follow_up.done_on = on
    follow_up.done_by = actor
    follow_up.save(update_fields=["done_on", "done_by"])
    record(follow_up.group, GroupActivity.FOLLOWED_UP, actor=actor, now=now)


@transaction.atomic
def take_over(follow_up: FollowUp, *, by: User) -> None:
    """``by`` does it, whoever was to. Raises ``AlreadyDone``."""
    follow_up = _lock(follow_up)
    follow_up.owner = by
    follow_up.save(update_fields=["owner"])


@transaction.atomic
def set_day(follow_up: FollowUp, *, due: date) -> None:
    """Another day, which stays when the group's dates move. Raises ``AlreadyDone``."""
    follow_up = _lock(follow_up)
    follow_up.due = due
    follow_up.due_by_hand = True
    follow_up.save(update_fields=["due", "due_by_hand"])


@transaction.atomic
def take_away(follow_up: FollowUp) -> None:
    """What staff have added is not to be done after all. Raises ``AlreadyDone``, or
    ``WrongMoment`` for what comes from the plan or from the contact.
    """
    follow_up = _lock(follow_up)
    if follow_up.step_id is not None or follow_up.what == FollowUpKind.RING:
        raise WrongMoment
    follow_up.delete()


def _lock(follow_up: FollowUp) -> FollowUp:
    rows = FollowUp.objects.select_for_update(of=("self",)).select_related("group")
    locked = rows.filter(pk=follow_up.pk, done_on__isnull=True).first()
    if locked is None:
        raise AlreadyDone
    return locked


def change_plan(centre: Centre, *, now: datetime | None = None) -> tuple[int, int]:
    """The plan of the centre is another: all its groups follow it. Returns as ``replan`` does."""
    groups = SelfHelpGroup.objects.filter(STARTED_OR_TO_START, centre=centre).order_by("pk")
    counts = [replan(group, now=now) for group in groups]
    return sum(moved for moved, _new in counts), sum(new for _moved, new in counts)


@transaction.atomic
def remove_step(step: PlanStep) -> int:
    """The step is out of the plan, and what is still to be done of it is gone: how many."""
    gone, _rows = step.follow_ups.open().delete()
    step.delete()
    return gone
