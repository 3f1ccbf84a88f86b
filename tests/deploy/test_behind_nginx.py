"""The shipped nginx in front of the product: what it keeps out, and what it writes down."""

import ssl
import statistics
import time

import pytest

from tests.running.production import HOST
from tests.running.served import Served

pytestmark = pytest.mark.prove

SLOW = 200
TOKEN = "KanarifuglKanarifuglKanarifuglKanarifugl123"


def test_comes_back_when_the_program_does(served: Served) -> None:
    served.web.terminate()
    served.web.wait()
    told = served.ask("/")
    assert (told.status, told.headers["retry-after"]) == (503, "30")
    assert "Vi er tilbake om et øyeblikk" in told.text

    served.web = served.start_web()

    deadline = time.monotonic() + 30
    while served.ask("/").status != 200:
        assert time.monotonic() < deadline, served.logs()
        time.sleep(0.1)


def test_no_log_knows_whose_link_it_was(served: Served) -> None:
    served.ask(f"/lenke/{TOKEN}/?q=Kanarifugl")
    served.ask(f"/nn/gruppe/{TOKEN}/hjelp/", Referer=f"https://{HOST}/svar/{TOKEN}/")
    served.ask("/", method="POST", body="navn=Kanarifugl" * 30_000)
    served.web.terminate()
    served.web.wait()
    served.ask(f"/igangsetter/{TOKEN}/")

    lines = (served.folder / "link.log").read_text()
    assert "GET /lenke/* 404" in lines
    assert "GET /nn/gruppe/* 404" in lines
    assert "GET /igangsetter/* 503" in lines
    assert "Kanarifugl" not in served.logs()
    assert "127.0.0.1" not in lines


def test_forged_senders_count_as_the_real_one(served: Served) -> None:
    """60 links that open nothing are the limit of one address, whatever it says it is."""
    asked = [
        served.ask(
            f"/lenke/{number:043}/",
            **{"X-Forwarded-For": f"10.0.0.{number}", "Forwarded": f"for=10.0.0.{number}"},
        ).status
        for number in range(62)
    ]

    assert asked == [404] * 60 + [429] * 2


def test_two_hundred_slow_senders_keep_nobody_waiting(served: Served) -> None:
    """For a minute each holds a line open with a word now and then; others are answered at once."""
    slow = [_slow(served, number) for number in range(SLOW)]
    took = []
    end = time.monotonic() + 60
    while time.monotonic() < end:
        for number, connection in enumerate(slow):
            try:
                connection.sendall(b"X-Slow: yes\r\n")
            except OSError:  # nginx has had enough of it
                connection.close()
                slow[number] = _slow(served, number)
        for _time in range(10):
            begun = time.perf_counter()
            assert served.ask("/").status == 200
            took.append(time.perf_counter() - begun)
            time.sleep(0.1)
    for connection in slow:
        connection.close()

    assert statistics.quantiles(took, n=20)[-1] < 0.5


def _slow(served: Served, number: int) -> ssl.SSLSocket:
    """One more that has said only half of what it wants, from one of five addresses."""
    connection = served.connect(source=f"127.0.0.{10 + number % 5}")
    connection.sendall(f"POST / HTTP/1.1\r\nHost: {HOST}\r\n".encode())
    return connection
