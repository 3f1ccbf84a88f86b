"""Bringing a backup back: into an empty database, whole, and the same as it was."""

import subprocess
from pathlib import Path

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from linkcenter.backups.contents import Manifest, is_empty, manifest_now, marks_of_keys
from linkcenter.backups.making import opened, read_through
from linkcenter.backups.programs import running


class RestoreError(Exception):
    """The backup is not restored."""

    message: str = "The backup cannot be restored."


class NotEmpty(RestoreError):
    message = "The database is not empty. Make a new one, and restore into that."


class TooNew(RestoreError):
    message = "The backup is from a newer release. Install that one first."


class OtherKeys(RestoreError):
    message = (
        "The backup was made with a LINK_INDEX_KEY or LINK_FIELD_KEYS that are not set here. With"
        " others nobody could read it, and nobody who was erased since would be known again."
    )


class Different(RestoreError):
    """What came out is not what went in; ``tables`` names where."""

    message = "The database differs from what was backed up. Do not use it."

    def __init__(self, tables: list[str]) -> None:
        self.tables = tables
        super().__init__(", ".join(tables))


def restore(path: Path, key: str) -> Manifest:
    """All of the backup is in the database, which was empty; each table is compared.

    The whole file is read before the database is touched. Raises ``BrokenSeal`` or ``NotWritten``
    for a file that is not as it was made, else a ``RestoreError``; nothing is there then, but for
    ``Different``, whose rows stay to be looked at.
    """
    if not is_empty():
        raise NotEmpty
    manifest = read_through(path, key)
    if not _known() >= set(manifest.migrations):
        raise TooNew
    if not set(marks_of_keys()) >= set(manifest.keys):
        raise OtherKeys
    connection.close()
    pieces = opened(path, key)
    next(pieces)
    with running(
        "pg_restore",
        *("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"),
        *("--dbname", str(connection.settings_dict["NAME"])),
        stdin=subprocess.PIPE,
    ) as reader:
        assert reader.stdin is not None  # noqa: S101  asked for above
        for piece in pieces:
            reader.stdin.write(piece)
    there = manifest_now().tables
    if there != manifest.tables:
        names = there.keys() | manifest.tables.keys()
        raise Different(sorted(n for n in names if there.get(n) != manifest.tables.get(n)))
    return manifest


def _known() -> set[str]:
    """The migrations that this release has, or has put others in the place of."""
    loader = MigrationLoader(None)
    known = {f"{app}.{name}" for app, name in loader.disk_migrations}
    for migration in loader.disk_migrations.values():
        known |= {f"{app}.{name}" for app, name in migration.replaces}
    return known
