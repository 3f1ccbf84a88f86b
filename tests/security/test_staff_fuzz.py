"""Whatever is asked of the staff's pages, by whoever may open them all: an answer, no breakdown.

``make prove`` asks five thousand times: odd numbers of rows, odd questions, and forms with anything
in them. Each part draws from its own seed, so that what failed once fails again.
"""

import re
from random import Random
from urllib.parse import quote, urlencode

import pytest

from centres.states import Role
from tests.proofs.odd import KNOWN, ODD
from tests.security.doors import Door, doors
from tests.security.matrix import AT_OWN, Matrix, Reader
from tests.security.world import World

PARTS, EACH = 10, 500
READER = Reader(
    "everything", "lead", (AT_OWN, (Role.LEAD, "foreign"), (Role.ADMINISTRATOR, "")), True
)
CLEAN = {200, 301, 302, 400, 403, 404, 405, 409, 413, 414, 429}
NAME = re.compile(r'name="([^"]+)"')
ASKED = (
    *("q", "p", "o", "e", "all", "view", "_to_field", "_popup", "_changelist_filters", "_facets"),
    *("page", "side", "next", "centre", "centre__id__exact", "about", "year", "day", "week", "to"),
    *("registration", "group", "person", "venue", "back", "first", "second", "start", "date"),
    *("mine", "responsible", "term", "app_label", "model_name", "field_name", "filter", "id__in"),
    *("pk", "name__startswith", "\x00", "", "kind", "state", "state__exact", "until", "from"),
)
PLAIN = "application/x-www-form-urlencoded"
BODIES = (
    b"\xff\xfe=%ff&a=%",
    b"&".join(b"f%d=x" % number for number in range(2_000)),
    b'{"a": 1}',
    b"action=&_selected_action=&select_across=x&index=9",
    b"form-TOTAL_FORMS=x&form-INITIAL_FORMS=-1",
    b"opening_hours-TOTAL_FORMS=1001&opening_hours-INITIAL_FORMS=0",
    b"_save=1&_saveasnew=1&_continue=1&_addanother=1&_popup=1&_to_field=password",
    b"action=delete_selected&_selected_action=x&_selected_action=%00&post=yes",
)
NUMBERS = ("0", "-1", "1", "9" * 18, "9" * 30, "\u0664", "x", "%00", "1/2", "_5F", "0x10", "1e3")


class Guesser:
    """Draws requests. ``names`` are those of the fields on each page, once it has been opened."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.draw = world, Random(seed)  # noqa: S311  no secret
        self.matrix = Matrix(world, READER) if not hasattr(world, "fuzzed") else world.fuzzed
        world.fuzzed = self.matrix  # type: ignore[attr-defined]  # one log-in for all the parts
        self.names: dict[str, list[str]] = {}

    def address(self, door: Door) -> str:
        which = self.draw.choice(door.objects())
        address = door.address(self.world.own, self.world.foreign, which).replace("TYPE", "1")
        if self.draw.random() < 0.2:
            number = self.draw.choice([*NUMBERS, *ODD])
            text = quote(number.encode("utf-8", "surrogatepass"), safe="")
            address = re.sub(r"(44|88|99)\d+", lambda _match: text, address, count=1)
        return address

    def value(self) -> str:
        return self.draw.choice([*ODD, *KNOWN, *NUMBERS, "440000001", "880000001", "440001900"])

    def question(self) -> str:
        asked = [
            (self.draw.choice(ASKED), self.value()) for _each in range(self.draw.randint(0, 4))
        ]
        return urlencode(asked, encoding="utf-8", errors="surrogatepass")

    def body(self, address: str) -> bytes:
        if self.draw.random() < 0.1:
            return self.draw.choice(BODIES)
        if address not in self.names:
            page = self.matrix.ask("GET", address)
            self.names[address] = sorted({*NAME.findall(page.text), "action", "sure", "post"})
        few = self.draw.sample(self.names[address], min(len(self.names[address]), 12))
        fields = [(name, self.value()) for name in few]
        return urlencode(fields, encoding="utf-8", errors="surrogatepass").encode()

    def asks(self, doors: list[Door]) -> str:
        """Sends one request; says what was wrong with its answer, if anything was."""
        address = self.address(self.draw.choice(doors))
        if question := self.question():
            address = f"{address}?{question}"
        if self.draw.random() < 0.45:
            body = self.body(address)
            answer = self.matrix.ask("POST", address, body, content_type=PLAIN)
            return (
                ""
                if answer.status in CLEAN
                else f"{answer.status} {answer.error} POST {address} {body!r}"
            )
        answer = self.matrix.ask(self.draw.choice(["GET", "GET", "HEAD"]), address)
        return "" if answer.status in CLEAN else f"{answer.status} {answer.error} {address}"


@pytest.mark.prove
@pytest.mark.parametrize("part", range(PARTS))
def test_anything_asked_of_staff_pages_gets_an_answer(world: World, part: int) -> None:
    guesser, every = Guesser(world, part), list(doors())

    wrong = [guesser.asks(every) for _each in range(EACH)]

    assert [each for each in wrong if each] == []


def test_so_often_are_they_asked() -> None:
    assert PARTS * EACH >= 5_000
