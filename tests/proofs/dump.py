"""The whole database as a thief of a backup has it, and as one reads it who stole the keys, too."""

import os
import re
import subprocess
from pathlib import Path

from cryptography.fernet import InvalidToken
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from linkcenter.embedded_postgres import binaries
from linkcenter.encryption import decrypt

SEALED = re.compile(r"gAAAAA[\w-]{20,}={0,2}")
SESSION = re.compile(r"^[a-z0-9]{32}\t(\S+)\t", re.MULTILINE)


def dump(file: Path, database: str = "") -> str:
    """All of the database in ``file``, as a backup is made, and as text."""
    _run("pg_dump", "--no-owner", "--file", str(file), "--dbname", database or _name())
    return file.read_text()


def restore(file: Path, database: str) -> None:
    """Make a database of what ``file`` holds."""
    _run("dropdb", "--if-exists", database)
    _run("createdb", "--template", "template0", database)  # which nobody is connected to
    _run("psql", "-q", "-v", "ON_ERROR_STOP=1", "--file", str(file), "--dbname", database)


def drop(database: str) -> None:
    _run("dropdb", "--if-exists", "--force", database)


def opened(text: str) -> str:
    """``text`` with everything in it that can be read with the keys, however often it is sealed."""
    found = [text]
    found += [opened(str(SessionStore().decode(session))) for session in SESSION.findall(text)]
    for sealed in SEALED.findall(text):
        try:
            found.append(opened(decrypt(sealed)))
        except InvalidToken:
            continue
    return "\n".join(found)


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _run(program: str, *arguments: str) -> None:
    told = connection.settings_dict
    environment = {
        **os.environ,
        "PGHOST": str(told["HOST"]),
        "PGPORT": str(told["PORT"] or 5432),
        "PGUSER": told["USER"],
        "PGPASSWORD": told["PASSWORD"],
    }
    subprocess.run(  # noqa: S603  PostgreSQL's own programs
        [binaries.find_bindir() / program, *arguments],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
