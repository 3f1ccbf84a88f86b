"""What every test has: its own databases, a rule for browsers, and an order from either end."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from typing import IO, Any

import pytest
from django.conf import settings
from django.db import connection
from django.utils import translation
from pytest_django import DjangoDbBlocker

from tests.no_network import stay_here
from tests.running.roles import url, web_role
from tests.scheduling import ByFile, turn

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

# Playwright keeps an event loop in this thread, which Django takes for a mistake of ours.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

# Which of the runs at this moment this one is; told to the processes that it starts.
NUMBER_OF_RUN = "LINK_TEST_RUN"
RUNS_AT_ONCE = 8
LOCK = pytest.StashKey[IO[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--backwards", action="store_true", help="The last test first, unshuffled.")


def pytest_configure(config: pytest.Config) -> None:
    stay_here()
    if config.getoption("--backwards"):
        config.option.randomly_reorganize = False
    if not hasattr(config, "workerinput"):
        _take_number(config)


def _take_number(config: pytest.Config) -> None:
    settings.STATE_DIR.mkdir(parents=True, exist_ok=True)
    for number in range(RUNS_AT_ONCE):
        lock = (settings.STATE_DIR / f"tests-{number}.lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
        else:
            config.stash[LOCK] = lock  # held until this process ends, however it ends
            os.environ[NUMBER_OF_RUN] = str(number)
            return
    pytest.exit(f"{RUNS_AT_ONCE} test runs at once are enough.")


def pytest_unconfigure(config: pytest.Config) -> None:
    if lock := config.stash.get(LOCK, None):
        lock.close()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--backwards"):
        items.reverse()
    items.sort(key=turn)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    config.option.loadscopereorder = False
    return ByFile(config, log)


def pytest_runtest_setup(item: pytest.Item) -> None:
    if CHROMIUM or not item.get_closest_marker("browser"):
        return
    if os.environ.get("CI"):
        pytest.fail("There is no Chromium, and in CI the journeys have to be walked.")
    pytest.skip("There is no Chromium on this machine.")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        connection.close()  # the loop has one of its own, which nobody would close later
        browser.close()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Two test runs beside each other use databases with different names."""
    number = os.environ[NUMBER_OF_RUN]
    if number == "0":
        return
    test = settings.DATABASES["default"].setdefault("TEST", {})
    test["NAME"] = f"{test.get('NAME') or 'test_linkcenter'}_{number}"


@pytest.fixture
def web_database(transactional_db: None) -> Iterator[str]:
    """The address of the tests' database for a role such as the web has in production."""
    with web_role() as role:
        yield url(role=role)


@pytest.fixture(autouse=True)
def _no_language_of_others() -> None:
    """A test begins in Norwegian, whatever language the one before asked for a page in."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _no_jobs_of_others(
    request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Tests that commit leave no jobs behind: Django empties only its own tables."""
    yield
    marker = request.node.get_closest_marker("django_db")
    commits = {"transactional_db", "live_server"} & set(request.fixturenames) or (
        marker and marker.kwargs.get("transaction")
    )
    if commits:
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("truncate procrastinate_jobs cascade")
