"""The shipped SQL makes the two roles, each can what it should, and LINK starts from nothing."""

import fcntl
import http.client
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from linkcenter.backups.programs import running
from tests.running.production import HOST, with_our_keys
from tests.running.roles import url

pytestmark = [pytest.mark.prove, pytest.mark.django_db(transaction=True)]

ROLES = settings.BASE_DIR / "deploy/postgres/roles.sql"


@pytest.fixture
def made() -> Iterator[None]:
    passwords = ("-v", "owner_password=one", "-v", "web_password=two")
    with (settings.STATE_DIR / "roles.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the names are the same for all
        take_away()  # what a run that was broken off has left
        with running("psql", "-q", "-v", "ON_ERROR_STOP=1", *passwords, "-f", str(ROLES)):
            pass
        try:
            yield
        finally:
            take_away()


def take_away() -> None:
    with connection.cursor() as cursor:
        cursor.execute("drop database if exists link with (force)")
        cursor.execute("drop role if exists link_owner, link_web")


def told(role: str, state: Path) -> dict[str, str]:
    """What a program in the role is told; and without what the journeys have set here."""
    database = url(role=role, name="link")
    secret = secrets.token_urlsafe(50)
    return with_our_keys(state, database, LINK_SECRET_KEY=secret, DJANGO_ALLOW_ASYNC_UNSAFE="")


def connect(role: str) -> psycopg.Connection:
    return psycopg.connect(url(role=role, name="link"))


def test_owner_makes_tables_and_the_web_cannot(made: None) -> None:
    with connect("link_owner") as owner:
        owner.execute("create extension btree_gist")
        owner.execute("create table ours (id int)")
    with connect("link_web") as web, pytest.raises(psycopg.errors.InsufficientPrivilege):
        web.execute("select * from ours")
    with connect("link_web") as web, pytest.raises(psycopg.errors.InsufficientPrivilege):
        web.execute("create table mine (id int)")


def is_ready(door: Path) -> bool:
    """Whether /readyz answers 200 before our patience ends."""
    for _time in range(300):
        with socket.socket(socket.AF_UNIX) as plain:
            asking = http.client.HTTPConnection(HOST)
            asking.sock = plain
            try:
                plain.connect(str(door))
                asking.request("GET", "/readyz")
                return asking.getresponse().status == 200
            except OSError:
                time.sleep(0.1)
    return False


def test_installation_starts_from_nothing_as_the_handbook_says(made: None, tmp_path: Path) -> None:
    def manage(role: str, *command: str) -> str:
        done = subprocess.run(  # noqa: S603  our own program
            [sys.executable, "manage.py", *command],
            cwd=settings.BASE_DIR,
            env=told(role, tmp_path),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    manage("link_owner", "release", "link_web", "--proxy-files", str(tmp_path / "nginx"))
    manage("link_web", *["check", "--deploy", "--database", "default", "--fail-level", "WARNING"])
    invited = manage("link_web", *["invite_administrator", "kari@example.org", "--name", "Kari"])
    made_backup = manage("link_web", "backup", "--keep-days", "30")
    drill = manage("link_owner", "restore_drill", "--newest")

    assert f"https://{HOST}/" in invited.splitlines()[-1]
    assert "read again: whole." in made_backup
    assert "The drill went well" in drill
    assert {each.name for each in (tmp_path / "nginx").iterdir()} >= {"503.html", "headers.conf"}
    web = subprocess.Popen(  # noqa: S603  our own program
        [sys.executable, "-m", "gunicorn", "--bind", f"unix:{tmp_path}/web.sock"],
        cwd=settings.BASE_DIR,
        env=told("link_web", tmp_path),
    )
    try:
        assert is_ready(tmp_path / "web.sock")
    finally:
        web.terminate()
        web.wait(30)


@pytest.mark.parametrize("program", [["-m", "gunicorn"], ["manage.py", "worker"]], ids="-".join)
def test_nothing_that_serves_people_runs_as_the_owner(
    made: None, tmp_path: Path, program: list[str]
) -> None:
    with connect("link_owner") as owner:
        owner.execute("create table linkcenter_activity (id int)")
    done = subprocess.run(  # noqa: S603  our own program
        [sys.executable, *program],
        cwd=settings.BASE_DIR,
        env=told("link_owner", tmp_path),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode in (1, 3)
    assert "LINK cannot start: The role in DATABASE_URL may " in done.stderr
