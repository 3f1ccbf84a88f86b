"""The disk of the database is full: pages are read on, forms are kept, and it mends itself.

On a small disk in memory of our own, which takes root to make.
"""

import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.participants.walk import hidden
from tests.proofs.chaos import PATH, RECEIPT, REFERENCE, Crowd, Plan, Run
from tests.proofs.installation import Installation, Visitor
from tests.proofs.private_database import Database, open_folder
from tests.proofs.sink import nothing
from tests.proofs.test_chaos import KNOWN, wait_for_the_last_mail

pytestmark = pytest.mark.prove

SIZE = "320m"
PAGES = (
    "/",
    "/sentre/",
    "/sentre/link-tromso/",
    "/arrangementer/",
    "/meld-interesse/link-tromso/gruppe/",
)
BEFORE, MEANWHILE, MOST = 5, 30, 200  # forms
PATIENCE = 60  # seconds

HALF = """
select
    (select count(*) from participants_participant),
    (select count(*) from participants_registration),
    (select count(distinct participant_id) from participants_consent),
    (select count(distinct recipient_id) from linkcenter_message)
"""


@pytest.fixture
def disk() -> Iterator[Path]:
    with open_folder() as folder:
        told = ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=755", "link", str(folder)]
        made = subprocess.run(told, check=False, capture_output=True, text=True)  # noqa: S603  the machine's
        if made.returncode:
            pytest.skip(f"No disk of our own on this machine: {made.stderr.strip()}")
        try:
            yield folder
        finally:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)  # noqa: S603, S607  the machine's


@pytest.fixture
def installation(disk: Path) -> Iterator[Installation]:
    with open_folder() as state:
        database = Database(disk / "database")
        yield Installation(state, database)
        database.start()
        database.stop()


def fill(file: Path) -> None:
    with file.open("wb", buffering=0) as full:
        for size in (1 << 20, 4096, 1):
            with suppress(OSError):
                while True:
                    full.write(b"x" * size)


class Forms:
    """People at the last button: each presses it once, and then again with what the page kept."""

    def __init__(self, installation: Installation) -> None:
        self.crowd = Crowd(installation, Run(Plan(10_000, 1, 0, 0, 0)))
        self.numbers = count()
        self.waiting: list[tuple[Visitor, dict[str, Any]]] = []
        self.references: list[str] = []

    def press(self) -> int:
        number = next(self.numbers)
        _key, sealed = self.crowd.fills_in(number)
        return self.send(*self.crowd.at_the_last_button(number, sealed))

    def send(self, visitor: Visitor, told: dict[str, Any]) -> int:
        answer = visitor.post(f"{PATH}sjekk/", told)
        if answer.status_code == 302:
            page = visitor.get(RECEIPT).content.decode()
            self.references += REFERENCE.findall(page)[:1]
        else:
            assert "Vi er tilbake om et øyeblikk" in answer.content.decode(), answer.status_code
            assert hidden(answer) == told
            self.waiting.append((visitor, told))
        return answer.status_code

    def press_again(self) -> list[int]:
        again, self.waiting = self.waiting, []
        return [self.send(*each) for each in again]


def test_disk_without_room(installation: Installation, disk: Path) -> None:
    database = installation.database
    with installation.at_work([nothing]):
        forms = Forms(installation)
        before = [forms.press() for _time in range(BEFORE)]
        fill(disk / "full")
        meanwhile: list[int] = []
        read: list[int] = []
        while meanwhile.count(503) < MEANWHILE:
            meanwhile.append(forms.press())
            read += [installation.visitor().get(path).status_code for path in PAGES]
            assert len(meanwhile) < MOST
        (disk / "full").unlink()
        freed = time.monotonic()
        again: list[int] = []
        while forms.waiting:
            again += forms.press_again()
            assert time.monotonic() < freed + PATIENCE
        normal = time.monotonic() - freed
        mails = wait_for_the_last_mail(installation)
        sent = time.monotonic() - freed

    print(  # noqa: T201  the figures
        f"\nfull: {dict(Counter(meanwhile))} for forms, {dict(Counter(read))} for pages;"
        f" with room again: {dict(Counter(again))} in {normal:.1f} s, last mail after {sent:.0f} s"
    )
    wanted = len(before) + len(meanwhile)
    assert before == [302] * BEFORE
    assert set(meanwhile) <= {302, 503}
    assert set(read) == {200}
    assert Counter(f"D-{number}" for (number,) in database.ask(KNOWN)) == dict.fromkeys(
        forms.references, 1
    )
    assert len(forms.references) == wanted
    assert database.ask(HALF) == [(wanted,) * 4]
    assert set(installation.copies) == set(mails)
    assert len(mails) == wanted
