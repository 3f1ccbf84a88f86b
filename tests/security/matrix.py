"""Each address, asked by each sort of reader, about each sort of row, in each way; and a verdict.

Every request is taken back, so that the next one meets the same rows.
"""

import re
import traceback
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages import get_messages
from django.db import connection, transaction
from django.test import Client, override_settings
from django.urls import reverse

from centres.models import StaffRole
from centres.states import Role
from linkcenter.models import User
from participants.models import Registration
from tests.participants import own as own_page
from tests.security import headers
from tests.security.doors import DJANGOS, Door
from tests.security.rights import PUBLIC, may, seen_by
from tests.security.world import NUMBER, Planted, World

REFUSED = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")  # everywhere, before any page is asked
OUTSIDE = ("admin:login", "admin:index", "account_login", "mfa_index")
METHODS = ("GET", "HEAD", "POST", *REFUSED)
FEW = ("none", "own", "foreign", "missing")
FINE = {200, 301, 302, 400, 403, 404, 405, 409, 429}
NOTED = {"participants_readlog", "linkcenter_activity"}  # what opening a page leaves
PASSING = {"django_session", "linkcenter_spending"}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w*"|nonce="[^"]*"|nonce-[\w+/=-]*')
WRITTEN = (
    "select relname, n_tup_ins + n_tup_upd + n_tup_del from pg_stat_xact_user_tables"
    " where n_tup_ins + n_tup_upd + n_tup_del > 0"
)


@dataclass(frozen=True)
class Reader:
    """Who asks. ``kind`` is their name in the table of rights; ``sees_both`` is at both centres."""

    name: str
    kind: str
    roles: tuple[tuple[Role, str], ...] = ()  # and the centre: "own", "foreign" or none
    sees_both: bool = False


AT_OWN = (Role.COORDINATOR, "own")
READERS = (
    Reader("anonymous", "nobody"),
    Reader("resident", "nobody"),
    Reader("without a role", "nobody"),
    Reader("deactivated", "nobody", (AT_OWN, (Role.ADMINISTRATOR, ""))),
    Reader("role taken away", "nobody", (AT_OWN, (Role.ADMINISTRATOR, ""))),
    Reader("without a second factor", "nobody", (AT_OWN, (Role.ADMINISTRATOR, ""))),
    Reader("coordinator", "centre", (AT_OWN,)),
    Reader("lead", "lead", ((Role.LEAD, "own"),)),
    Reader("at both", "centre", (AT_OWN, (Role.COORDINATOR, "foreign")), sees_both=True),
    Reader("administrator", "administrator", ((Role.ADMINISTRATOR, ""),), sees_both=True),
    Reader("statistics", "statistics", ((Role.STATISTICS, ""),), sees_both=True),
)


def browser(world: World, reader: Reader) -> Client:
    """A browser in which ``reader`` has logged in, before anything was taken away from them."""
    client = Client(raise_request_exception=False, headers={"X-Request-ID": "0" * 32})
    if reader.name == "anonymous":
        return client
    if reader.name == "resident":
        own_page.enter(client, world.own.rows[Registration].participant)
        return client
    user = User.objects.create_user(
        password="prov-link", email=f"{reader.name.replace(' ', '-')}@example.org", name="Ansatt"
    )
    sides = {"own": world.own.centre, "foreign": world.foreign.centre, "": None}
    for role, centre in reader.roles:
        StaffRole.objects.create(user=user, role=role, centre=sides[centre])
    enter(client, user)
    if reader.name == "deactivated":
        User.objects.filter(pk=user.pk).update(is_active=False)
    if reader.name == "role taken away":
        user.staff_roles.all().delete()
    return client


def enter(client: Client, user: User) -> None:
    """Log in, with all that it takes."""
    client.force_login(user)


@dataclass
class Answer:
    """What came back, and what it did."""

    status: int
    text: str  # the body, the headers and the messages, without what is new in each
    place: str
    wrote: set[str]
    headers: dict[str, str]
    error: str = ""  # what broke, and where

    def without(self, numbers: list[str]) -> tuple[int, str]:
        text = self.text
        for number in sorted(numbers, key=len, reverse=True):
            text = text.replace(number, "N")
        return self.status, text


@dataclass(frozen=True)
class Case:
    reader: Reader
    door: Door
    which: str
    method: str

    def __str__(self) -> str:
        return f"{self.reader.name}: {self.method} {self.door.route} ({self.which})"


class Matrix:
    """The cases of one reader. ``findings`` are those that were answered wrongly, and why."""

    def __init__(self, world: World, reader: Reader) -> None:
        self.world, self.reader = world, reader
        self.client = browser(world, reader)
        world.written = written()
        self.cookies = {name: morsel.value for name, morsel in self.client.cookies.items()}
        self.cases = 0
        self.findings: list[str] = []
        self.type = str(ContentType.objects.get_for_model(Registration).pk)

    def walk(self, doors: Iterable[Door], methods: Iterable[str] = METHODS) -> None:
        for door in doors:
            for method in methods:
                rows = self.objects(self.reader, door, method)
                answers = {which: self._ask(door, which, method) for which in rows}
                for which, answer in answers.items():
                    self.cases += 1
                    case = Case(self.reader, door, which, method)
                    for wrong in self._wrong(case, answer, answers):
                        self.findings.append(f"{case}: {wrong}")

    @staticmethod
    def objects(reader: Reader, door: Door, method: str) -> tuple[str, ...]:
        """Which rows to ask for. Who has no way in is told so before any row is looked for."""
        if method in REFUSED:
            return door.objects()[:1] if reader.name in ("anonymous", "coordinator") else ()
        if method == "HEAD":
            return door.objects()[:2]
        few = reader.kind in ("nobody", "statistics") and reader.name != "anonymous"
        return tuple(each for each in door.objects() if not few or each in FEW)

    def must_be_content(self) -> None:
        """Fail the test with everything that was answered wrongly."""
        found, self.findings = self.findings, []
        if found:
            pytest.fail("\n".join(found), pytrace=False)

    def opens(self, door: Door, which: str) -> bool:
        """Whether the page opens, and shows something."""
        return self._ask(door, which, "GET").status == 200

    # Asking

    def _ask(self, door: Door, which: str, method: str) -> Answer:
        address = door.address(self.world.own, self.world.foreign, which)
        return self.ask(method, address.replace("TYPE", self.type))

    def ask(self, method: str, address: str, data: Any = None, **how: Any) -> Answer:
        """Ask, look at what it did, and take it back. ``data`` are fields, or a body as it is."""
        self.client.cookies = SimpleCookie(self.cookies)
        send: Any = partial(self.client.generic, method)
        if isinstance(data, dict):
            send = getattr(self.client, method.lower())
        with transaction.atomic(), self.rules():
            response = send(address, data, **how) if data is not None else send(address)
            before, self.world.written = self.world.written, written()
            now = self.world.written
            wrote = {name for name, times in now.items() if times != before.get(name, 0)}
            answer = Answer(
                status=response.status_code,
                text=_text(response),
                place=response.headers.get("Location", ""),
                wrote=wrote - PASSING,
                headers=dict(response.headers),
                error=_error(response),
            )
            self.after(response, answer)
            transaction.set_rollback(True)
        return answer

    def rules(self) -> AbstractContextManager[Any]:
        """Where a second factor is asked for, this one has none. The others are where it is not."""
        is_asked_for = self.reader.name == "without a second factor"
        return override_settings(SECOND_FACTOR_REQUIRED=is_asked_for)

    def after(self, response: Any, answer: Answer) -> None:
        """For who looks at more of what an act has done, before it is taken back."""

    # Judging

    def _wrong(self, case: Case, answer: Answer, answers: dict[str, Answer]) -> Iterator[str]:
        if answer.status not in FINE:
            yield f"answers {answer.status} {answer.error}"
        if case.method != "POST" and answer.wrote - NOTED:
            yield f"changes {sorted(answer.wrote - NOTED)}"
        if case.method not in ("GET", "HEAD", "POST") and answer.status != 405:
            yield f"answers {answer.status} and not 405"
        yield from headers.wrong(f"admin:{case.door.name}", answer.status, answer.headers)
        yield from self.leaks(answer, self._numbers(case))
        if case.method in ("GET", "HEAD", "POST"):
            yield from self._wrongly_open(case, answer)
            yield from self._tells_apart(case, answer, answers)

    def _numbers(self, case: Case) -> list[str]:
        return case.door.numbers(self.world.own, self.world.foreign, case.which)

    def _sees(self, which: str) -> bool:
        return which in ("none", "own") or (which == "foreign" and self.reader.sees_both)

    def _wrongly_open(self, case: Case, answer: Answer) -> Iterator[str]:
        door, allowed = case.door, may(self.reader.kind, case.door)
        if self.reader.kind == "nobody":
            if not _is_for_all(door) and not _turned_away(answer):
                yield f"is not turned away: {answer.status} {answer.place}"
            return
        if door.what == "old" or door.model is None:
            return
        led_on = _leads_on(answer, self._numbers(case))
        is_open = answer.status == 200 or (
            answer.status == 302 and not led_on and not _turned_away(answer)
        )
        if self._sees(case.which) and allowed is not None:
            if allowed and case.method != "POST" and not (is_open or led_on):
                yield f"is closed: {answer.status} {answer.place}"
            if not allowed and is_open:
                yield f"is open: {answer.status} {answer.place}"
        elif (allowed is False or door.what in DJANGOS) and is_open:
            yield f"is open: {answer.status} {answer.place}"
        elif not self._sees(case.which) and answer.status == 200:
            yield "is open: 200"
        if (allowed is False or not self._sees(case.which)) and answer.wrote:
            yield f"writes {sorted(answer.wrote)}"

    def _tells_apart(self, case: Case, answer: Answer, answers: dict[str, Answer]) -> Iterator[str]:
        """A row that the reader may not see answers as one that is missing, letter by letter."""
        if case.which in ("none", "own", "missing", "malformed") or self._sees(case.which):
            return
        if case.method not in ("GET", "POST"):
            return
        missing = answers["missing"]
        numbers = case.door.numbers(self.world.own, self.world.foreign, "missing")
        if answer.without(self._numbers(case)) != missing.without(numbers):
            yield f"answers otherwise than a missing row: {answer.status}, not {missing.status}"

    def leaks(self, answer: Answer, asked: list[str]) -> Iterator[str]:
        """Planted words and numbers in an answer that its reader may not see."""
        text = answer.text.lower()
        for side in (self.world.own, self.world.foreign):
            if side.mark in text:
                for word in sorted(set(re.findall(side.mark + "[a-z][a-z]", text))):
                    planted = self.world.words.get(word)
                    if planted is None or not self._may_read(planted):
                        yield f"tells {planted}"
        if self.reader.kind in ("administrator", "statistics"):
            if re.search(r"d-(44|88)0\d{6}", text):
                yield "tells a person's reference"
        elif not self.reader.sees_both:
            hidden = ("44", "88") if self.reader.kind == "nobody" else ("88",)
            told = {match[0] for match in NUMBER.finditer(text) if match[1] in hidden}
            if strange := told - {*asked, str(self.world.foreign.centre.pk)}:
                yield f"tells the numbers {sorted(strange)}"

    def _may_read(self, planted: Planted) -> bool:
        if self.reader.kind == "nobody":
            return False
        if (planted.model, planted.field) in PUBLIC:
            return True
        if self.reader.kind in ("centre", "lead"):
            return self.reader.sees_both or planted.side == "own"
        return planted.model in seen_by(self.reader.kind)


def written() -> dict[str, int]:
    """How many rows of each table this transaction has written so far, taken back or not."""
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        return dict(cursor.fetchall())


def _text(response: Any) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    skipped = {"Content-Length", "Date", "ETag", "Content-Security-Policy"}
    headers = [f"{name}: {value}" for name, value in response.items() if name not in skipped]
    request = getattr(response, "wsgi_request", None)
    said = [str(each) for each in get_messages(request)] if request is not None else []
    text = "\n".join([*sorted(headers), *said, body.decode(errors="replace")])
    return TOKEN.sub("TOKEN", text)


def _error(response: Any) -> str:
    """What kind of error, and the last places of ours on the way to it. Never what it says."""
    error = (getattr(response, "exc_info", None) or (None, None))[1]
    if error is None:
        return ""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [each for each in frames if ".venv" not in each.filename]
    places = [f"{Path(each.filename).name}:{each.lineno}" for each in ours[-3:]]
    return f"({type(error).__name__} at {', '.join(places)})"


def _turned_away(answer: Answer) -> bool:
    """Whether nothing was opened: a refusal, the log-in, or the start with "it is not there"."""
    if answer.status in (400, 403, 404, 405):
        return True
    place = answer.place.partition("?")[0]
    return answer.status == 302 and place in map(reverse, OUTSIDE)


def _leads_on(answer: Answer, numbers: list[str]) -> bool:
    """Whether it leads to the page of the row that was asked for, which answers for itself.

    So do acts to whoever only opens their address, and what Django takes for an old address.
    """
    asked = "|".join(map(re.escape, map(quote, numbers)))
    return answer.status == 302 and bool(re.search(f"/({asked})(/.*)?/change/$", answer.place))


def _is_for_all(door: Door) -> bool:
    """The log-in itself, the words of Django's scripts, and old addresses that lead on."""
    return door.name in ("login", "jsi18n") or door.what == "old"
