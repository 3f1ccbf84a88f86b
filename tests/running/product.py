"""The product as it runs: gunicorn and the worker as programs of their own, with their logs."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from django.conf import settings

from tests.running.browser import Browser
from tests.running.programs import PATIENCE, free_port, read_logs, start, wait_until
from tests.running.roles import url


class Product:
    """``state`` holds the keys of the tests, the mails, the logs and the ledger of erasures."""

    def __init__(self, state: Path, database: str) -> None:
        self.state = state
        for name, key in {
            "signing": settings.SECRET_KEY,
            "field": settings.FIELD_KEYS[0],
            "index": settings.INDEX_KEY,
            "link": settings.LINK_KEY,
        }.items():
            (state / f"{name}.secret").write_text(key)
        self.address = f"127.0.0.1:{free_port()}"
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "linkcenter.settings",
            "LINK_STATE_DIR": str(state),
            "LINK_LOG_LEVEL": "INFO",
            "BIND": self.address,
            "DATABASE_URL": database,
        }
        self.web: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        files = ["--access-logfile", f"{self.state}/access.log", "--log-level", "info"]
        command = [sys.executable, "-m", "gunicorn", "--bind", self.address, *files]
        self.web = start(command, self.state / "web.log", self.environment)
        self.wait()

    def wait(self) -> None:
        wait_until(lambda: Browser(self.address).get("/healthz").status_code == 200, self.logs)

    def stop(self) -> None:
        if self.web is not None:
            self.web.terminate()
            self.web.wait(PATIENCE)

    def browser(self) -> Browser:
        return Browser(self.address)

    def work(self) -> list[EmailMessage]:
        """Let the worker empty the queue; the mails that it has sent."""
        before = set(self._mail_files())
        self.manage("worker", "--one-shot")
        return [_read(file) for file in self._mail_files() if file not in before]

    def manage(self, *command: str, **environment: str) -> None:
        told = {**self.environment, **environment}
        done = start([sys.executable, "manage.py", *command], self.state / "worker.log", told)
        assert done.wait() == 0, self.logs()

    def mails(self) -> list[EmailMessage]:
        return [_read(file) for file in self._mail_files()]

    def _mail_files(self) -> list[Path]:
        return sorted((self.state / "mail").glob("*.eml"))

    def logs(self) -> str:
        return read_logs(self.state)

    def access_log(self) -> str:
        return (self.state / "access.log").read_text()


def _read(file: Path) -> Any:
    return message_from_bytes(file.read_bytes(), policy=policy.default)


@contextmanager
def running(database: str = "", prepare: Iterable[str] = ()) -> Iterator[Product]:
    """The product on the tests' database, or on another after the commands that prepare it."""
    with tempfile.TemporaryDirectory(prefix="link ") as state:
        product = Product(Path(state), database or url())
        for command in prepare:
            product.manage(command)
        try:
            product.start()
            yield product
        finally:
            product.stop()
