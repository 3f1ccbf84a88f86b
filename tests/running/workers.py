"""Workers as programs of their own, with the settings of production and a mail server of ours."""

import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from linkcenter.messages import outbox
from linkcenter.models import Channel, Message
from participants.models import Participant
from tests.running.production import with_our_keys
from tests.running.programs import start

COMMAND = ["manage.py", "worker"]


class Worker:
    """``state`` holds its log; ``mail`` is its mail server. Start it again when it has died."""

    def __init__(
        self, state: Path, mail: str, database: str, command: Iterable[str] = COMMAND
    ) -> None:
        self.log = state / "worker.log"
        self.command = [sys.executable, *command]
        self.environment = with_our_keys(state, database, EMAIL_URL=mail)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = start(self.command, self.log, self.environment)

    @property
    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def kill(self) -> None:
        """As a machine does that has no memory left. A thread of the worker's may be anywhere."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)


@contextmanager
def at_work(*workers: Worker) -> Iterator[None]:
    for worker in workers:
        worker.start()
    try:
        yield
    finally:
        for worker in workers:
            worker.kill()
            if worker.process is not None:
                worker.process.wait()


def queue_mail(person: Participant, number: int, to: str = "kari@example.org") -> Message:
    return outbox.queue(
        person,
        matter=f"proof:{number}",
        kind="receipt",
        channel=Channel.EMAIL,
        to=to,
        language="nb",
        subject="Hei",
        text=f"Brev nummer {number}.",
    )


def break_text(message: Message) -> None:
    """Nobody can read it any more, whatever key they have."""
    with connection.cursor() as cursor:
        cursor.execute("update linkcenter_message set text = 'x' where id = %s", [message.pk])
