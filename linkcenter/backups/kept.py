"""The backups that are kept in a folder, each named after the moment it was made."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.utils import timezone

ENDING = ".link-backup"
PART = ".part"  # not read again yet, or broken off
MOMENT = "%Y-%m-%dT%H%M%S.%f"
LEFT_BEHIND = timedelta(days=1)  # no backup takes as long


def name(made_at: datetime) -> str:
    return f"{made_at.astimezone(UTC):{MOMENT}}Z"


def last_success(folder: Path) -> datetime | None:
    """When the newest backup was begun that was read again to its end; None if there is none."""
    return max(_by_moment(folder), default=None)


def newest(folder: Path) -> Path | None:
    found = _by_moment(folder)
    return found[max(found)] if found else None


def drop_old(folder: Path, *, keep: timedelta) -> int:
    """Delete backups older than ``keep``, but never the newest; returns how many.

    What a backup left behind that was killed goes as well.
    """
    now = timezone.now()
    found = _by_moment(folder)
    old = [moment for moment in sorted(found)[:-1] if moment < now - keep]
    for moment in old:
        found[moment].unlink(missing_ok=True)  # another backup may end just now
    for moment, part in _by_moment(folder, PART).items():
        if moment < now - LEFT_BEHIND:
            part.unlink(missing_ok=True)
    return len(old)


def _by_moment(folder: Path, ending: str = ENDING) -> dict[datetime, Path]:
    found = {}
    for path in folder.glob(f"*{ending}"):
        try:
            moment = datetime.strptime(path.name.removesuffix(ending), f"{MOMENT}%z")
        except ValueError:
            continue  # somebody's own copy, with a name of their own
        found[moment] = path
    return found
