"""Every form and link that the public meets, sent whatever: an answer, and never a breakdown.

The addresses are taken from the URL configuration, and the fields from the pages themselves, so a
new form is tried without a word here. ``make prove`` sends more than twenty thousand.
"""

import re
from collections import Counter
from collections.abc import Iterator
from ipaddress import ip_address
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from centres.states import Attendance
from groups.domain.asking.asking import ask
from linkcenter.forms.text import clean_text
from linkcenter.tokens import token_for
from participants.models import Theme
from participants.states import LinkPurpose
from participants.urls import urlpatterns
from tests import recipes
from tests.centres.enquiries.ask import KINDS
from tests.participants import own, walk
from tests.proofs.odd import ODD, VALUE, VALUES

pytestmark = pytest.mark.django_db

FEW, MANY = 25, 2_300  # of each kind of forms and links
CLEAN = {200, 302, 400, 403, 404, 405, 413, 414, 429}
NAME = re.compile(r'name="([^"]+)"')
PLAIN = "application/x-www-form-urlencoded"
SENT: Counter[str] = Counter()
HOSTS = count(1)


class World:
    """A centre with all that somebody outside can send something to."""

    def __init__(self) -> None:
        self.centre = walk.place()
        Theme.objects.create(slug="sorg", name="Sorg")
        self.event = recipes.event(self.centre, attendance=Attendance.SIGN_UP)
        self.sign_up = recipes.sign_up(self.event)
        self.registration = recipes.waiting(self.centre, {"phone": "+4741234567"})
        self.person = self.registration.participant
        asked = recipes.waiting(self.centre)
        recipes.seat(recipes.group(self.centre), asked)
        (seat,) = ask(asked.seats.get().group, actor=None)
        assert seat.message is not None
        self.answer = seat.message.link_path.format(token=token_for(seat.message.link_seed))

    def visitor(self) -> Client:
        """A browser at an address of its own, so that no limit is met."""
        return Client(REMOTE_ADDR=str(ip_address("10.0.0.0") + next(HOSTS)))

    def guest(self) -> Client:
        client = self.visitor()
        own.enter(client, self.person)
        return client

    def again(self, client: Client) -> Client:
        """The same browser at another address, as it was before it sent anything."""
        browser = self.visitor()
        for name, morsel in client.cookies.items():
            browser.cookies[name] = morsel.value
        return browser

    def addresses(self, kind: str) -> list[str]:
        """Where forms of ``kind`` are sent to."""
        if kind == "register":
            return [walk.path(self.centre, page) for page in (*walk.PAGES, "sjekk")]
        if kind == "own":
            return [*self._own_addresses(), own.PAGE + "glem/"]
        if kind == "enquiry":
            return [reverse("centres:enquiry", args=[each]) for each in KINDS]
        return {
            "event": [reverse("centres:event-sign-up", args=[self.event.pk])],
            "place": [reverse("centres:sign-up", args=[token_for(self.sign_up.seed)])],
            "answer": [self.answer],
            "ask": [own.PAGE],
            "link": [own.link_for(self.person, purpose) for purpose in (LinkPurpose.ENTER,)],
        }[kind]

    def _own_addresses(self) -> Iterator[str]:
        for each in urlpatterns:
            if str(each.name).startswith("own-"):
                needs = dict.fromkeys(each.pattern.converters, self.centre.slug)
                yield reverse(f"participants:{each.name}", kwargs=needs)


@pytest.fixture(autouse=True)
def ledger(settings: Any, tmp_path: Path) -> None:
    settings.ERASURE_LEDGER = tmp_path / "erasures.txt"


@pytest.fixture
def world() -> World:
    return World()


KINDS_OF_FORMS = ("register", "own", "enquiry", "event", "place", "answer", "ask", "link")


def at_most(times: int) -> Any:
    return settings(
        max_examples=times,
        deadline=None,
        phases=[Phase.generate],  # nothing is made smaller: an example says enough
        database=None,
        suppress_health_check=list(HealthCheck),
    )


def is_answered(answer: Any, what: tuple[Any, ...]) -> None:
    assert answer.status_code in CLEAN, (answer.status_code, what)
    assert b"Traceback" not in answer.content


def names_on(client: Client, address: str) -> list[str]:
    page = client.get(address)
    body = b"" if page.streaming else page.content
    names = set(NAME.findall(body.decode(errors="replace"))) - {"viewport", "robots"}
    return sorted(names | {"_page", "_draft", "_whose", "again", "answer"})


def encoded(fields: dict[str, Any]) -> str:
    """As the net carries it: half characters are bytes that are no UTF-8."""
    return urlencode(fields, doseq=True, encoding="utf-8", errors="surrogatepass")


def send_anything(world: World, kind: str, times: int) -> None:
    """The names of the form's own fields, with anything in them, some as they are on the page."""
    client = world.guest() if kind == "own" else world.visitor()
    addresses = world.addresses(kind)
    names = {address: names_on(client, address) for address in addresses}

    @at_most(times)
    @given(data=st.data())
    def sent(data: st.DataObject) -> None:
        address = data.draw(st.sampled_from(addresses))
        fields = data.draw(st.dictionaries(st.sampled_from(names[address]), VALUES, max_size=12))
        prefix = data.draw(st.sampled_from(["", "/nn", "/en"]))
        with transaction.atomic():
            answer = world.again(client).generic("POST", prefix + address, encoded(fields), PLAIN)
            is_answered(answer, (kind, prefix + address, fields))
            transaction.set_rollback(True)  # the next one meets the same world
        SENT[kind] += 1

    sent()


def open_anything(world: World, kind: str, times: int) -> None:
    """Addresses with anything in the place of a token, a name or a question."""
    ways = [
        "/lenke/{}/",
        "/svar/{}/",
        "/pamelding/{}/",
        "/meld-interesse/{}/",
        f"/meld-interesse/{world.centre.slug}/{{}}/",
        "/min-side/{}/",
        "/kontakt/{}/",
        "/meld-interesse/?q={}",
        "/?q={}",
        f"/meld-interesse/{world.centre.slug}/?kommune={{}}&fra={{}}",
    ]

    @at_most(times)
    @given(
        way=st.sampled_from(ways),
        text=VALUE,
        method=st.sampled_from(["GET", "HEAD", "POST"]),
    )
    def opened(way: str, text: str, method: str) -> None:
        told = quote(text.encode("utf-8", "surrogatepass"), safe="")
        path, _, query = way.format(*[told] * way.count("{}")).partition("?")
        with transaction.atomic():
            answer = world.visitor().generic(method, path, QUERY_STRING=query)
            is_answered(answer, (method, path, query))
            transaction.set_rollback(True)
        SENT[kind] += 1

    opened()


@pytest.mark.parametrize("kind", KINDS_OF_FORMS)
def test_anything_sent_gets_an_answer(world: World, kind: str) -> None:
    send_anything(world, kind, FEW)


def test_anything_opened_gets_an_answer(world: World) -> None:
    open_anything(world, "addresses", 2 * FEW)


@pytest.mark.prove
@pytest.mark.parametrize("kind", KINDS_OF_FORMS)
def test_a_lot_of_anything_sent_gets_answers(world: World, kind: str) -> None:
    send_anything(world, kind, MANY)

    assert SENT[kind] >= MANY


@pytest.mark.prove
def test_a_lot_of_anything_opened_gets_answers(world: World) -> None:
    open_anything(world, "addresses", MANY)

    assert SENT["addresses"] >= MANY


def test_a_lot_is_more_than_twenty_thousand() -> None:
    assert MANY * (len(KINDS_OF_FORMS) + 1) >= 20_000


def bodies() -> Iterator[tuple[str, bytes]]:
    yield "ten thousand fields", "&".join(f"f{n}=x" for n in range(10_000)).encode()
    yield "a field ten thousand times", b"name=x&" * 10_000
    yield "no UTF-8", b"name=%ff%fe&email=%C3%28&message=\xff\xfe"
    yield "half a sign", b"name=%&email=%4"
    yield "a lone surrogate", b"name=%ED%A0%80&message=%ED%BF%BF"
    yield "a NUL", b"name=%00&message=a%00b"
    yield "in the name", b"%00=%00&%ff=%ff"
    yield "nothing", b""
    yield "much", b"message=" + b"a" * 300_000


@pytest.mark.parametrize("kind", KINDS_OF_FORMS)
def test_bodies_that_no_browser_sends_get_an_answer(world: World, kind: str) -> None:
    client = world.guest() if kind == "own" else world.visitor()

    for what, body in bodies():
        for address in world.addresses(kind):
            with transaction.atomic():
                answer = world.again(client).generic("POST", address, body, PLAIN)
                is_answered(answer, (what, address))
                transaction.set_rollback(True)


def test_own_page_stores_what_was_typed_made_safe(world: World) -> None:
    client = world.guest()
    shown = walk.hidden(client.get("/min-side/kontakt/"))
    contact = {"phone": "412 34 567", "email": world.person.email, "preferred_way": "email"}
    stored = 0

    for text in ODD:
        fields = shown | contact | {"language": "nb", "name": f"Kari {text}"}
        body = encoded(fields)
        answer = client.generic("POST", "/min-side/kontakt/", body, PLAIN)
        assert answer.status_code in (200, 302, 400)
        if answer.status_code == 302:
            stored += 1
            world.person.refresh_from_db()
            assert world.person.name == " ".join(clean_text(QueryDict(body)["name"]).split())

    assert stored > len(ODD) / 2
