"""``kill -9`` for workers in the middle of a mail, again and again: each mail arrives.

SMTP has no way to send a mail exactly once. A worker that dies after the server has taken a mail,
and before the database knows, sends it again: the same mail, with the same Message-ID, by which
mail programs and servers know that they have it already. A worker has some mails under way at
once, so a kill may cost a copy of each of these; and there is never a mail less.
"""

import random
import threading
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.db.models import Q
from procrastinate.contrib.django.models import ProcrastinateJob

from linkcenter.management.commands.worker import AT_ONCE
from linkcenter.messages.outbox import SEND_JOB
from linkcenter.models import Message, MessageState
from tests import recipes
from tests.running.sink import Sink, listening
from tests.running.workers import Worker, at_work, queue_mail

pytestmark = pytest.mark.django_db(transaction=True)

WORKERS = 3
MOST_BETWEEN = 6  # mails that a worker sends before it is killed
PATIENCE = 420  # seconds, for a machine that does much else


class Killer:
    """Kills a worker in one of its mails, each time at another moment of it."""

    def __init__(self, most: int, seed: int) -> None:
        self.most = most
        self.dice = random.Random(seed)  # noqa: S311  the same every time
        self.lock = threading.Lock()
        self.kills = dict.fromkeys(("beginning", "accepted", "told"), 0)
        self.left = dict.fromkeys(range(WORKERS), 1)
        self.workers: list[Worker] = []

    @property
    def count(self) -> int:
        return sum(self.kills.values())

    def at(self, moment: str, number: int) -> None:
        """The worker's mail has come to ``moment``: kill it now, or not now."""
        with self.lock:
            self.left[number] -= moment == "beginning"
            worker = self.workers[number]
            if self.left[number] > 0 or self.count == self.most or not worker.is_alive:
                return
            if moment != "told" and self.dice.random() < 0.6:  # some other moment of this mail
                return
            self.kills[moment] += 1
            self.left[number] = self.dice.randint(1, MOST_BETWEEN)
            pause = self.dice.random() / 100 if moment == "told" else 0
        time.sleep(pause)
        worker.kill()


def hook(killer: Killer, number: int):
    return lambda moment: killer.at(moment, number)


@pytest.mark.parametrize(
    ("mails", "kills"),
    [
        pytest.param(250, 40, marks=pytest.mark.prove),
        pytest.param(1_000, 200, marks=pytest.mark.chaos),
    ],
)
def test_no_mail_is_lost_when_workers_are_killed(
    tmp_path: Path, web_database: str, mails: int, kills: int
) -> None:
    person = recipes.participant(recipes.centre())
    for number in range(mails):
        queue_mail(person, number)
    wanted = set(Message.objects.values_list("message_id", flat=True))
    killer = Killer(kills, seed=6)
    sinks = [Sink(hook(killer, number)) for number in range(WORKERS)]
    killer.workers = [Worker(tmp_path, sink.url, web_database) for sink in sinks]
    began, last_kill = time.monotonic(), 0.0
    not_sent = Message.objects.filter(~Q(state=MessageState.SENT))

    with ExitStack() as stack:
        for sink in sinks:
            stack.enter_context(listening(sink))
        stack.enter_context(at_work(*killer.workers))
        while not_sent.exists():
            assert time.monotonic() - began < PATIENCE, (killer.kills, not_sent.count())
            for worker in killer.workers:
                if not worker.is_alive:
                    worker.start()
            last_kill = time.monotonic() - began if killer.count < kills else last_kill
            time.sleep(0.05)

    copies = [copy for sink in sinks for copy in sink.copies]
    took = time.monotonic() - began
    print(  # noqa: T201  the figures
        f"\n{mails} mails, {killer.count} kills {killer.kills}: {len(set(copies))} Message-IDs,"
        f" {len(copies)} copies, last kill after {last_kill:.0f} s, last mail after {took:.0f} s"
    )
    assert killer.count == kills
    assert set(copies) == wanted
    assert mails <= len(copies) <= mails + kills * AT_ONCE
    assert all(killer.kills.values())
    assert not ProcrastinateJob.objects.filter(task_name=SEND_JOB, status="failed").exists()
