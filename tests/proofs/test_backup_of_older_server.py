"""A server that is older than the programs in the wheel: its backups come back all the same."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from linkcenter.embedded_postgres import binaries
from tests.running.private_database import Database, open_folder, running_in

pytestmark = pytest.mark.prove

DEBIANS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    others = [each for each in DEBIANS if binaries.major_version(each) < newest()]
    if not others:
        pytest.skip("There is no older PostgreSQL on this machine.")
    with open_folder() as folder:
        monkeypatch.setenv("LINK_PG_BINDIR", str(others[0]))
        with running_in(folder / "var") as database:
            monkeypatch.delenv("LINK_PG_BINDIR")
            yield database


def newest() -> int:
    return binaries.major_version(binaries.find_bindir())


def manage(database: str, *command: str) -> str:
    told = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": database},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    return told.stdout


def test_backup_of_an_older_server_comes_back(database: Database, tmp_path: Path) -> None:
    manage(database.url, "migrate", "-v0")
    manage(database.url, "backup", "--folder", str(tmp_path))
    database.tell("create database again")

    told = manage(database.url_of("again"), "restore", str(next(tmp_path.iterdir())))

    assert "all as they were" in told


def test_version_that_is_not_here_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LINK_PG_BINDIR", raising=False)

    with pytest.raises(binaries.EmbeddedPostgresError, match="postgresql-client-9"):
        binaries.find_clients(9)
