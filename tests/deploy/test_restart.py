"""The web is started anew, as systemd does it, and nobody who asks meanwhile is sent away."""

import http.client
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.core.management import call_command

from tests.participants import walk
from tests.running.production import HOST
from tests.running.programs import PATIENCE
from tests.running.served import Answer, Served

pytestmark = pytest.mark.prove

FORM = "/meld-interesse/link-tromso/gruppe/"
RESTARTS = 5
VISITORS = 4
STYLE = re.compile(r'href="(/static/css/link\.[0-9a-f]+\.css)"')
# What systemd does for a service that has a socket: the socket is number 3.
HAND_OVER = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
os.execv(sys.executable, [sys.executable, "-m", "gunicorn"])
"""


class WithDoor(Served):
    """The door stays open while the web behind it is away, as with ``link-web.socket``."""

    def __init__(self, folder: Path, database: str) -> None:
        super().__init__(folder, database)
        self.door = socket.socket(socket.AF_UNIX)
        self.door.bind(str(folder / "web.sock"))
        (folder / "web.sock").chmod(0o666)  # nginx works as nobody
        self.door.listen(1024)

    def start_web(self) -> "subprocess.Popen[bytes]":
        door = self.door.fileno()
        with (self.folder / "web.log").open("a") as log:
            return subprocess.Popen(  # noqa: S603  our own program
                [sys.executable, "-c", HAND_OVER, str(door)],
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdout=log,
                stderr=log,
                pass_fds=[door],
            )

    def restart(self) -> None:
        self.web.terminate()
        assert self.web.wait(PATIENCE) == 0
        self.web = self.start_web()
        assert self.ask("/healthz").status == 200  # waits at the door

    def ask_from(
        self, source: str, path: str, body: Any = None, **headers: str
    ) -> tuple[Answer, str]:
        """The answer, and the token against forms from elsewhere that came with it."""
        connection = http.client.HTTPConnection(HOST, timeout=60)
        connection.sock = self.connect(source)
        connection.request("POST" if body else "GET", path, body, {"Connection": "close"} | headers)
        response = connection.getresponse()
        text = response.read().decode()
        token = re.search(r"__Host-csrf=(\w+)", response.headers.get("set-cookie", ""))
        connection.close()
        return Answer(response.status, dict(response.headers), text), token[1] if token else ""


@pytest.fixture
def served(web_database: str) -> Iterator[WithDoor]:
    call_command("load_reference", verbosity=0)
    with tempfile.TemporaryDirectory(prefix="link-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        product = WithDoor(Path(folder), web_database)
        try:
            product.start()
            yield product
        finally:
            product.stop()
            product.door.close()


@contextmanager
def visited(served: WithDoor, told: Counter[int], took: list[float]) -> Iterator[None]:
    """People open a form and send it, one after the other, for as long as the block lasts."""
    over = threading.Event()

    def visit(source: str) -> None:
        while not over.is_set():
            begun = time.perf_counter()
            shown, token = served.ask_from(source, FORM)
            told[shown.status] += 1
            sent, _token = served.ask_from(
                source,
                FORM,
                urlencode(walk.PAGES["gruppe"] | hidden_of(shown), doseq=True),
                **{
                    "Content-Type": "application/x-www-form-urlencoded",
                    "Cookie": f"__Host-csrf={token}",
                    "Origin": f"https://{HOST}",
                },
            )
            told[sent.status] += 1
            took.append(time.perf_counter() - begun)

    people = [threading.Thread(target=visit, args=[f"127.5.0.{n + 1}"]) for n in range(VISITORS)]
    for person in people:
        person.start()
    try:
        yield
    finally:
        over.set()
        for person in people:
            person.join()


def report(line: str) -> None:
    print(f"\n{line}")  # noqa: T201  for whoever asks for the figures with -s


def hidden_of(answer: Answer) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', answer.text))


def test_nobody_is_sent_away_while_the_web_is_started_anew(served: WithDoor) -> None:
    told: Counter[int] = Counter()
    took: list[float] = []
    with visited(served, told, took):
        for _time in range(RESTARTS):
            time.sleep(1)
            served.restart()

    report(f"{told.total()} requests, {RESTARTS} restarts, longest {max(took):.1f} s: {dict(told)}")
    assert set(told) == {200, 302}, served.logs()[-2000:]
    assert told[302] >= RESTARTS


def test_pages_of_the_release_before_keep_their_style(served: WithDoor) -> None:
    """They are open in browsers, and served until the web has been started anew."""
    [before] = STYLE.findall(served.ask("/").text)
    looks = served.ask(before).text
    with tempfile.TemporaryDirectory() as folder:
        style = Path(folder) / "css/link.css"
        style.parent.mkdir()
        style.write_text((settings.BASE_DIR / "static/css/link.css").read_text() + "\n/* new */\n")
        served.environment |= {
            "DJANGO_SETTINGS_MODULE": "tests.deploy.releases.new_style",
            "LINK_TEST_STATIC": folder,
        }
        served.manage("collectstatic", "--no-input")
    assert STYLE.findall(served.ask("/").text) == [before]

    served.restart()

    [after] = STYLE.findall(served.ask("/").text)
    assert after != before
    assert "/* new */" in served.ask(after).text
    old = served.ask(before)
    assert (old.status, old.text) == (200, looks)
