"""One command runs everything, brings back what is killed, and leaves nothing behind."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = [
    pytest.mark.prove,
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads the process tree"),
]

PATIENCE = 90  # seconds, on a machine that does much else


class Up:
    """``manage.py up`` with a database of its own."""

    def __init__(self, state: Path, output: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.bind = f"127.0.0.1:{free.getsockname()[1]}"
        self.state = state
        self.output = output

    def start(self) -> None:
        environment = {
            **os.environ,
            "BIND": self.bind,
            "LINK_STATE_DIR": str(self.state),
            "DJANGO_SETTINGS_MODULE": "linkcenter.settings",
        }
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "up"],
                cwd=settings.BASE_DIR,
                env=environment,
                stdout=output,
                stderr=output,
            )
        self.wait_for(lambda: "Ctrl-C" in self.output.read_text())

    def wait_for(self, happened: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not happened():
            assert time.monotonic() < deadline, self.output.read_text()
            time.sleep(0.1)

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://{self.bind}/readyz") as answer:
                return answer.status == 200
        except (urllib.error.URLError, ConnectionError):
            return False

    def child(self, word: str) -> int | None:
        """The number of the living child that has ``word`` on its command line."""
        for process in Path("/proc").glob("[0-9]*"):
            try:
                parent = int((process / "stat").read_text().rpartition(")")[2].split()[1])
                command = (process / "cmdline").read_text()
            except OSError:  # it has ended meanwhile
                continue
            if parent == self.process.pid and word in command:
                return int(process.name)
        return None

    def postmaster(self) -> int | None:
        try:
            return int(next(self.state.glob("pg-data-*/postmaster.pid")).read_text().split()[0])
        except StopIteration:
            return None

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(PATIENCE)


@pytest.fixture
def up() -> Iterator[Up]:
    folder = Path(tempfile.mkdtemp(prefix="link å "))
    folder.chmod(0o755)  # so that the server's user can enter, should this run as root
    running = Up(folder / "var", folder / "output")
    running.start()
    yield running
    if running.process.poll() is None:
        running.stop()
    shutil.rmtree(folder)


def test_up_greets_and_brings_back_what_is_killed(up):
    greeting = up.output.read_text()
    for path in ("/", "/admin/", "/demo-post/"):
        assert f"http://{up.bind}{path}\n" in greeting
    for account in ("koordinator.tromso", "leder.tromso", "koordinator.oslo", "admin"):
        assert f"{account}@example.org" in greeting

    for program in ("gunicorn", "worker"):
        before = kill(up.child(program))
        up.wait_for(lambda: up.child(program) not in (None, before))  # noqa: B023  at once
        up.wait_for(up.answers)

    worker, database = up.child("worker"), kill(up.postmaster())
    up.wait_for(lambda: up.postmaster() not in (None, database))
    up.wait_for(lambda: up.child("worker") not in (None, worker))  # its listener was dead
    up.wait_for(up.answers)


def test_up_leaves_nothing_behind(up):
    up.process.kill()
    up.process.wait()
    up.wait_for(lambda: not up.answers())
    up.start()
    up.wait_for(up.answers)

    up.stop()

    assert up.process.returncode == 0
    assert up.postmaster() is None
    assert not up.answers()


def kill(number: int | None) -> int:
    assert number is not None
    os.kill(number, signal.SIGKILL)
    return number
