"""Backups, restoring and new keys with fifty thousand people. It prints its figures."""

import random
import threading
import time
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
from participants.domain.registration import Agreement, Interest, Person, register_interest
from participants.models import Participant, Registration

pytestmark = [pytest.mark.chaos, pytest.mark.django_db(transaction=True)]

PEOPLE = 50_000
LONGEST_DRILL = 15 * 60  # seconds
LONGEST_WAIT = 2  # seconds that anybody may wait while keys are changed
FAULTS = 100
AT_ONCE = 3
PAUSE = 0.2  # seconds: many times what the whole country sends


def tell(line: str) -> None:
    print(line)  # noqa: T201  the figures


@pytest.fixture
def home() -> Centre:
    """A centre with a fifth of the people; the others are all over the country."""
    call_command("load_reference", verbosity=0)
    call_command("seed_demo", registrations=100, verbosity=0)
    staff = User.objects.get(email=COORDINATOR)
    home = Centre.objects.get(staff_roles__user=staff)
    fill(0, PEOPLE, home, patterns(home, staff))
    return home


def test_drill_with_fifty_thousand_people(home: Centre) -> None:
    begun = time.monotonic()

    call_command("restore_drill")

    took = time.monotonic() - begun
    tell(f"with {Registration.objects.count()} registrations")
    assert Registration.objects.count() > PEOPLE
    assert took < LONGEST_DRILL


def test_no_fault_anywhere_in_a_large_backup_stays_unseen(
    home: Centre, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("backups")
    path, _manifest = make(folder, settings.BACKUP_KEY)
    whole, chance = path.read_bytes(), random.Random(1)  # noqa: S311  the same each time
    places = [chance.randrange(len(whole)) for _fault in range(FAULTS)]

    def is_refused(changed: bytes) -> bool:
        path.write_bytes(changed)
        try:
            with path.open("rb") as file:
                for _piece in unsealed(file, settings.BACKUP_KEY):
                    pass
        except BrokenSeal:
            return True
        return False

    for place in places:
        bit = bytes([whole[place] ^ 1 << chance.randrange(8)])
        assert is_refused(whole[:place] + bit + whole[place + 1 :]), place
        assert is_refused(whole[:place]), place
    tell(f"{len(whole) / 1e6:.1f} MB: {FAULTS} changed bits, {FAULTS} cuts, all refused")


def test_keys_are_changed_while_people_register(home: Centre, settings: Any) -> None:
    old, new = settings.FIELD_KEYS[0], Fernet.generate_key().decode()
    settings.FIELD_KEYS = [new, old]  # as after a restart with the new key in front
    settings.INDEX_KEY = "an index key that nobody has had before"
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

    settings.FIELD_KEYS = [new]  # without the old one everything can be read, and found
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
