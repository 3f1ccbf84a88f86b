"""Whether the nights go well: each nightly job, and when it last ended."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linkcenter.jobs import last_successes
from linkcenter.models import JobRun
from linkcenter.personal_data import retention
from linkcenter.personal_data.register import register

LATE = timedelta(hours=26)  # a night without a run, and some time for a long one


NIGHTLY = {
    "centres.book_ahead": _("Books the weekly times a year ahead"),
    "groups.expire_unanswered": _("Frees places that nobody answered for"),
    "groups.remind": _("Reminds those who have not answered, once"),
    "groups.look_after": _("Asks groups if they use their time, and ends their breaks"),
    "groups.ask_who_waits": _("Asks who has waited long if they are still interested"),
    "groups.tell_numbers": _("Tells the numbers of a half-year that is over"),
    "groups.tell_failures": _("Tells staff what has not gone as it should"),
    "participants.remind": _("Reminds people once a year of what they have said yes to"),
    "linkcenter.unused_accounts": _("Warns of accounts that nobody uses, and closes them"),
    "linkcenter.retention": _("Deletes what has been kept long enough"),
}

# What the reports of the runs count, but for the rules of the register: those have titles.
COUNTED = {
    "asked whether they use their time": _("groups asked if they use their time"),
    "bookings": _("bookings"),
    "breaks over": _("breaks that are over"),
    "closed": _("accounts closed"),
    "half-years": _("half-years whose numbers are ready"),
    "marks of erasures": _("marks of erasures"),
    "newcomers": _("newcomers without an answer"),
    "newcomers told what is kept": _("newcomers told what is kept"),
    "people": _("people"),
    "questions": _("questions taken back"),
    "seats": _("places"),
    "told": _("colleagues told"),
    "told of the end of a break": _("groups told that a break ends"),
    "warned": _("accounts warned"),
}


@dataclass(frozen=True)
class Job:
    """A nightly job: what it does, when it last ended, and whether that is too long ago."""

    does: str | Promise
    finished_at: datetime | None
    is_late: bool


def jobs(*, now: datetime) -> Iterator[Job]:
    """The heartbeat of every nightly job, in one query."""
    last = last_successes()
    for job, does in NIGHTLY.items():
        finished_at = last.get(job)
        yield Job(does, finished_at, finished_at is None or now - finished_at > LATE)


def what_it_does(job: str) -> str:
    """A job by its name, in words; of a rule that ran alone, which one."""
    name, _colon, code = job.partition(": ")
    does = str(NIGHTLY.get(name, name))
    return f"{does}: {_titles().get(code, code)}" if code else does


def counts_of(run: JobRun) -> Iterator[tuple[str | Promise, int, bool]]:
    """What ``run`` did: each thing in words, how many, and whether they were held back instead."""
    words = _titles() if run.job.startswith(retention.JOB) else {}
    for name, number in run.counts.items():
        code = name.removesuffix(retention.HELD_BACK)
        if number:
            yield words.get(code) or COUNTED.get(code, code), number, code != name


def _titles() -> dict[str, str | Promise]:
    return {rule.code: rule.title or rule.code for rule in register.rules()}
