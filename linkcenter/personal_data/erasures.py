"""The ledger of erasures: so that a backup that is restored does not bring anybody back.

One line for each person: a day and a keyed digest, from which nobody can tell who it was. It stands
in a file of its own, outside the database and its backups, and is read again after a restore.
"""

import fcntl
import os
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils import timezone

from linkcenter.encryption import keyed_digest
from linkcenter.periods import years

KEEP = years(3)


def note(row: models.Model, *, made_at: datetime, now: datetime | None = None) -> None:
    """Write down that ``row`` is erased. It is on the disk when this returns.

    ``made_at`` tells it from another row that gets the same number after a restore.
    """
    day = timezone.localdate(now or timezone.now())
    line = f"{day} {mark(row, made_at=made_at)}\n".encode("ascii")
    with _ledger().open("a+b", buffering=0) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        end = file.seek(0, os.SEEK_END)
        file.seek(max(0, end - 1))
        if file.read() not in (b"", b"\n"):  # the power went in the middle of a line
            line = b"\n" + line
        try:
            while line:  # a full disk takes a part of it, and then nothing
                line = line[file.write(line) :]
            os.fsync(file.fileno())
        except OSError:
            file.truncate(end)
            raise


def marks() -> set[str]:
    """The marks of all who have been erased."""
    return {mark for _day, mark in _lines()}


def forget(*, now: datetime | None = None) -> int:
    """Drop lines older than three years, when no backup from before is left; returns how many."""
    oldest = timezone.localdate(now or timezone.now()) - KEEP
    path = _ledger()
    if not path.exists():
        return 0
    with path.open("r+", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        lines = file.readlines()
        kept = [line for line in lines if _is_whole(line) and _day(line) >= oldest]
        if kept == lines:  # nothing is written over for nothing: there is no second copy
            return 0
        file.seek(0)
        file.writelines(kept)
        file.truncate()
        file.flush()
        os.fsync(file.fileno())
    return len(lines) - len(kept)


def _lines() -> list[tuple[str, str]]:
    path = _ledger()
    if not path.exists():
        return []
    return [
        (line.split()[0], line.split()[1])
        for line in path.read_text("ascii").splitlines()
        if _is_whole(line)
    ]


def _is_whole(line: str) -> bool:
    return len(line.split()) == 2


def _day(line: str) -> date:
    return date.fromisoformat(line.split()[0])


def _ledger() -> Path:
    path = Path(settings.ERASURE_LEDGER)
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def mark(row: models.Model, *, made_at: datetime) -> str:
    """What the ledger holds of ``row``; ``made_at`` is when it first came."""
    return keyed_digest(f"erased:{row._meta.label_lower}:{row.pk}:{made_at.timestamp():.6f}")
