"""What is no request, or one that can be read in two ways, is refused; anything gets an answer."""

import socket
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from random import Random

import pytest

from tests.deploy.raw import NO_REQUEST, ONLY_GUNICORN_REFUSES, Heard, anything, exchange
from tests.proofs import test_fuzz
from tests.running.production import HOST
from tests.running.served import Served
from tests.security import test_staff_fuzz
from tests.security.headers import wrong

FEW, MANY = 1_250, 5_000  # through each of both
AT_ONCE = 12
REFUSED = 400
# gunicorn alone looks at chunks when somebody reads them: the program has said no without.
UNREAD = {"a chunk without a size": 403}


def gunicorn(served: Served) -> socket.socket:
    line = socket.socket(socket.AF_UNIX)
    line.connect(f"{served.folder}/web.sock")
    return line


def by_itself(sent: bytes) -> bytes:
    """As nginx says that it came encrypted: else gunicorn is asked for the way there."""
    return sent.replace(b" HTTP/1.1\r\n", b" HTTP/1.1\r\nX-Forwarded-Proto: https\r\n", 1)


@pytest.mark.prove
def test_what_is_no_request_is_refused_and_the_line_closed(served: Served) -> None:
    for name, sent in NO_REQUEST.items():
        for way, connect, said in (
            ("nginx", served.connect, sent),
            ("gunicorn", partial(gunicorn, served), by_itself(sent)),
        ):
            heard = exchange(connect, said)
            statuses = [each for each in heard.statuses if each != UNREAD.get(name)]
            assert statuses == [REFUSED], (name, way, heard.said[:200])
            assert heard.is_closed, (name, way)
            assert heard.took < 9, (name, way)
            assert wrong("", REFUSED, heard.headers, in_production=True) == [], (name, way)
            assert b"nginx/" not in heard.said
    for name, sent in ONLY_GUNICORN_REFUSES.items():
        heard = exchange(partial(gunicorn, served), sent)
        assert (heard.statuses, heard.is_closed) == ([REFUSED], True), name
        assert exchange(served.connect, sent).statuses == [200], name
    assert "X-Odd" not in served.logs()
    assert "elsewhere.example" not in served.logs()


@pytest.mark.prove
def test_nothing_is_smuggled_past_nginx(served: Served) -> None:
    """A second request that hides in the first is not answered by anybody."""
    hidden = f"GET /robots.txt HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode()
    begun = f"POST /healthz HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n".encode()
    size = f"{len(hidden):x}".encode()
    ways = {
        "in a body": b"Content-Length: %d\r\n\r\n" % len(hidden) + hidden,
        "in a chunk": b"Transfer-Encoding: chunked\r\n\r\n%s\r\n%s\r\n0\r\n\r\n" % (size, hidden),
        "after line feeds": b"X: a\nContent-Length: %d\n\n" % len(hidden) + hidden,
        "after chunks with line feeds": b"Transfer-Encoding: chunked\r\n\r\n0\n\n" + hidden,
        "in a name of a chunk": b"Transfer-Encoding: chunked\r\n\r\n0;a=\n%s\r\n\r\n" % hidden,
        "after the end": b"Content-Length: 0\r\n\r\n" + hidden,
    }

    for name, rest in ways.items():
        heard = exchange(served.connect, begun + rest)
        assert heard.statuses in ([400], [403]), (name, heard.statuses)


def test_all_that_is_tried_is_more_than_thirty_thousand() -> None:
    public = test_fuzz.MANY * (len(test_fuzz.KINDS_OF_FORMS) + 1)
    staff = test_staff_fuzz.PARTS * test_staff_fuzz.EACH

    assert public + staff + 2 * MANY >= 30_000
    assert 2 * MANY >= 5_000


@pytest.mark.prove
def test_anything_raw_gets_an_answer(served: Served) -> None:
    throw(served, FEW)


@pytest.mark.chaos
def test_a_lot_of_anything_raw_gets_answers(served: Served) -> None:
    throw(served, MANY)


def throw(served: Served, times: int) -> None:
    """Through nginx each comes from another network address, so that no limit is met."""

    def from_somewhere(number: int) -> socket.socket:
        return served.connect(
            source=f"127.{1 + number // 62_500}.{number // 250 % 250}.{number % 250 + 1}"
        )

    def one(number: int, connect: Callable[[int], socket.socket]) -> tuple[bytes, Heard]:
        sent = anything(Random(number))  # noqa: S311  no secret
        return sent, exchange(partial(connect, number), sent, one=True)

    for way, connect in {"nginx": from_somewhere, "gunicorn": lambda _n: gunicorn(served)}.items():
        with ThreadPoolExecutor(AT_ONCE) as threads:
            heard = list(threads.map(partial(one, connect=connect), range(times)))
        told = Counter(each.status for _sent, each in heard)
        print(f"{way}: {times} requests at random: {dict(sorted(told.items()))}")  # noqa: T201
        broken = [(each.status, sent[:600]) for sent, each in heard if each.status >= 500]
        silent = [sent[:600] for sent, each in heard if not each.is_closed and not each.said]
        assert (broken[:5], silent[:5]) == ([], [])
    assert served.web.poll() is None
    assert "Traceback" not in served.logs()
