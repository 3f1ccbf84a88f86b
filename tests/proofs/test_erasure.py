"""Nothing is left of a person who is erased: not in a backup made since, nor in a restored one."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from linkcenter.encryption import keyed_digest
from participants.models import Participant
from tests.proofs.dump import drop, dump, opened, restore
from tests.proofs.life import FIRST_PERSON, FIRST_REGISTRATION, WORDS, Life
from tests.running.product import running
from tests.running.roles import url

pytestmark = [pytest.mark.prove, pytest.mark.django_db(transaction=True)]

RESTORED = "test_restored"
OWN_WORDS = {what: word for what, word in WORDS.items() if what != "theme"}  # that is the centre's


@pytest.fixture
def life() -> Iterator[Life]:
    with running() as product:
        yield Life(product)


@pytest.fixture
def restored() -> Iterator[str]:
    yield RESTORED
    drop(RESTORED)


def traces(life: Life, text: str) -> list[str]:
    """What in ``text`` leads to the person: their words, numbers, digests of what they gave."""
    plain = re.sub(r"^SELECT pg_catalog\.setval.*$", "", text, flags=re.MULTILINE)
    own = [
        what for what, word in WORDS.items() if what != "theme" and word.lower() in plain.lower()
    ]
    numbers = [FIRST_PERSON, FIRST_PERSON + 1, FIRST_REGISTRATION, FIRST_REGISTRATION + 1]
    # After a point they are millionths of a second.
    own += [str(number) for number in numbers if re.search(rf"(?<!\.)\b{number}\b", plain)]
    own += [f"D-{pk + 1000}" for pk in numbers[:2] if f"D-{pk + 1000}" in plain]
    own += [term for term in life.digests() if keyed_digest(term) in plain]
    return own


def test_erased_person_is_in_no_backup(life: Life, tmp_path: Path, restored: str) -> None:
    life.is_lived()
    before = dump(tmp_path / "before.sql")

    life.act("slett/", sure="on")

    life.product.work()  # what waits in the queue finds nobody
    assert not Participant.objects.filter(pk__gte=FIRST_PERSON).exists()
    after = dump(tmp_path / "after.sql")
    assert traces(life, opened(after)) == []
    # The search itself works: with the keys all is found before, and without them no word is.
    assert set(OWN_WORDS) <= set(traces(life, opened(before)))
    assert set(OWN_WORDS) & set(traces(life, before)) == set()

    restore(tmp_path / "before.sql", restored)
    assert traces(life, opened(dump(tmp_path / "restored.sql", restored)))
    for command in (["replay_erasures"], ["worker", "--one-shot"]):
        life.product.manage(*command, DATABASE_URL=url(name=restored))
    assert traces(life, opened(dump(tmp_path / "replayed.sql", restored))) == []
