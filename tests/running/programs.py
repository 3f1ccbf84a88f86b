"""Programs that tests start: a free port for them, their log, and the patience to wait for them."""

import socket
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from django.conf import settings

PATIENCE = 60  # seconds, on a machine that does much else


def free_port() -> int:
    """One that nobody listens at just now."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


def start(
    command: list[str], log: Path, environment: Mapping[str, str], *, own_group: bool = False
) -> "subprocess.Popen[bytes]":
    """All that the program says goes to the end of ``log``. ``own_group``: to be killed as one."""
    with log.open("a") as told:
        return subprocess.Popen(  # noqa: S603  our own programs, and those of the machine
            command,
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=told,
            stderr=told,
            start_new_session=own_group,
        )


def wait_until(is_there: Callable[[], bool], logs: Callable[[], str]) -> None:
    """Fail with ``logs`` if ``is_there`` does not come true; a refused connection is a no."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            if is_there():
                return
        except OSError:
            pass
        assert time.monotonic() < deadline, logs()
        time.sleep(0.05)


def read_logs(folder: Path) -> str:
    """All logs of a folder, one after the other."""
    files = sorted(folder.glob("*.log"))
    return "\n".join(file.read_text(errors="replace") for file in files)
