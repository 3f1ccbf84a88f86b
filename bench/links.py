"""Asking for a link: does the time it takes tell whether somebody is known here?"""

import math
import re
from itertools import count
from random import Random
from statistics import median
from time import perf_counter
from urllib.parse import urlencode

from django.core.management import call_command

from bench.pages import scratch_database
from bench.summary import Finding
from bench.web import Answer, Browser, Web, post, production
from centres.models import Centre
from participants.domain.person.consents import Agreement
from participants.domain.person.contact import Person
from participants.domain.registration.interest import Interest
from participants.domain.registration.register import register_interest
from tests.running.production import HOST

PAGE = "/min-side/"
KNOWN, UNKNOWN = "kjent", "ukjent"


def run(number: int = 200) -> list[Finding]:
    with scratch_database():
        call_command("load_reference", verbosity=0)
        know(number)
        with production() as web:
            times, answers = ask(web, number)
    print(f"a link asked for with {number} known and {number} unknown addresses, in turn")
    known, unknown = (median(times[kind]) * 1000 for kind in (KNOWN, UNKNOWN))
    p = rank_test(times[KNOWN], times[UNKNOWN])
    print(
        f"medians {known:.2f} and {unknown:.2f} ms, apart {known - unknown:+.2f} ms;"
        f" rank test p = {p:.2f}"
    )
    same = "the same bytes for all" if len(answers) == 1 else "NOT THE SAME"
    print(f"answers: {same}")
    apart = f"{known - unknown:+.2f} ms"
    return [Finding("a known address and an unknown one, apart", apart, f"p = {p:.2f}; {same}")]


def know(number: int) -> None:
    centre = Centre.objects.get(slug="link-tromso")
    for each in range(number):
        register_interest(
            centre,
            person=Person(name="Kari", email=f"{KNOWN}-{each}@example.org"),
            interest=Interest(availability=["tue-evening"]),
            agreement=Agreement(purposes={"contact"}),
        )


def ask(web: Web, number: int) -> tuple[dict[str, list[float]], set[bytes]]:
    """The seconds that each kind of address took, and the different answers there were."""
    times: dict[str, list[float]] = {KNOWN: [], UNKNOWN: []}
    answers = set()
    random, networks = Random(4), count(1)
    for each in range(-10, number):  # the first ones warm up
        browser = web.browser(f"127.9.{each // 250 + 1}.{next(networks) % 250 + 1}")
        token = _token(browser)
        for kind in random.sample([KNOWN, UNKNOWN], 2):
            begun = perf_counter()
            answer = _ask(browser, token, f"{kind}-{abs(each)}@example.org")
            took = perf_counter() - begun
            if each >= 0:
                times[kind].append(took)
                answers.add(_told(answer))
    return times, answers


def _token(browser: Browser) -> str:
    page = browser.get(PAGE)
    cookie = re.search(r"__Host-csrf=(\w+)", page.headers.get("set-cookie", ""))
    if cookie is None:
        raise SystemExit(f"{page.status} and no token.")
    return cookie[1]


def _ask(browser: Browser, token: str, address: str) -> Answer:
    form = urlencode({"reach": address, "csrfmiddlewaretoken": token})
    return browser.ask(post(PAGE, form, Cookie=f"__Host-csrf={token}", Origin=f"https://{HOST}"))


def _told(answer: Answer) -> bytes:
    """All that the browser gets, but for the time of day and the token of this answer."""
    changing = ("date", "expires", "set-cookie")
    headers = [each for each in answer.headers.items() if each[0] not in changing]
    return repr((answer.status, headers, answer.body)).encode()


def rank_test(one: list[float], other: list[float]) -> float:
    """How likely two such rows are if nothing sets them apart (Mann and Whitney, by the normal)."""
    ranked = sorted([(took, 0) for took in one] + [(took, 1) for took in other])
    ranks = sum(rank for rank, (_took, row) in enumerate(ranked, start=1) if row == 0)
    n, m = len(one), len(other)
    expected = n * (n + m + 1) / 2
    spread = math.sqrt(n * m * (n + m + 1) / 12)
    return math.erfc(abs(ranks - expected) / spread / math.sqrt(2))
