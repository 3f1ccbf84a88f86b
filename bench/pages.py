"""Pages: how many queries, how many milliseconds, and how that compares with a bare view.

All in one process and one run, through the whole middleware, on a scratch database with the
reference data and demo people, so that the ratios mean something on any machine.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from time import perf_counter

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import (
    CaptureQueriesContext,
    setup_databases,
    setup_test_environment,
    teardown_databases,
    teardown_test_environment,
)

from linkcenter.models import User

ROUNDS = 60
BARE = "/healthz"  # says that it is alive, and does nothing else
COORDINATOR = "koordinator.tromso@example.org"
PUBLIC = (
    "/",
    "/sentre/",
    "/sentre/link-tromso/",
    "/kommuner/5501-tromso/",
    "/meld-interesse/link-tromso/",
)
ADMIN = ("/admin/", "/admin/participants/registration/")


def run(registrations: int = 200) -> None:
    """Print one line a page. The last column is requests per second over those of a bare view."""
    with scratch_database():
        call_command("load_reference", verbosity=0)
        call_command("seed_demo", registrations=registrations, verbosity=0)
        visitor, staff = Client(), Client()
        staff.force_login(User.objects.get(email=COORDINATOR))
        bare = milliseconds(visitor, BARE)
        print(
            f"{registrations} registrations, median of {ROUNDS} requests, a bare view {bare:.2f} ms"
        )
        print(f"{'page':38}{'status':>7}{'queries':>9}{'ms':>8}{'kB':>7}{'of a bare view':>16}")
        for client, path in [(visitor, path) for path in PUBLIC] + [
            (staff, path) for path in ADMIN
        ]:
            client.get(path)  # templates are compiled on the first request
            with CaptureQueriesContext(connection) as queries:
                response = client.get(path)
            asked = len(queries)
            each = milliseconds(client, path)
            print(
                f"{path:38}{response.status_code:>7}{asked:>9}{each:>8.1f}"
                f"{len(response.content) / 1000:>7.1f}{bare / each:>16.3f}"
            )


@contextmanager
def scratch_database() -> Iterator[None]:
    """A database of its own, made and removed, so that nobody's data is touched."""
    setup_test_environment(debug=False)
    before = setup_databases(verbosity=0, interactive=False)
    try:
        yield
    finally:
        teardown_databases(before, verbosity=0)
        teardown_test_environment()


def milliseconds(client: Client, path: str) -> float:
    """The median of ``ROUNDS`` requests."""
    times = []
    for _round in range(ROUNDS):
        begun = perf_counter()
        client.get(path)
        times.append((perf_counter() - begun) * 1000)
    return median(times)
