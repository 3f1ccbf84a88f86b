"""Many people register at once while all that serves them is killed again and again."""

import os
import random
import re
import signal
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any
from uuid import uuid4

from participants.forms.registration import drafts
from participants.forms.registration.drafts import Draft
from tests.participants import walk
from tests.participants.walk import hidden
from tests.running.browser import Answer, ticked
from tests.running.installation import Installation, Visitor
from tests.running.sink import Hook

PATH = "/meld-interesse/link-tromso/"
RECEIPT = "/meld-interesse/kvittering/"
REFERENCE = re.compile(r"D-\d+")
MOST_TRIES = 2_000
ALL_OF_THEM = 10  # one in so many kills of the web takes gunicorn itself along
WORKERS = 3


@dataclass(frozen=True)
class Plan:
    people: int
    at_once: int
    web: int  # kills of processes that answer
    worker: int
    database: int  # restarts, as after a power cut


@dataclass
class Run:
    """What has happened: what people saw, when somebody saw trouble, and what was killed when."""

    plan: Plan
    references: dict[str, str] = field(default_factory=dict)  # by the key of the form
    statuses: Counter[int] = field(default_factory=Counter)
    unkind: list[str] = field(default_factory=list)
    troubles: list[float] = field(default_factory=list)
    faults: list[tuple[float, str]] = field(default_factory=list)
    closed: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, what: str) -> int:
        return sum(kind == what for _moment, kind in self.faults)

    def is_due(self, what: str, number: int) -> bool:
        """Whether one more of ``number`` is due. The last comes before the last people do."""
        done = len(self.references) / self.plan.people
        return self.count(what) < number * done * 1.05

    def notes(self, what: str) -> None:
        with self.lock:
            self.faults.append((time.monotonic(), what))

    @property
    def is_over(self) -> bool:
        return len(self.references) == self.plan.people

    @property
    def all_is_broken(self) -> bool:
        plan = self.plan
        told = {"web": plan.web, "worker": plan.worker, "database": plan.database}
        return all(self.count(what) >= number for what, number in told.items())

    def seconds_of_trouble_after_the_last_fault(self) -> float:
        """Faults of the workers are nothing that a visitor could see."""
        last = max(moment for moment, what in self.faults if what != "worker")
        return max([0.0, *(moment - last for moment in self.troubles)])


class Crowd:
    """People who have filled in all the pages, and press the last button until it has worked."""

    def __init__(self, installation: Installation, run: Run) -> None:
        self.installation, self.run = installation, run
        self.draft, self.consents = self._filled_in()
        self.numbers = iter(range(run.plan.people))

    def _filled_in(self) -> tuple[Draft, dict[str, str]]:
        visitor = self.installation.visitor()
        for page in walk.PAGES:
            told = (
                walk.PAGES[page]
                | {"preferred_way": "email"}
                | hidden(visitor.get(PATH + page + "/"))
            )
            assert visitor.post(f"{PATH}{page}/", told).status_code == 302, page
        shown = visitor.get(f"{PATH}sjekk/")
        draft = drafts.unseal(hidden(shown)[drafts.FIELD])
        assert draft is not None
        draft.begun_at = 0
        return draft, ticked(shown)

    def come(self) -> None:
        people = [
            threading.Thread(target=self._one_after_the_other) for _ in range(self.run.plan.at_once)
        ]
        for person in people:
            person.start()
        for person in people:
            person.join()

    def _one_after_the_other(self) -> None:
        while True:
            with self.run.lock:
                number = next(self.numbers, None)
                if number is None:
                    return
                key, sealed = self.fills_in(number)
            reference = self._registers(number, sealed)
            with self.run.lock:
                self.run.references[key] = reference

    def fills_in(self, number: int) -> tuple[str, str]:
        """The key of the form of one more person, and all their answers as the pages carry them."""
        self.draft.key = uuid4()
        self.draft.pages["om-deg"]["email"] = [f"{number}@example.org"]
        return self.draft.key.hex, self.draft.seal()

    def at_the_last_button(self, number: int, sealed: str) -> tuple[Visitor, dict[str, Any]]:
        """Somebody with an address of their own, and what the button will send."""
        visitor = self.installation.visitor(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
        page = self._asks(visitor, 200, f"{PATH}gruppe/")
        return visitor, hidden(page) | {"website": "", drafts.FIELD: sealed} | self.consents

    def _registers(self, number: int, sealed: str) -> str:
        visitor, told = self.at_the_last_button(number, sealed)
        self._asks(visitor, 302, f"{PATH}sjekk/", told)
        shown = self._asks(visitor, 200, RECEIPT)
        return REFERENCE.findall(shown.content.decode())[0]

    def _asks(
        self, visitor: Visitor, wanted: int, path: str, told: dict[str, Any] | None = None
    ) -> Answer:
        """Again and again, with what the page for a short break has kept."""
        for _time in range(MOST_TRIES):
            try:
                answer = visitor.get(path) if told is None else visitor.post(path, told)
            except (OSError, HTTPException):  # a process that was killed says nothing more
                self._was_let_down(None)
            else:
                if answer.status_code == wanted:
                    self.run.statuses[wanted] += 1
                    return answer
                self._was_let_down(answer)
                if told is not None and answer.status_code == 503:
                    told = self._kept(told, answer)
            time.sleep(0.1)
        raise AssertionError(path)

    def _was_let_down(self, answer: Answer | None) -> None:
        with self.run.lock:
            self.run.troubles.append(time.monotonic())
            if answer is None:
                self.run.closed += 1
            else:
                self.run.statuses[answer.status_code] += 1

    def _kept(self, told: dict[str, Any], answer: Answer) -> dict[str, Any]:
        page, kept = answer.content.decode(), hidden(answer)
        is_kind = (
            "Vi er tilbake om et øyeblikk" in page
            and answer.headers.get("retry-after") == "30"
            and kept == told
        )
        if not is_kind:
            self.run.unkind.append(page[:2_000])
        return kept


class Trouble:
    """Three that kill: the web and the database from outside, workers in the midst of a mail."""

    def __init__(self, installation: Installation, run: Run, seed: int) -> None:
        self.installation, self.run = installation, run
        self.dice = random.Random(seed)  # noqa: S311  the same every time
        self.threads = [
            threading.Thread(target=self._again_and_again, args=[what])
            for what in (self._web, self._database)
        ]

    def hooks(self) -> list[Hook]:
        return [lambda moment, number=number: self._mail(number) for number in range(WORKERS)]

    def _mail(self, number: int) -> None:
        """Called from the midst of a worker's mail, at each of its moments."""
        with self.run.lock:
            worker = self.installation.workers[number]
            is_due = self.run.is_due("worker", self.run.plan.worker)
            if self.dice.random() > 0.3 or not worker.is_alive or not is_due:
                return
            if self.run.count("worker") < self.run.plan.worker:
                self.run.faults.append((time.monotonic(), "worker"))
                worker.kill()

    def _again_and_again(self, what: Any) -> None:
        while not self.run.is_over and not what():
            time.sleep(0.05)

    def _web(self) -> bool:
        if not self.run.is_due("web", self.run.plan.web):
            return False
        if self.run.count("web") % ALL_OF_THEM == ALL_OF_THEM // 2:
            self.run.notes("web")
            self.installation.kill_all_of_web()
        elif processes := self.installation.web_processes():
            self.run.notes("web")
            with suppress(ProcessLookupError):
                os.kill(self.dice.choice(processes), signal.SIGKILL)
        return self.run.count("web") == self.run.plan.web

    def _database(self) -> bool:
        if not self.run.is_due("database", self.run.plan.database):
            return False
        self.installation.database.stop()
        self.installation.database.start()
        self.run.notes("database")
        return self.run.count("database") == self.run.plan.database
