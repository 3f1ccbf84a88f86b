"""The product as it runs: gunicorn and the worker as programs of their own, with their logs."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from tests.proofs.browser import Browser

PATIENCE = 60  # seconds, on a machine that does much else


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
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
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
        files = ["--access-logfile", self.state / "access.log", "--log-level", "info"]
        with (self.state / "web.log").open("a") as log:
            self.web = subprocess.Popen(  # noqa: S603  our own program
                [sys.executable, "-m", "gunicorn", "--bind", self.address, *map(str, files)],
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        self.wait()

    def wait(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                Browser(self.address).get("/healthz")
            except OSError:
                assert time.monotonic() < deadline, self.logs()
                time.sleep(0.1)
            else:
                return

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
        with (self.state / "worker.log").open("a") as log:
            done = subprocess.run(  # noqa: S603  our own program
                [sys.executable, "manage.py", *command],
                cwd=settings.BASE_DIR,
                env={**self.environment, **environment},
                stdout=log,
                stderr=log,
                check=False,
            )
        assert not done.returncode, self.logs()

    def mails(self) -> list[EmailMessage]:
        return [_read(file) for file in self._mail_files()]

    def _mail_files(self) -> list[Path]:
        return sorted((self.state / "mail").glob("*.eml"))

    def logs(self) -> str:
        return "\n".join(file.read_text() for file in sorted(self.state.glob("*.log")))

    def access_log(self) -> str:
        return (self.state / "access.log").read_text()


def _read(file: Path) -> Any:
    return message_from_bytes(file.read_bytes(), policy=policy.default)


def address_of_database(name: str = "") -> str:
    """The URL of the tests' database, or of another beside it."""
    told = connection.settings_dict
    password = f":{quote(told['PASSWORD'], safe='')}" if told["PASSWORD"] else ""
    host = quote(str(told["HOST"]), safe="")
    return (
        f"postgresql://{quote(told['USER'], safe='')}{password}@{host}:{told['PORT'] or 5432}"
        f"/{name or told['NAME']}"
    )


@contextmanager
def running(database: str = "", prepare: Iterable[str] = ()) -> Iterator[Product]:
    """The product on the tests' database, or on another after the commands that prepare it."""
    with tempfile.TemporaryDirectory(prefix="link ") as state:
        product = Product(Path(state), database or address_of_database())
        for command in prepare:
            product.manage(command)
        try:
            product.start()
            yield product
        finally:
            product.stop()
