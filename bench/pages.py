"""Pages: queries, weight, memory, and how many a second beside a bare view in the same processes.

All in one run, taken in turn, on a scratch database with the reference data and demo people.
"""

import gzip
import re
from collections.abc import Callable, Iterator
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

from bench.summary import Finding
from bench.urls import BARE
from bench.web import Browser, Web, production, request
from centres.models import Centre, Municipality
from linkcenter.models import User

ROUNDS = 6
COORDINATOR = "koordinator.tromso@example.org"
PUBLIC = (
    "/",
    "/nn/",
    "/sentre/",
    "/sentre/link-tromso/",
    "/sentre/link-tromso/kort/",
    "/kommuner/",
    "/kommuner/5501-tromso/",
    "/arrangementer/",
    "/aktuelt/",
    "/om-selvhjelp/",
    "/om-selvhjelp/hva-er-en-selvhjelpsgruppe/",
    "/for-kommuner/",
    "/api/v1/centres.json",
    "/api/v1/events.json",
)
ADMIN = ("/admin/", "/admin/participants/registration/")


def run(registrations: int = 200, rounds: int = ROUNDS) -> list[Finding]:
    with scratch_database():
        call_command("load_reference", verbosity=0)
        call_command("seed_demo", registrations=registrations, verbosity=0)
        with production() as web:
            found = [*measure_public(web, rounds), *measure_memory(web)]
        measure_staff()
    return found


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


def measure_public(web: Web, rounds: int) -> Iterator[Finding]:
    """One line a page: requests per second over those of the bare view, and what it weighs."""
    browser = web.browser()
    all_bare, all_kept, all_made = [], [], {}
    print("requests per second, as parts of those of a bare view")
    print(
        f"{'page':44}{'bare/s':>8}{'kept':>7}{'made':>7}{'304':>7}"
        f"{'queries':>9}{'bytes':>7}{'first view':>12}"
    )
    for path in PUBLIC:
        page = browser.get(path)
        if page.status != 200:
            raise SystemExit(f"{page.status} for {path}")
        kinds = [bare, kept(path), made(path), unchanged(path, page.headers["etag"])]
        bare_rate, *rates = web.compare(kinds, rounds)
        print(
            f"{path:44}{bare_rate:>8.0f}"
            + "".join(f"{rate / bare_rate:>7.3f}" for rate in rates)
            + f"{queries(Client(), f'{path}?n=1'):>9}{len(page.body):>7}"
            + f"{first_view(browser, path):>12}"
        )
        all_bare.append(bare_rate)
        all_kept.append(rates[0] / bare_rate)
        all_made[path] = rates[1] / bare_rate
    slowest = min(all_made, key=lambda path: all_made[path])
    beside = f"of {median(all_bare):.0f} bare views a second"
    yield Finding("public pages from the cache, the slowest", f"{min(all_kept):.3f}", beside)
    for path in dict.fromkeys(["/", slowest]):
        yield Finding(f"made anew, {path}", f"{all_made[path]:.3f}", beside)


def bare(number: int) -> bytes:
    return request(BARE)


def kept(path: str) -> Callable[[int], bytes]:
    sent = request(path)
    return lambda number: sent


def made(path: str) -> Callable[[int], bytes]:
    """A query makes it another page, which nobody has kept."""
    return lambda number: request(f"{path}?n={number}")


def unchanged(path: str, tag: str) -> Callable[[int], bytes]:
    sent = request(path, If_None_Match=tag)
    return lambda number: sent


def queries(client: Client, path: str) -> int:
    client.get(path)  # templates are compiled on the first request
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


def first_view(browser: Browser, path: str) -> int:
    """Bytes of the page and of all that it loads, as they come compressed."""
    page = browser.get(path)
    if not page.headers["content-type"].startswith("text/html"):
        return len(page.body)
    html = gzip.decompress(page.body).decode()
    loaded = set(
        re.findall(r'<(?:link rel="(?:stylesheet|icon)"|script|img)[^>]*?="(/[^"]+)"', html)
    )
    return len(page.body) + sum(len(browser.get(each).body) for each in loaded)


def measure_memory(web: Web) -> Iterator[Finding]:
    browser = web.browser()
    pages = [f"/sentre/{slug}/" for slug in Centre.objects.values_list("slug", flat=True)]
    pages += [f"/kommuner/{each.number}-{each.slug}/" for each in Municipality.objects.all()]
    pages = [*PUBLIC, *(f"{language}{path}" for language in ("", "/nn", "/en") for path in pages)]
    for path in pages:
        browser.get(path)
    print(f"memory of each worker after {len(pages)} pages, MiB")
    for rss, pss in web.memory():
        print(f"  {rss:.0f} in all, {pss:.0f} as its share")
    rss, pss = max(web.memory())
    yield Finding("memory of a web process, MiB", f"{rss:.0f}", f"its share: {pss:.0f}")


def measure_staff() -> None:
    """The staff's pages, made in this process."""
    staff = Client()
    staff.force_login(User.objects.get(email=COORDINATOR))
    for path in ADMIN:
        asked = queries(staff, path)
        times = []
        for _each in range(30):
            begun = perf_counter()
            staff.get(path)
            times.append((perf_counter() - begun) * 1000)
        print(f"{path:44}{asked:>9} queries{median(times):>8.1f} ms")
