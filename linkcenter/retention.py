"""The nightly job that forgets: it goes through every rule of the register of personal data."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from linkcenter import erasures
from linkcenter.jobs import job_run
from linkcenter.personal_data import Rule, register

JOB = "linkcenter.retention"
FEW = 10  # that a run may always take
SHARE = 0.05  # of all that a rule may ever take


def run(*, brake: bool = True, now: datetime | None = None) -> dict[str, int]:
    """Everything whose time is up is forgotten; returns how many of what.

    Each row goes in a transaction of its own, so that a run that breaks off goes on where it was.
    A row that cannot be forgotten holds up no other; the first such error is raised at the end.
    A rule that would take more than ten people and more than one in twenty takes none: a wrong
    clock or a wrong rule shall not empty a centre. Its count then stands under "… held back".
    """
    now = now or timezone.now()
    errors: list[Exception] = []
    with job_run(JOB) as counts:
        for rule in register.rules():
            if brake and takes_too_many(rule, now=now):
                counts[f"{rule.code} held back"] = rule.due(now).count()
            else:
                counts[rule.code] = _follow(rule, now, errors)
        counts["marks of erasures"] = erasures.forget(now=now)
        if errors:
            raise errors[0]
    return counts


def takes_too_many(rule: Rule, *, now: datetime) -> bool:
    """Whether ``rule`` would take so much in one run that somebody has to look first."""
    if rule.all_rows is None:
        return False
    return rule.due(now).count() > max(FEW, SHARE * rule.all_rows().count())


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
    # Asked again: meanwhile somebody may have come back.
    row = rule.due(now).filter(pk=pk).first()
    if row is not None:
        rule.forget(row, now)
    return row is not None
