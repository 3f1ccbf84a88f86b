"""Whether the nights go well: each nightly job, and when it last ended."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linkcenter.jobs import last_successes

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
