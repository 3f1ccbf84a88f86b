"""Mails: how many a second leave the outbox with one, two and four workers.

Beside what one program sends that does nothing else. The mail server is a small one in this
process; it takes everything at once, which no real one does.
"""

import smtplib
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path
from time import perf_counter, sleep

from django.conf import settings
from django.core.management import call_command

from bench.pages import scratch_database
from bench.summary import Finding
from bench.web import memory_of
from centres.models import Centre
from linkcenter.messages import outbox
from linkcenter.models import Channel, Message, MessageState
from participants.domain.person.consents import Agreement
from participants.domain.person.contact import Person
from participants.domain.registration.interest import Interest
from participants.domain.registration.register import register_interest
from participants.models import Participant
from tests.running.production import with_our_keys
from tests.running.roles import url, web_role
from tests.running.sink import Sink, listening

WORKERS = (1, 2, 4)
BARE = 500  # mails that are only sent
PATIENCE = 600  # seconds


def run(number: int = 3_000) -> list[Finding]:
    with scratch_database():
        call_command("load_reference", verbosity=0)
        person = somebody()
        alone = sent_alone()
        print(f"{number} mails; {alone:.0f} a second from a program that only sends")
        print(f"{'workers':>9}{'a second':>10}{'ratio':>8}{'MiB each':>10}{'share':>8}")
        rates = []
        for workers in WORKERS:
            rate, memory = worked_off(person, number, workers)
            rates.append(rate)
            rss, pss = memory
            print(f"{workers:>9}{rate:>10.0f}{rate / alone:>8.2f}{rss:>10.0f}{pss:>8.0f}")
    numbers = "  ".join(f"{rate:.0f}" for rate in rates)
    return [
        Finding("mails a second with 1, 2, 4 workers", numbers, f"a program alone: {alone:.0f}"),
        Finding("memory of a worker, MiB", f"{rss:.0f}", f"its share: {pss:.0f}"),
    ]


def somebody() -> Participant:
    register_interest(
        Centre.objects.get(slug="link-tromso"),
        person=Person(name="Kari", email="kari@example.org"),
        interest=Interest(availability=["tue-evening"]),
        agreement=Agreement(purposes={"contact"}),
    )
    return Participant.objects.get()


class Clock(Sink):
    """Knows when each mail had come."""

    def __init__(self) -> None:
        super().__init__(self._moment)
        self.times: list[float] = []

    def _moment(self, moment: str) -> None:
        if moment == "accepted":
            self.times.append(perf_counter())


def sent_alone() -> float:
    """Mails a second of one program, with a connection for each mail, as the outbox has."""
    with listening(Clock()) as sink:
        begun = perf_counter()
        for number in range(BARE):
            mail = EmailMessage()
            mail["From"], mail["To"] = "post@link.example.org", "kari@example.org"
            mail["Subject"], mail["Message-ID"] = "Hei", f"<{number}@link.example.org>"
            mail.set_content(f"Brev nummer {number}.")
            with smtplib.SMTP("127.0.0.1", sink.server_address[1]) as server:
                server.send_message(mail)
        return BARE / (perf_counter() - begun)


def worked_off(person: Participant, number: int, workers: int) -> tuple[float, tuple[float, float]]:
    """Mails a second from the first to the last, and the memory of a worker after them."""
    for each in range(number):
        outbox.queue(
            person,
            matter=f"bench:{workers}:{each}",
            kind="receipt",
            channel=Channel.EMAIL,
            to=f"{each}@example.org",
            language="nb",
            subject="Hei",
            text=f"Brev nummer {each}.",
        )
    queued = Message.objects.filter(state=MessageState.QUEUED, matter__startswith="bench:")
    sink = Clock()
    with listening(sink), at_work(sink, workers) as processes:
        begun = perf_counter()
        while queued.exists():
            if perf_counter() - begun > PATIENCE:
                raise SystemExit(f"{queued.count()} mails have not been sent.")
            sleep(0.2)
        memory = memory_of(processes[0].pid)
    if len(sink.copies) != len(set(sink.copies)):
        raise SystemExit("A mail went twice.")
    # The workers do not begin together: the middle half of the mails has all of them at work.
    quarter = len(sink.times) // 4
    return 2 * quarter / (sink.times[3 * quarter] - sink.times[quarter]), memory


@contextmanager
def at_work(sink: Sink, number: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    """So many workers in production mode."""
    with web_role() as role, tempfile.TemporaryDirectory() as state:
        told = with_our_keys(Path(state), url(role=role), EMAIL_URL=sink.url)
        command = [sys.executable, "manage.py", "worker"]
        with (Path(state) / "workers.log").open("w") as log:
            processes = [
                subprocess.Popen(command, cwd=settings.BASE_DIR, env=told, stderr=log)  # noqa: S603  our own
                for _each in range(number)
            ]
        try:
            yield processes
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(30)
