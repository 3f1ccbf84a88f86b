"""Making a backup, and reading one without a database to put it in."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile

from django.utils import timezone

from linkcenter.backups.contents import Manifest, snapshot
from linkcenter.backups.kept import ENDING, PART, name
from linkcenter.backups.programs import ProgramFailed, running
from linkcenter.backups.sealing import PIECE, BrokenSeal, SealingWriter, unsealed

LENGTH = 8  # bytes, before the manifest


class NotWritten(Exception):
    """What was written does not read as what was in the database."""


def make(folder: Path, key: str) -> tuple[Path, Manifest]:
    """A new sealed backup of the whole database in ``folder``, read again before it has its name.

    It is on the disk when this returns. Raises ``ProgramFailed``, ``NotWritten`` or ``OSError``;
    then nothing that looks like a backup is left.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    stem = name(timezone.now())
    path, part = folder / f"{stem}{ENDING}", folder / f"{stem}{PART}"
    try:
        manifest = _write(part, key)
        if read_through(part, key) != manifest:
            raise NotWritten
        part.rename(path)
        _sync(folder)
    finally:
        part.unlink(missing_ok=True)
    return path, manifest


def _write(part: Path, key: str) -> Manifest:
    private = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(private, "wb") as file:
        with (
            SealingWriter(file, key) as sealed,
            snapshot() as (moment, manifest),
            running(
                "pg_dump",
                *("--format=custom", "--no-owner", "--no-privileges", f"--snapshot={moment}"),
                stdout=subprocess.PIPE,
            ) as dump,
        ):
            told = manifest.as_json()
            sealed.write(len(told).to_bytes(LENGTH, "big") + told)
            assert dump.stdout is not None  # noqa: S101  asked for above
            while data := dump.stdout.read(PIECE):
                sealed.write(data)
        file.flush()
        os.fsync(file.fileno())
    return manifest


def _sync(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def opened(path: Path, key: str) -> Iterator[bytes]:
    """The manifest of the backup as JSON, and after it its dump, piece by piece."""
    with path.open("rb") as file:
        pieces = unsealed(file, key)
        held = bytearray()
        for piece in pieces:
            held += piece
            if len(held) >= LENGTH and len(held) >= _end(held):
                break
        else:
            raise BrokenSeal
        yield bytes(held[LENGTH : _end(held)])
        yield bytes(held[_end(held) :])
        yield from pieces


def _end(held: bytearray) -> int:
    return LENGTH + int.from_bytes(held[:LENGTH], "big")


def read_through(path: Path, key: str) -> Manifest:
    """Read the backup from its first byte to its last; what it says it holds.

    Raises ``BrokenSeal`` if it was changed, cut off or sealed with another key, and ``NotWritten``
    if PostgreSQL cannot read its dump, or misses a table in it.
    """
    pieces = opened(path, key)
    manifest = Manifest.from_json(next(pieces))
    try:
        listed = _listed(pieces)
    except ProgramFailed as error:
        raise NotWritten from error
    if not set(manifest.tables) <= listed:
        raise NotWritten
    return manifest


def _listed(pieces: Iterator[bytes]) -> set[str]:
    """The tables whose rows are in the dump, as ``pg_restore`` finds them."""
    # Into a file: nobody reads a pipe while the pieces are passed on, and both would wait for ever.
    with TemporaryFile() as told:
        with running("pg_restore", "--list", stdin=subprocess.PIPE, stdout=told) as reader:
            is_reading = True
            for piece in pieces:  # to the end in any case: the seal of each piece counts
                if is_reading:
                    is_reading = _pass_on(reader, piece)
        told.seek(0)
        lines = told.read().decode().splitlines()
    rows = (line.split() for line in lines if " TABLE DATA public " in line)
    return {words[words.index("DATA") + 2] for words in rows}


def _pass_on(reader: "subprocess.Popen[bytes]", piece: bytes) -> bool:
    """Give ``piece`` to the reader; whether it wants more. It needs only the beginning."""
    assert reader.stdin is not None  # noqa: S101  asked for by the caller
    try:
        reader.stdin.write(piece)
        reader.stdin.flush()  # or what is left fails when the pipe is closed
    except BrokenPipeError:
        return False
    return True
