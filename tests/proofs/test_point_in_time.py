"""The whole server is lost after a mistake, and comes back as it was the moment before.

With PostgreSQL's own programs and the commands of docs/backup.md: a base backup, and each change
since, which `pg_receivewal` has written down elsewhere within the second.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from linkcenter.embedded_postgres import server
from tests.running.private_database import Database, open_folder, running_in
from tests.running.product import Product
from tests.running.programs import PATIENCE

pytestmark = [pytest.mark.prove, pytest.mark.django_db]

REGISTER = """
from centres.models import Centre
from participants.domain.registration.register import Agreement, Interest, Person, register_interest
for name in {names}:
    register_interest(
        Centre.objects.get(slug="link-tromso"),
        person=Person(name=name, phone="+4741234567"),
        interest=Interest(availability=["tue-evening"]),
        agreement=Agreement(purposes={{"contact"}}),
    )
"""
ERASE = """
from participants.domain.erasure import erase
from participants.models import Participant
erase(next(person for person in Participant.objects.all() if person.name == "Kari"))
"""
NAMES = """
from participants.models import Participant
print(*sorted(person.name for person in Participant.objects.all()))
"""
ROLE = "link_archive"  # may copy everything, and change nothing
MISTAKE = "truncate participants_participant cascade"
RECOVERY = """
restore_command = 'cp "{archive}/%f" "%p"'
recovery_target_time = '{moment}'
recovery_target_action = 'promote'
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    with open_folder() as folder:
        yield folder


@pytest.fixture
def database(folder: Path) -> Iterator[Database]:
    with running_in(folder / "var") as database:
        yield database


@pytest.fixture
def product(database: Database) -> Iterator[Product]:
    with tempfile.TemporaryDirectory(prefix="link ") as state:
        yield Product(Path(state), database.url)


def python(product: Product, code: str) -> str:
    told = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", code],
        cwd=settings.BASE_DIR,
        env=product.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    return told.stdout.strip()


def where(database: Database) -> list[str | Path]:
    return ["-h", database.cluster.socket_folder, "-p", str(server.PORT), "-U", ROLE]


@contextmanager
def receiving(database: Database, archive: Path) -> Iterator[None]:
    """Every change is written down in ``archive`` as soon as it is made."""
    cluster = database.cluster
    command = ["pg_receivewal", "-D", archive, "--slot", ROLE, "--synchronous", *where(database)]
    database.run(*command, "--create-slot")
    as_whom: dict[str, Any] = {}
    if cluster.run_as is not None:
        group = server._group_of(cluster.run_as)
        as_whom = {"user": cluster.run_as, "group": group, "extra_groups": []}
    program = subprocess.Popen(  # noqa: S603  PostgreSQL's own program
        [cluster.bindir / command[0], *command[1:]],
        cwd="/",
        env={},
        stderr=subprocess.DEVNULL,  # that the last file is not full is as it should be
        **as_whom,
    )
    try:
        yield
    finally:
        program.terminate()
        program.wait(PATIENCE)


def until(database: Database, question: str) -> None:
    """Wait until the database answers that it is so."""
    deadline = time.monotonic() + PATIENCE
    while database.ask(question) != [(True,)]:
        assert time.monotonic() < deadline, question
        time.sleep(0.1)


def test_lost_server_comes_back_as_it_was_before_a_mistake(
    folder: Path, database: Database, product: Product
) -> None:
    cluster = database.cluster
    archive, base = folder / "archive", folder / "base"
    for each in (archive, base):
        server._own(cluster, each)
    database.tell(f"create role {ROLE} replication login")
    product.manage("migrate", "--verbosity", "0")
    product.manage("load_reference", "--verbosity", "0")
    python(product, REGISTER.format(names=["Kari", "Ola"]))

    with receiving(database, archive):
        database.run("pg_basebackup", "-D", base, "--checkpoint", "fast", *where(database))
        database.run("pg_verifybackup", base)
        python(product, REGISTER.format(names=["Anne"]))
        ((moment,),) = database.ask("select clock_timestamp()::text")
        python(product, ERASE)
        database.tell(MISTAKE)
        until(database, "select flush_lsn >= pg_current_wal_lsn() from pg_stat_replication")
    database.stop()
    shutil.rmtree(cluster.data)

    base.rename(cluster.data)
    for unfinished in archive.glob("*.partial"):
        unfinished.rename(unfinished.with_suffix(""))
    with (cluster.data / "postgresql.auto.conf").open("a") as conf:
        conf.write(RECOVERY.format(archive=archive, moment=moment))
    (cluster.data / "recovery.signal").touch()
    database.start()
    until(database, "select not pg_is_in_recovery()")

    assert python(product, NAMES) == "Anne Kari Ola"
    product.manage("after_restore")
    assert python(product, NAMES) == "Anne Ola"
    assert "1 erased again." in product.logs()
