"""A release prepares the database while the one before serves people, and nobody is kept waiting.

The small edition is proved each time; ``make chaos`` does it with 50,000 registrations.
"""

import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import ProgrammingError, connection
from pytest_django import DjangoDbBlocker

from bench import registrations
from bench.lists import fill, patterns
from bench.web import Web, production
from centres.models import Centre
from linkcenter.database import catalogue
from linkcenter.models import User
from participants.models import Registration
from tests.running.production import with_our_keys
from tests.running.roles import execute, url

pytestmark = pytest.mark.django_db(transaction=True)

A_ROUND = 20  # registrations
LONGEST = 2.0  # seconds that a lock may keep anybody waiting
READ = ("/", "/sentre/link-tromso/", "/meld-interesse/link-tromso/gruppe/", "/statistikk/")
WAITS = """
select coalesce(max(extract(epoch from clock_timestamp() - waitstart)), 0)::float8
from pg_locks where not granted and locktype = 'relation'
    and pid in (select pid from pg_stat_activity where usename like 'link_web_%')
"""


ROLE = f"link_web_{secrets.token_hex(4)}"
FIRST = f"link_first_{secrets.token_hex(4)}"


def release(which: str = "", *options: str) -> "subprocess.CompletedProcess[str]":
    """As the owner of the tables, in production mode; ``which`` names a folder of ``releases``."""
    with tempfile.TemporaryDirectory() as state:
        told = with_our_keys(Path(state), url(), LINK_TEST_RELEASE=which)
        if which:
            told["DJANGO_SETTINGS_MODULE"] = "tests.deploy.releases.settings"
        return subprocess.run(  # noqa: S603  our own program
            [sys.executable, "manage.py", "release", ROLE, *options],
            cwd=settings.BASE_DIR,
            env=told,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """The tests' connections, and the programs that they start, use another database."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    ContentType.objects.clear_cache()
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
        ContentType.objects.clear_cache()


@pytest.fixture(scope="module")
def first(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database as the release of this clone makes it out of an empty one."""
    with django_db_blocker.unblock():
        execute("create role {} login", ROLE)
        catalogue.make_database(FIRST)
        try:
            with connected_to(FIRST):
                done = release()
            assert done.returncode == 0, done.stderr
            yield
        finally:
            catalogue.drop_database(FIRST)
            execute("drop role {}", ROLE)


@pytest.fixture
def released(first: None) -> Iterator[None]:
    """A copy of it, in which a test may do what it likes."""
    name = f"link_upgrade_{secrets.token_hex(4)}"
    execute(f"create database {name} template {{}}", FIRST)
    try:
        with connected_to(name):
            yield
    finally:
        catalogue.drop_database(name)


def fill_with(number: int) -> None:
    """So many registrations more, most of them closed."""
    home = Centre.objects.get(slug=registrations.CENTRE)
    staff = User.objects.create(email="koordinator@example.org")
    fill(0, number, home, patterns(home, staff))


class Load:
    """People who read and register at once, and what becomes of them."""

    def __init__(self, web: Web) -> None:
        self.web = web
        self.statuses: Counter[int] = Counter()
        self.took: list[float] = []
        self.answers: Counter[str] = Counter()
        self.keys: set[UUID] = set()
        self.longest_wait = 0.0
        self.over = threading.Event()

    @contextmanager
    def at_work(self) -> Iterator["Load"]:
        """They were there before the block, and are there until it ends."""
        work = [self.register, self.look_at_locks, partial(self.read, 1), partial(self.read, 2)]
        with ThreadPoolExecutor(max_workers=len(work)) as people:
            working = [people.submit(each) for each in work]
            time.sleep(2)
            try:
                yield self
            finally:
                self.over.set()
                for each in working:
                    each.result()

    def read(self, number: int) -> None:
        with closing(self.web.browser(f"127.77.0.{number}")) as browser:
            while not self.over.is_set():
                for path in READ:
                    begun = time.perf_counter()
                    status = browser.get(path).status
                    self.took.append(time.perf_counter() - begun)
                    self.statuses[status] += 1

    def register(self) -> None:
        try:
            while not self.over.is_set():
                sent = registrations.send_all(self.web, A_ROUND)
                self.answers += sent.answers
                self.keys |= sent.keys
        finally:
            connection.close()

    def look_at_locks(self) -> None:
        with psycopg.connect(url(), autocommit=True) as db:
            while not self.over.is_set():
                row = db.execute(WAITS).fetchone()
                self.longest_wait = max(self.longest_wait, row[0] if row else 0)
                time.sleep(0.02)

    def was_not_disturbed(self) -> None:
        slow = statistics.quantiles(self.took, n=20)[-1]
        report(
            f"{self.statuses.total()} pages read, p95 {slow * 1000:.0f} ms, longest"
            f" {max(self.took) * 1000:.0f} ms; {len(self.keys)} registrations; longest wait for a"
            f" lock {self.longest_wait * 1000:.0f} ms"
        )
        assert set(self.statuses) == {200}
        assert set(self.answers) == {"302 /meld-interesse/kvittering/"}
        assert Registration.objects.filter(submission_key__in=self.keys).count() == len(self.keys)
        assert self.longest_wait < LONGEST


@pytest.fixture
def load(released: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Load]:
    """Four register at a time, each with an address and from a network that is new."""
    numbers = count()
    monkeypatch.setattr(registrations, "AT_ONCE", 4)
    monkeypatch.setattr(registrations, "count", lambda: numbers)
    with production() as web:
        yield Load(web)


def report(line: str) -> None:
    print(f"\n{line}")  # noqa: T201  for whoever asks for the figures with -s


def weights() -> Any:
    with connection.cursor() as cursor:
        cursor.execute("select count(weight), count(*) from participants_registration")
        return cursor.fetchone()


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(5_000, marks=pytest.mark.prove),
        pytest.param(50_000, marks=pytest.mark.chaos),
    ],
)
def test_column_is_added_and_filled_while_people_register(load: Load, rows: int) -> None:
    fill_with(rows)
    with load.at_work():
        begun = time.monotonic()
        done = release("split")
        took = time.monotonic() - begun

    report(f"{rows} registrations, release in {took:.1f} s")
    assert done.returncode == 0, done.stderr
    load.was_not_disturbed()
    filled, all_rows = weights()
    assert filled == all_rows >= rows + len(load.keys)


@pytest.mark.prove
def test_migration_that_keeps_people_waiting_is_taken_back(load: Load) -> None:
    fill_with(1_000)
    with load.at_work():
        done = release("hasty")

    assert done.returncode == 1
    assert "participants.x1_rewrite keeps people waiting for more than a second" in done.stderr
    assert load.longest_wait > 0.5, "nobody was kept waiting: the trial was none"
    load.was_not_disturbed()
    with pytest.raises(ProgrammingError, match="weight"):
        weights()


@pytest.mark.prove
def test_release_waits_for_its_turn_and_takes_it_later(released: None) -> None:
    """A backup holds all tables for a while, and whoever came after the release goes first."""
    with psycopg.connect(url()) as backup, ThreadPoolExecutor() as other:
        backup.execute("select 1 from participants_registration")
        releasing = other.submit(release, "split")
        took = []
        while not releasing.done() and len(took) < 80:
            begun = time.monotonic()
            Registration.objects.first()
            took.append(time.monotonic() - begun)
            time.sleep(0.1)
        backup.rollback()

        done = releasing.result()

    assert max(took) < LONGEST
    assert "participants.x1_column: others need the table. Tried again" in done.stdout
    assert done.returncode == 0, done.stderr


@pytest.mark.prove
def test_release_says_what_did_not_get_its_turn(released: None) -> None:
    with psycopg.connect(url()) as backup:
        backup.execute("select 1 from participants_registration")
        done = release("split", "--patience", "0.05")

    assert done.returncode == 1
    assert "participants.x1_column did not get its turn" in done.stderr


@pytest.mark.prove
def test_index_that_was_cut_off_is_built_anew(released: None) -> None:
    assert release("split").returncode == 0
    with connection.cursor() as cursor:
        cursor.execute("delete from django_migrations where name = 'x6_index'")
        cursor.execute(
            "update pg_index set indisvalid = false"
            " where indexrelid = 'registration_weight'::regclass"
        )

    done = release("split")

    assert done.returncode == 0, done.stderr
    with connection.cursor() as cursor:
        cursor.execute(
            "select indisvalid from pg_index where indexrelid = 'registration_weight'::regclass"
        )
        assert cursor.fetchone() == (True,)


def test_release_is_for_production() -> None:
    state = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(
        [sys.executable, "manage.py", "release", "link_web"],
        cwd=settings.BASE_DIR,
        env=state,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr.startswith("CommandError: This is for production.")
