"""Which backups are kept: the newest always, others for a time, and nothing that was broken off."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from time_machine import travel

from linkcenter.backups import kept

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)


def backup(folder: Path, days: int, ending: str = kept.ENDING) -> Path:
    """A file as a backup has left it that was begun so many days ago."""
    path = folder / f"{kept.name(NOW - timedelta(days=days))}{ending}"
    path.write_bytes(b"sealed")
    return path


def test_there_is_none_at_first(tmp_path: Path) -> None:
    assert (kept.last_success(tmp_path), kept.newest(tmp_path)) == (None, None)


def test_newest_is_told_by_its_name_and_not_by_half_a_backup_or_a_copy(tmp_path: Path) -> None:
    for days in (3, 1, 2):
        backup(tmp_path, days)
    backup(tmp_path, 0, f"{kept.ENDING}{kept.PART}")
    (tmp_path / f"mine{kept.ENDING}").write_bytes(b"a copy")

    newest = kept.newest(tmp_path)

    assert kept.last_success(tmp_path) == NOW - timedelta(days=1)
    assert newest is not None
    assert newest.name == f"{kept.name(NOW - timedelta(days=1))}{kept.ENDING}"


def test_old_ones_are_deleted_but_never_the_newest(tmp_path: Path) -> None:
    old, older = backup(tmp_path, 40), backup(tmp_path, 50)

    with travel(NOW, tick=False):
        assert kept.drop_old(tmp_path, keep=timedelta(days=30)) == 1

    assert (old.exists(), older.exists()) == (True, False)


def test_what_was_broken_off_goes_once_no_backup_can_still_be_at_it(tmp_path: Path) -> None:
    new, left = backup(tmp_path, 0, kept.PART), backup(tmp_path, 2, kept.PART)

    with travel(NOW, tick=False):
        assert kept.drop_old(tmp_path, keep=timedelta(days=30)) == 0

    assert (new.exists(), left.exists()) == (True, False)
