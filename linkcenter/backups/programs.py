"""PostgreSQL's own programs, on the database of the settings or on another one beside it."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any
from urllib.parse import quote, urlencode

from django.db import connection

from linkcenter.embedded_postgres import binaries

TLS = ("sslmode", "sslrootcert", "sslcert", "sslkey")


class ProgramFailed(Exception):
    """A program of PostgreSQL's ended with an error; the words are its own."""


@contextmanager
def running(
    program: str,
    *arguments: str,
    stdin: int | None = None,
    stdout: int | IO[bytes] | None = None,
) -> Iterator["subprocess.Popen[bytes]"]:
    """``program`` at work on the database. Raises ``ProgramFailed`` if it ends with an error."""
    with TemporaryFile() as errors:
        process = subprocess.Popen(  # noqa: S603  PostgreSQL's own programs
            [_folder() / program, *arguments],
            env=_environment(),
            stdin=stdin,
            stdout=stdout,
            stderr=errors,
        )
        try:
            with suppress(BrokenPipeError):
                yield process
        except BaseException:
            process.kill()
            raise
        finally:
            for pipe in (process.stdin, process.stdout):
                _close(pipe)
            process.wait()
        if process.returncode:
            raise ProgramFailed(_words(errors))


def _folder() -> Path:
    """Where the server's own version is: ``pg_restore`` says what an older server cannot know."""
    connection.ensure_connection()
    try:
        return binaries.find_clients(connection.get_database_version()[0])
    except binaries.EmbeddedPostgresError as error:
        raise ProgramFailed(str(error)) from error


def _close(pipe: IO[bytes] | None) -> None:
    if pipe is None:
        return
    with suppress(BrokenPipeError):  # it has ended before it had read everything
        pipe.close()


def _words(errors: IO[bytes]) -> str:
    errors.seek(0)
    lines = errors.read().decode(errors="replace").splitlines()
    return lines[0] if lines else ""  # the first names the cause; later ones may quote rows


def _environment() -> dict[str, str]:
    told = _parameters()
    named = {f"PG{name.upper()}": str(told[name]) for name in TLS if told.get(name)}
    return {
        **os.environ,  # noqa: TID251  what the program finds its libraries by
        **named,
        "PGHOST": str(told.get("host") or ""),
        "PGPORT": str(told.get("port") or 5432),
        "PGUSER": str(told.get("user") or ""),
        "PGPASSWORD": str(told.get("password") or ""),
        "PGDATABASE": str(told["dbname"]),
        "PGTZ": "UTC",
    }


def _parameters() -> dict[str, Any]:
    connection.ensure_connection()  # starts the private cluster, where there is one
    return connection.get_connection_params()


def url_of(database: str) -> str:
    """The setting ``DATABASE_URL`` of another database on the same server."""
    told = _parameters()
    secret = f":{quote(told['password'], safe='')}" if told.get("password") else ""
    who = f"{quote(told['user'], safe='')}{secret}@" if told.get("user") else ""
    host = quote(str(told.get("host") or ""), safe="")
    options = urlencode({name: told[name] for name in TLS if told.get(name)})
    return f"postgresql://{who}{host}:{told.get('port') or 5432}/{database}" + (
        f"?{options}" if options else ""
    )
