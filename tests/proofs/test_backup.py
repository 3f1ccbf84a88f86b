"""A backup is made of the running product and comes back, or is refused and nothing is touched."""

import os
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from linkcenter.backups.contents import manifest_now, snapshot
from linkcenter.backups.kept import drop_old, last_success
from linkcenter.backups.making import NotWritten, make, read_through
from linkcenter.backups.programs import ProgramFailed, url_of
from linkcenter.backups.sealing import BrokenSeal, SealingWriter
from linkcenter.management.commands.restore_drill import scratch_database
from participants.domain.erasure import erase
from participants.models import Participant
from tests import recipes
from tests.database import InBackground
from tests.running.roles import execute, url

pytestmark = [pytest.mark.prove, pytest.mark.django_db(transaction=True)]

NAME = "Kanarifugl"

Restore = Callable[[Path], "subprocess.CompletedProcess[str]"]


@pytest.fixture
def person() -> Participant:
    centre = recipes.centre("link-tromso")
    return recipes.waiting(centre, {"name": NAME}, message=NAME).participant


@pytest.fixture
def database() -> Iterator[str]:
    """A new and empty one."""
    with scratch_database() as name:
        yield name


@pytest.fixture
def restore(database: str) -> Restore:
    def run(backup: Path) -> "subprocess.CompletedProcess[str]":
        return manage(database, "restore", str(backup))

    return run


def manage(database: str, *command: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(  # noqa: S603  our own program
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": url_of(database), **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def rows(database: str, model: str) -> int:
    """How many there are in another database."""
    told = manage(
        database,
        *("shell", "-v", "0", "-c"),
        f"from participants.models import *; print({model}.objects.count())",
    )
    assert told.returncode == 0, told.stderr
    return int(told.stdout)


@pytest.fixture
def backup(person: Participant, tmp_path: Path) -> Path:
    path, _manifest = make(tmp_path, settings.BACKUP_KEY)
    return path


def test_backup_holds_everything_and_shows_nothing(person, tmp_path):
    path, manifest = make(tmp_path, settings.BACKUP_KEY)

    assert manifest.tables == manifest_now().tables
    assert manifest.tables["participants_participant"][0] == 1
    assert read_through(path, settings.BACKUP_KEY) == manifest
    assert NAME.encode() not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0
    assert list(tmp_path.iterdir()) == [path]


def test_checksum_sees_one_changed_letter(person):
    before = manifest_now().tables["participants_participant"]

    Participant.objects.filter(pk=person.pk).update(language="nn")
    changed = manifest_now().tables["participants_participant"]
    Participant.objects.filter(pk=person.pk).update(language=person.language)

    assert changed != before
    assert manifest_now().tables["participants_participant"] == before


def test_backup_that_cannot_be_made_leaves_nothing(person, tmp_path, monkeypatch):
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "initdb").touch()
    broken = programs / "pg_dump"
    broken.write_text("#!/bin/sh\necho half of it\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("LINK_PG_BINDIR", str(programs))

    with pytest.raises(ProgramFailed):
        make(tmp_path / "backups", settings.BACKUP_KEY)

    assert list((tmp_path / "backups").iterdir()) == []


@pytest.fixture
def many_things() -> Iterator[None]:
    """A list of contents, and what comes after it, that are each longer than any pipe takes."""
    with connection.cursor() as cursor:
        cursor.execute("create schema many")
        cursor.execute(
            "create table many.random as"
            " select sha512(number::text::bytea) as text from generate_series(1, 20000) number"
        )
        cursor.execute(
            "do $$ begin for number in 1..1500 loop"
            " execute format('create view many.%I as select 1', repeat('v', 55) || number);"
            " end loop; end $$"
        )
    yield
    execute("drop schema {} cascade", "many")


def test_backup_with_a_long_list_of_contents_comes_to_its_end(many_things, tmp_path):
    told = manage(connection.settings_dict["NAME"], "backup", "--folder", str(tmp_path))

    assert told.returncode == 0, told.stderr


def test_dump_that_nobody_can_read_is_no_backup(tmp_path, backup):
    odd = tmp_path / "odd.link-backup"
    told = manifest_now().as_json()
    with odd.open("wb") as file, SealingWriter(file, settings.BACKUP_KEY) as sealed:
        sealed.write(len(told).to_bytes(8, "big") + told + b"no dump of PostgreSQL's")

    with pytest.raises(NotWritten):
        read_through(odd, settings.BACKUP_KEY)


def test_restored_product_is_the_same_without_those_who_were_erased_since(
    person, backup, restore, database
):
    erase(person)

    told = restore(backup)

    assert told.returncode == 0, told.stderr
    assert "1 erased again." in told.stdout
    assert rows(database, "Participant") == 0


def test_restore_refuses_a_database_that_is_not_empty(backup, restore, database):
    assert restore(backup).returncode == 0

    again = restore(backup)

    assert again.returncode == 1
    assert "The database is not empty." in again.stderr
    assert rows(database, "Participant") == 1


@pytest.mark.parametrize("fault", ["cut off", "one bit", "another key", "not a backup", "empty"])
def test_restore_refuses_what_is_not_whole_and_touches_nothing(
    backup, restore, database, fault, tmp_path
):
    whole = backup.read_bytes()
    changed = bytearray(whole)
    changed[len(whole) // 2] ^= 1
    other_key = tmp_path / "other"
    make(other_key, "another key of more than 32 letters")
    bad = tmp_path / "bad.link-backup"
    bad.write_bytes(
        {
            "cut off": whole[:-1],
            "one bit": bytes(changed),
            "another key": next(other_key.iterdir()).read_bytes(),
            "not a backup": b"PGDMP" + whole,
            "empty": b"",
        }[fault]
    )

    with pytest.raises(BrokenSeal):
        read_through(bad, settings.BACKUP_KEY)
    told = restore(bad)

    assert told.returncode == 1
    assert "Nothing was restored" in told.stderr
    assert manage(database, "migrate", "--check").returncode == 1  # there is no table


def test_restore_refuses_what_other_keys_have_encrypted(
    person, restore, database, tmp_path, settings
):
    settings.INDEX_KEY = "of another installation, with 32 letters"
    path, _manifest = make(tmp_path, settings.BACKUP_KEY)

    told = restore(path)

    assert told.returncode == 1
    assert "LINK_INDEX_KEY or LINK_FIELD_KEYS that are not set here" in told.stderr
    assert manage(database, "migrate", "--check").returncode == 1


def test_restore_refuses_a_backup_of_a_newer_release(person, restore, database, tmp_path):
    applied = MigrationRecorder(connection)
    applied.record_applied("groups", "9999_of_tomorrow")
    path, _manifest = make(tmp_path, settings.BACKUP_KEY)
    applied.record_unapplied("groups", "9999_of_tomorrow")

    told = restore(path)

    assert told.returncode == 1
    assert "from a newer release" in told.stderr
    assert manage(database, "migrate", "--check").returncode == 1


def test_backup_of_an_older_release_gets_the_tables_of_this_one(database, tmp_path):
    with scratch_database() as older:
        migrated = manage(older, "migrate", "linkcenter", "0001")
        assert migrated.returncode == 0, migrated.stderr
        made = manage(older, "backup", "--folder", str(tmp_path))
        assert made.returncode == 0, made.stderr
    (path,) = tmp_path.iterdir()

    told = manage(database, "restore", str(path))

    assert told.returncode == 0, told.stderr
    assert manage(database, "migrate", "--check").returncode == 0


def test_backup_made_while_people_register_is_of_one_moment(person, restore, tmp_path):
    is_over = threading.Event()

    def register() -> None:
        while not is_over.is_set():
            with transaction.atomic():
                recipes.waiting(person.centre)

    background = InBackground()
    registering = background.start(register)
    path, manifest = make(tmp_path, settings.BACKUP_KEY)
    is_over.set()
    registering.result()
    background.stop()

    people = manifest.tables["participants_participant"][0]
    assert manifest.tables["participants_registration"][0] == people
    assert people < Participant.objects.count()
    assert restore(path).returncode == 0


def test_moment_lasts_longer_than_the_web_may_be_idle(person):
    with connection.cursor() as cursor:
        cursor.execute("set idle_in_transaction_session_timeout = '500ms'")

    with snapshot() as (_moment, manifest):
        time.sleep(1)  # as long as pg_dump takes with a great many rows

    assert manifest.tables["participants_participant"][0] == 1


def test_full_disk_leaves_no_half_backup_and_is_told(backup, tmp_path):
    before = last_success(tmp_path)
    command = [sys.executable, "manage.py", "backup", "--folder", str(tmp_path)]

    told = subprocess.run(  # noqa: S603  our own program
        ["/bin/sh", "-c", 'ulimit -f 16; exec "$@"', "sh", *command],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": url_of(connection.settings_dict["NAME"])},
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.returncode == 1
    assert "No backup was made: OSError" in told.stderr
    assert list(tmp_path.iterdir()) == [backup]
    assert last_success(tmp_path) == before


@pytest.fixture
def owned() -> Iterator[tuple[str, str]]:
    """A new and empty database, and its owner, who may do nothing beyond it."""
    role = f"link_owner_{secrets.token_hex(4)}"
    execute("create role {} login", role)
    with scratch_database() as name:
        execute(f"alter database {name} owner to {{}}", role)
        yield name, role
    execute("drop role {}", role)


def test_web_backs_up_and_the_owner_brings_it_back(person, web_database, owned, tmp_path):
    database, owner = owned
    server, web = web_database.rsplit("/", 1)[0], urlsplit(web_database).username
    as_web, as_owner = f"{server}/{database}", url(role=owner).rsplit("/", 1)[0] + f"/{database}"

    made = manage(database, "backup", "--folder", str(tmp_path), DATABASE_URL=web_database)
    restored = manage(database, "restore", str(next(tmp_path.iterdir())), DATABASE_URL=as_owner)
    granted = manage(database, "grant_rights", web, DATABASE_URL=as_owner)
    pages = manage(database, "try_pages", DATABASE_URL=as_web)

    for told in (made, restored, granted, pages):
        assert told.returncode == 0, told.stderr
    assert rows(database, "Participant") == 1


def test_drill_tells_what_it_did_and_leaves_no_database(backup, settings, capsys):
    settings.BACKUP_DIR = backup.parent

    call_command("restore_drill", newest=True)

    told = capsys.readouterr().out
    assert "all as they were" in told
    assert "200 /sentre/" in told
    assert "The drill went well" in told
    deadline = time.monotonic() + 60
    while left := databases():  # others may hold a drill beside this one, and theirs goes as well
        assert time.monotonic() < deadline, left
        time.sleep(0.5)


def test_drill_without_a_backup_says_so(settings, tmp_path):
    settings.BACKUP_DIR = tmp_path

    with pytest.raises(CommandError, match="There is no backup"):
        call_command("restore_drill", newest=True)


def databases() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("select datname from pg_database where datname like 'link_drill_%'")
        return [name for (name,) in cursor.fetchall()]


def test_newest_whole_backup_tells_how_old_the_last_one_is(person, tmp_path):
    none = last_success(tmp_path)
    paths = [make(tmp_path, settings.BACKUP_KEY)[0] for _time in range(2)]
    (tmp_path / "2099-01-01T000000.000000Z.part").touch()
    (tmp_path / "my copy.link-backup").touch()

    assert none is None
    assert last_success(tmp_path).strftime("%Y-%m-%dT%H%M%S.%fZ.link-backup") == paths[1].name


def test_old_backups_go_but_never_the_last_one(person, tmp_path):
    paths = [make(tmp_path, settings.BACKUP_KEY)[0] for _time in range(2)]
    (tmp_path / "notes.txt").touch()
    (tmp_path / "2026-01-01T000000.000000Z.part").touch()  # of one that was killed

    gone = drop_old(tmp_path, keep=timedelta(0))

    assert gone == 1
    assert sorted(tmp_path.iterdir()) == [paths[1], tmp_path / "notes.txt"]
