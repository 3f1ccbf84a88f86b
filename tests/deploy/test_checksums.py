"""Operators are told when the database would not see what a broken disk does to it."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.running.private_database import open_folder, running_in
from tests.running.production import with_our_keys

pytestmark = pytest.mark.prove


def check(state: Path, database: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--database", "default"],
        cwd=settings.BASE_DIR,
        env=with_our_keys(state, database),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.stderr


def test_database_without_checksums_is_warned_of() -> None:
    with open_folder() as folder, running_in(folder / "var") as database:
        with_checksums = check(folder, database.url)
        database.run("pg_ctl", "-D", database.cluster.data, "-m", "fast", "stop")
        database.run("pg_checksums", "--disable", "-D", database.cluster.data)
        database.start()
        without = check(folder, database.url)

    assert "linkcenter.E001" in with_checksums  # the role of this cluster may do everything
    assert "linkcenter.W002" not in with_checksums
    assert "PostgreSQL has data_checksums = off" in without
