import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import OperationalError, connection

from linkcenter.database.statements import one_at_a_time
from linkcenter.models import User

SET_UP_LOCK = 0x4C494E4B  # any number, the same for all: one set-up at a time
SOON = 5.0  # seconds; a program that dies sooner was not up at all
TRIES = 3


class Command(BaseCommand):
    help = "Set up and run LINK on this machine: database, tables, first data, web and worker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--with-parent", action="store_true", help="Stop when the program that ran this dies."
        )

    def handle(self, *args: Any, with_parent: bool, **options: Any) -> None:
        if not settings.DEVELOPMENT:
            raise CommandError(
                "This is for development. In production run gunicorn and the worker."
            )
        _refuse_busy_address()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _stop)
        self._set_up()
        gunicorn = ["-m", "gunicorn", "--bind", settings.BIND, "--log-level", "warning"]
        web, worker = Program("web", gunicorn), Program("worker", ["manage.py", "worker"])
        programs = [web, worker]
        parent = os.getppid()
        try:
            for program in programs:
                program.start()
            greeted = False
            while not with_parent or os.getppid() == parent:
                time.sleep(0.3)
                if _database_came_back():
                    worker.stop()  # its listener does not come back by itself
                for program in programs:
                    program.keep_alive()
                if not greeted and _is_served():
                    self._greet()
                    greeted = True
        finally:
            for program in programs:
                program.ask_to_stop()
            for program in programs:
                program.stop()
            self._stop_database()

    def _set_up(self) -> None:
        with one_at_a_time(SET_UP_LOCK):
            call_command("migrate", verbosity=0, interactive=False)
            for model, command in settings.FIRST_DATA:
                if not apps.get_model(model)._default_manager.exists():
                    call_command(command, stdout=self.stdout)

    def _greet(self) -> None:
        staff = User.objects.filter(is_active=True, email__endswith="@example.org").order_by("pk")
        lines = [
            ("LINK runs at", f"{settings.BASE_URL}/"),
            ("Staff log in at", f"{settings.BASE_URL}/admin/"),
            *(("", email) for email in staff.values_list("email", flat=True)[:6]),
            ("with the password", settings.DEMO_PASSWORD),
            ("Mails are seen at", f"{settings.BASE_URL}/demo-post/"),
            ("Stop with", "Ctrl-C"),
        ]
        self.stdout.write("\n" + "".join(f"{what:<20}{where}\n" for what, where in lines))
        self.stdout.flush()

    def _stop_database(self) -> None:
        if cluster := getattr(settings, "EMBEDDED_POSTGRES", None):
            from linkcenter.embedded_postgres import server

            connection.close()
            server.stop_if_unused(cluster)


class Program:
    """A program of ours that is started again when it dies."""

    def __init__(self, name: str, arguments: list[str]) -> None:
        self.name = name
        self.command = [sys.executable, *arguments]
        self.process: subprocess.Popen[bytes] | None = None
        self.tries = 0

    def start(self) -> None:
        self.started = time.monotonic()
        # A process group of its own: with Ctrl-C of the terminal and our SIGTERM together, a
        # worker of gunicorn waits for itself in its second signal.
        self.process = subprocess.Popen(  # noqa: S603  our own programs
            self.command, cwd=settings.BASE_DIR, process_group=0, preexec_fn=_die_with_parent
        )

    def keep_alive(self) -> None:
        if self.process and self.process.poll() is None:
            return
        self.tries = self.tries + 1 if time.monotonic() - self.started < SOON else 1
        if self.tries >= TRIES:
            raise CommandError(f"The {self.name} does not start; the reason stands above.")
        sys.stderr.write(f"The {self.name} has stopped and is started again.\n")
        self.start()

    def ask_to_stop(self) -> None:
        if self.process:
            self.process.terminate()

    def stop(self) -> None:
        if not self.process:
            return
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _database_came_back() -> bool:
    """Whether the database had gone, and was started or found again just now."""
    if connection.connection is not None and connection.is_usable():
        return False
    connection.close()
    try:
        connection.ensure_connection()
    except OperationalError:
        return False
    return True


def _stop(number: int, frame: FrameType | None) -> None:
    sys.exit(0)


def _die_with_parent() -> None:
    """Even a kill -9 of this command leaves no web or worker behind (on Linux)."""
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM)


def _address() -> tuple[str, int]:
    host, _, port = settings.BIND.rpartition(":")
    return host.strip("[]"), int(port)


def _refuse_busy_address() -> None:
    host, port = _address()
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except (OSError, OverflowError) as error:
        raise CommandError(
            f"LINK cannot listen on {settings.BIND} ({error}). "
            "Choose another address: BIND=127.0.0.1:8123 make run"
        ) from error


def _is_served() -> bool:
    try:
        socket.create_connection(_address(), timeout=1).close()
    except OSError:
        return False
    return True
