"""The nightly job that forgets: it goes through every rule of the register of personal data."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from linkcenter.jobs import job_run
from linkcenter.models import JobRun, User
from linkcenter.personal_data import erasures
from linkcenter.personal_data.register import Rule, register

JOB = "linkcenter.retention"
LET_GO_JOB = "linkcenter.let_go"
FEW = 10  # that a run may always take
SHARE = 0.05  # of all that a rule may ever take
HELD_BACK = " held back"


def run(*, brake: bool = True, now: datetime | None = None) -> dict[str, int]:
    """Everything whose time is up is forgotten; returns how many of what.

    Each row goes in a transaction of its own, so that a run that breaks off goes on where it was.
    A row that cannot be forgotten holds up no other; the first such error is raised at the end.
    A rule about people takes none the first time, and none when it would take more than ten and
    more than one in twenty: a wrong clock or a wrong rule shall not empty a centre. Its count then
    stands under "… held back", until somebody has looked and lets it go.
    """
    now = now or timezone.now()
    errors: list[Exception] = []
    with job_run(JOB) as counts:
        for rule in register.rules():
            if not is_held_back(rule, now=now):
                counts[rule.code] = _follow(rule, now, errors)
            elif brake:
                counts[rule.code + HELD_BACK] = rule.due(now).count()
            else:  # who runs the command without the brake has looked
                with job_run(job_of(rule)):
                    counts[rule.code] = _follow(rule, now, errors)
        counts["marks of erasures"] = erasures.forget(now=now)
        if errors:
            raise errors[0]
    return counts


def is_held_back(rule: Rule, *, now: datetime) -> bool:
    """Whether somebody has to look first: ``rule`` has never run, or would take so much at once."""
    if rule.all_rows is None or not (count := rule.due(now).count()):
        return False
    return not has_run(rule) or count > max(FEW, SHARE * rule.all_rows().count())


def has_run(rule: Rule) -> bool:
    """Whether somebody has let ``rule`` go before, and it did to the end."""
    return JobRun.objects.filter(job=job_of(rule), finished_at__isnull=False).exists()


def job_of(rule: Rule) -> str:
    """The name of a run of this rule alone, which somebody has let go."""
    return f"{JOB}: {rule.code}"


class MoreThanSeen(Exception):
    """Since somebody looked, more have come whose time is up."""


def let_go(rule: Rule, *, by: User | None, most: int, now: datetime | None = None) -> int:
    """The rule is followed once, though it was held back; returns how many it took.

    ``by`` has looked and saw ``most`` rows. Raises ``MoreThanSeen`` if it would take more.
    """
    now = now or timezone.now()
    if rule.due(now).count() > most:
        raise MoreThanSeen
    errors: list[Exception] = []
    with job_run(job_of(rule), by=by) as counts:
        counts[rule.code] = _follow(rule, now, errors)
        if errors:
            raise errors[0]
    return counts[rule.code]


def held_back() -> dict[str, int]:
    """The rules that the last run held back and nobody has let go since, with their counts."""
    last = JobRun.objects.filter(job=JOB, finished_at__isnull=False).order_by("-started_at").first()
    if last is None:
        return {}
    codes = {
        name.removesuffix(HELD_BACK): count
        for name, count in last.counts.items()
        if name.endswith(HELD_BACK)
    }
    if not codes:
        return codes
    since = JobRun.objects.filter(job__startswith=f"{JOB}: ", started_at__gte=last.started_at)
    for job in since.values_list("job", flat=True):
        codes.pop(job.removeprefix(f"{JOB}: "), None)
    return codes


def _follow(rule: Rule, now: datetime, errors: list[Exception]) -> int:
    forgotten = 0
    for pk in list(rule.due(now).values_list("pk", flat=True)):
        try:
            forgotten += _forget(rule, pk, now)
        except Exception as error:  # noqa: BLE001  # it is raised when the others have had their turn
            errors.append(error)
    return forgotten


@transaction.atomic
def _forget(rule: Rule, pk: Any, now: datetime) -> bool:
    # Held, and asked again: meanwhile somebody may have come back.
    model: Any = rule.due(now).model
    hold = register.holders.get(model)
    if hold is None:
        # The whole row: a key that is a pair has no column "pk" to ask for.
        list(model._base_manager.select_for_update(of=("self",)).filter(pk=pk))
    else:
        hold(pk)
    row = rule.due(now).filter(pk=pk).first()
    if row is not None:
        rule.forget(row, now)
    return row is not None
