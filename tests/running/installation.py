"""An installation in production mode: gunicorn, workers and PostgreSQL. Each may be killed.

Whoever dies is started again, as systemd does it: without a pause, so that more can die.
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from django.conf import settings

from linkcenter.embedded_postgres import server
from tests.running.browser import Answer, Browser
from tests.running.private_database import Database
from tests.running.production import HOST
from tests.running.programs import free_port, read_logs, start, wait_until
from tests.running.sink import Hook, Sink, listening
from tests.running.workers import Worker, at_work

ROLE = "link_web"


class Visitor(Browser):
    """A browser behind the proxy, which tells us where it sits."""

    def _ask(
        self, method: str, path: str, body: str | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        told = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": self.source}
        if method == "POST":
            told["Origin"] = f"https://{HOST}"
        seat, self.source = self.source, ""  # only told, for this machine is not there
        try:
            return super()._ask(method, path, body, {**(headers or {}), **told})
        finally:
            self.source = seat


class Installation:
    """``state`` holds its keys and logs. Each of the ``workers`` has a mail server of its own."""

    def __init__(self, state: Path, database: Database) -> None:
        self.state, self.database = state, database
        self.address = f"127.0.0.1:{free_port()}"
        owner = Worker(state, "smtp://127.0.0.1", database.url).environment
        self._manage(owner, "migrate", "-v0", "--skip-checks")
        self._manage(owner, "load_reference", "-v0", "--skip-checks")
        database.tell(f"create role {ROLE} login")
        self._manage(owner, "grant_rights", ROLE, "-v0", "--skip-checks")
        self.url = database.url.replace(f"//{server.DB_USER}@", f"//{ROLE}@")
        self.environment = owner | {"DATABASE_URL": self.url, "BIND": self.address}
        self._manage(self.environment, "collectstatic", "--no-input", "-v0")
        self.sinks: list[Sink] = []
        self.workers: list[Worker] = []
        self.web: subprocess.Popen[bytes] | None = None

    def _manage(self, environment: dict[str, str], *command: str) -> None:
        manage = [sys.executable, "manage.py", *command]
        subprocess.run(manage, cwd=settings.BASE_DIR, env=environment, check=True)  # noqa: S603  ours

    @contextmanager
    def at_work(self, hooks: list[Hook]) -> Iterator[None]:
        """Pages, and as many workers as there are ``hooks`` for their mail servers."""
        self.sinks = [Sink(hook) for hook in hooks]
        self.workers = [Worker(self.state, sink.url, self.url) for sink in self.sinks]
        is_over = threading.Event()
        again = threading.Thread(target=self._start_again, args=[is_over])
        with ExitStack() as stack:
            for sink in self.sinks:
                stack.enter_context(listening(sink))
            stack.enter_context(at_work(*self.workers))
            self.start_web()
            self.wait()
            again.start()
            try:
                yield
            finally:
                is_over.set()
                again.join()
                self.kill_all_of_web()

    def _start_again(self, is_over: threading.Event) -> None:
        while not is_over.wait(0.05):
            if self.web is not None and self.web.poll() is not None:
                self.kill_all_of_web()
                self.start_web()
            for worker in self.workers:
                if not worker.is_alive:
                    worker.start()

    def start_web(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "--bind", self.address]
        log = self.state / "web.log"
        self.web = start(command, log, self.environment, own_group=True)

    def wait(self) -> None:
        wait_until(lambda: self.visitor().get("/readyz").status_code == 200, self.logs)

    def visitor(self, source: str = "10.0.0.1") -> Visitor:
        return Visitor(self.address, source)

    def web_processes(self) -> list[int]:
        """Those that gunicorn has started, and which answer."""
        assert self.web is not None
        children = Path(f"/proc/{self.web.pid}/task/{self.web.pid}/children")
        try:
            return [int(each) for each in children.read_text().split()]
        except OSError:
            return []

    def kill_all_of_web(self) -> None:
        """With the one that starts the others, as systemd does when that one is gone."""
        if self.web is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.web.pid, signal.SIGKILL)
        self.web.wait()

    @property
    def copies(self) -> list[str]:
        """The Message-IDs of all mails that were taken, in no order."""
        return [copy for sink in self.sinks for copy in sink.copies]

    def logs(self) -> str:
        return read_logs(self.state)
