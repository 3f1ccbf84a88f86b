"""Backups, restoring and new keys with fifty thousand people. It prints its figures."""

import random
import threading
import time
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from bench.lists import FROM, fill, patterns
from bench.pages import COORDINATOR
from centres.models import Centre
from linkcenter.backups.making import make
from linkcenter.backups.sealing import BrokenSeal, unsealed
from linkcenter.encryption import keyed_digest
from linkcenter.models import User
from participants.domain.person.consents import Agreement
from participants.domain.person.contact import Person
from participants.domain.registration.interest import Interest
from participants.domain.registration.register import register_interest
from participants.models import Participant

pytestmark = [pytest.mark.chaos, pytest.mark.django_db(transaction=True)]

PEOPLE = 50_000
FIELD_KEYS, INDEX_KEY = list(settings.FIELD_KEYS), settings.INDEX_KEY  # the drill has them too
LONGEST_DRILL = 15 * 60  # seconds
LONGEST_WAIT = 3  # seconds that anybody may wait while keys are changed
FAULTS = 50
AT_ONCE = 3
PAUSE = 0.2  # seconds: many times what the whole country sends


def tell(line: str) -> None:
    print(line)  # noqa: T201  the figures


@pytest.fixture
def home(settings: Any) -> Centre:
    """A centre with a fifth of the people, of a time before today's keys."""
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    settings.INDEX_KEY = "an index key that is not used any more"
    call_command("load_reference", verbosity=0)
    call_command("seed_demo", registrations=100, verbosity=0)
    staff = User.objects.get(email=COORDINATOR)
    home = Centre.objects.get(staff_roles__user=staff)
    fill(0, PEOPLE, home, patterns(home, staff))
    return home


def test_fifty_thousand_people_get_new_keys_and_come_back_from_a_backup(
    home: Centre, settings: Any, tmp_path: Path
) -> None:
    keys_are_changed_while_people_register(home, settings)
    path = backup_is_made(tmp_path)
    no_fault_stays_unseen(path.read_bytes(), tmp_path / "changed")
    drill_is_held(path)


def keys_are_changed_while_people_register(home: Centre, settings: Any) -> None:
    """And afterwards no two texts are alike, though their rows were copied."""
    settings.FIELD_KEYS = [*FIELD_KEYS, *settings.FIELD_KEYS]  # as after a restart
    settings.INDEX_KEY = INDEX_KEY
    desks = [Desk(home, number) for number in range(AT_ONCE)]
    threads = [threading.Thread(target=desk.work) for desk in desks]

    for thread in threads:
        thread.start()
    begun = time.monotonic()
    call_command("reencrypt")
    took = time.monotonic() - begun
    for desk in desks:
        desk.is_closed.set()
    for thread in threads:
        thread.join()

    settings.FIELD_KEYS = FIELD_KEYS  # without the old one everything can be read, and found
    read = {person.pk: person.safe_times for person in Participant.objects.iterator()}
    written = {key: text for desk in desks for key, text in desk.written.items()}
    assert len(read) > PEOPLE
    assert written.items() <= read.items()
    first = Participant.objects.get(pk=FROM + 1)
    assert keyed_digest(next(iter(first.search_terms()))) in first.search_keys
    waits = [wait for desk in desks for wait in desk.waits]
    tell(f"all written anew in {took:.0f} s; meanwhile {len(waits)} registered and one page each")
    tell(f"was changed, which took {median(waits):.3f} s and at most {max(waits):.2f} s")
    assert max(waits) < LONGEST_WAIT


def backup_is_made(folder: Path) -> Path:
    begun = time.monotonic()
    path, manifest = make(folder, settings.BACKUP_KEY)
    tell(
        f"{manifest.rows} rows, {manifest.tables['participants_registration'][0]} registrations in"
        f" {path.stat().st_size / 1e6:.0f} MB; made and read again in"
        f" {time.monotonic() - begun:.1f} s"
    )
    return path


def no_fault_stays_unseen(whole: bytes, changed: Path) -> None:
    def is_refused(text: bytes) -> bool:
        changed.write_bytes(text)
        try:
            with changed.open("rb") as file:
                for _piece in unsealed(file, settings.BACKUP_KEY):
                    pass
        except BrokenSeal:
            return True
        return False

    chance = random.Random(1)  # noqa: S311  the same each time
    for _fault in range(FAULTS):
        place = chance.randrange(len(whole))
        bit = bytes([whole[place] ^ 1 << chance.randrange(8)])
        assert is_refused(whole[:place] + bit + whole[place + 1 :]), place
        assert is_refused(whole[:place]), place
    tell(f"{FAULTS} changed bits and {FAULTS} cuts: all refused")


def drill_is_held(backup: Path) -> None:
    begun = time.monotonic()
    call_command("restore_drill", str(backup))
    assert time.monotonic() - begun < LONGEST_DRILL


class Desk:
    """Somebody who registers people and writes on the pages of others, one after the other."""

    def __init__(self, centre: Centre, number: int) -> None:
        self.centre = centre
        self.number = number
        self.is_closed = threading.Event()
        self.waits: list[float] = []
        self.written: dict[int, str] = {}

    def work(self) -> None:
        turn = self.number
        while not self.is_closed.is_set():
            begun = time.monotonic()
            register_interest(
                self.centre,
                person=Person(name="Kari", phone=f"+474{turn:07}"),
                interest=Interest(availability=["tue-evening"]),
                agreement=Agreement(purposes={"contact"}),
            )
            person = Participant.objects.get(pk=FROM + turn * 97 % PEOPLE + 1)
            person.safe_times = f"after {turn}"
            person.save()
            self.written[person.pk] = person.safe_times
            self.waits.append(time.monotonic() - begun)
            turn += AT_ONCE
            time.sleep(PAUSE)
        connection.close()
