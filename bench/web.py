"""The product as it runs in production: gunicorn with its own settings, asked over a socket."""

import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from tests.running.production import HOST, with_our_keys
from tests.running.roles import url, web_role

READERS = 4  # connections at once, each kept open
SLICE = 0.25  # seconds of one kind of request before the next has its turn


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


class Browser:
    """One connection that stays open and asks as a browser behind the proxy would."""

    def __init__(self, port: int, network: str) -> None:
        self._port = port
        self._network = network
        self._socket = self._connected()

    def _connected(self) -> socket.socket:
        here = (self._network, 0)
        return socket.create_connection(("127.0.0.1", self._port), 30, source_address=here)

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask(request(path, **headers))

    def ask(self, sent: bytes) -> Answer:
        try:
            return self._ask(sent)
        except ConnectionError:  # a worker that has had its fill of requests is replaced
            self.close()
            self._socket = self._connected()
            return self._ask(sent)

    def close(self) -> None:
        self._socket.close()

    def _ask(self, sent: bytes) -> Answer:
        self._socket.sendall(sent)
        got = b""
        while b"\r\n\r\n" not in got:
            got += self._receive()
        head, _, body = got.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (li.partition(": ") for li in lines)}
        length = int(headers.get("content-length", "0"))
        while len(body) < length:
            body += self._receive()
        return Answer(int(first.split()[1]), headers, body)

    def _receive(self) -> bytes:
        received = self._socket.recv(65536)
        if not received:
            raise ConnectionResetError
        return received


def request(path: str, method: str = "GET", **headers: str) -> bytes:
    lines = {
        "Host": HOST,
        "X-Forwarded-Proto": "https",
        "Accept-Encoding": "gzip",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    first = f"{method} {path} HTTP/1.1"
    return "\r\n".join(
        [first, *(f"{name}: {value}" for name, value in lines.items()), "", ""]
    ).encode()


def post(path: str, form: str, **headers: str) -> bytes:
    """A form as a browser sends it."""
    kind, length = "application/x-www-form-urlencoded", str(len(form))
    head = request(path, "POST", Content_Type=kind, Content_Length=length, **headers)
    return head + form.encode()


@contextmanager
def production() -> Iterator["Web"]:
    """gunicorn in production mode on the database at hand, with keys and files of its own."""
    with (
        web_role() as role,
        tempfile.TemporaryDirectory() as state,
        socket.create_server(("127.0.0.1", 0)) as taken,
    ):
        port = taken.getsockname()[1]
        told = with_our_keys(Path(state), url(role=role), DJANGO_SETTINGS_MODULE="bench.settings")
        taken.close()
        _run("manage.py", "collectstatic", "--noinput", "-v0", environment=told)
        with (Path(state) / "web.log").open("w") as log:
            process = subprocess.Popen(  # noqa: S603  our own program
                [
                    *(sys.executable, "-m", "gunicorn", "--log-level", "warning"),
                    *("--bind", f"127.0.0.1:{port}"),
                ],
                cwd=settings.BASE_DIR,
                env=told,
                stderr=log,  # a line for each request
            )
        try:
            yield Web(port, process.pid)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def _run(*command: str, environment: dict[str, str]) -> None:
    subprocess.run(  # noqa: S603  our own program
        [sys.executable, *command], cwd=settings.BASE_DIR, env=environment, check=True
    )


class Web:
    """The running processes, and what they can do."""

    def __init__(self, port: int, master: int) -> None:
        self.port = port
        self._master = master
        self._wait()

    def _wait(self) -> None:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise SystemExit("gunicorn does not answer.")

    def browser(self, network: str = "127.0.0.1") -> Browser:
        """One that sits at the network address ``network``, of which this machine has many."""
        return Browser(self.port, network)

    def compare(self, kinds: list[Callable[[int], bytes]], rounds: int) -> list[float]:
        """How many requests per second of each kind are answered, all in turn, again and again."""
        done = [0] * len(kinds)
        for _ in range(rounds):
            for number, kind in enumerate(kinds):
                done[number] += self._answered(kind)
        return [count / (rounds * SLICE) for count in done]

    def _answered(self, kind: Callable[[int], bytes]) -> int:
        end = time.perf_counter() + SLICE
        counts = [0] * READERS

        def read(reader: int) -> None:
            browser = self.browser()
            while time.perf_counter() < end:
                number = time.perf_counter_ns()
                status = browser.ask(kind(number)).status
                if status not in (200, 304):
                    raise SystemExit(f"{status} for {kind(number)!r}")
                counts[reader] += 1

        threads = [threading.Thread(target=read, args=[reader]) for reader in range(READERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sum(counts)

    def memory(self) -> list[tuple[float, float]]:
        """MiB of each worker: all that it has in memory, and its share of what they share."""
        found = []
        for children in Path(f"/proc/{self._master}/task").glob("*/children"):
            found += [memory_of(int(worker)) for worker in children.read_text().split()]
        return found


def memory_of(process: int) -> tuple[float, float]:
    """MiB of a process: all that it has in memory, and its share of what it has with others."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    sizes = {line.split(":")[0]: line.split()[1] for line in lines[1:]}
    return int(sizes["Rss"]) / 1024, int(sizes["Pss"]) / 1024
