"""The disk is full while somebody is erased: the ledger holds whole lines, and goes on later."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from linkcenter.personal_data import erasures
from tests import recipes

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def ledger(settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "erasures.txt"
    return settings.ERASURE_LEDGER


@contextmanager
def room_for(file: Path, more: int) -> Iterator[None]:
    """No file of this process grows beyond ``file`` as it is, and ``more`` bytes."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (file.stat().st_size + more, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_line_that_does_not_fit_leaves_nothing_behind(ledger):
    first, second = (recipes.participant(recipes.centre()) for _person in range(2))
    erasures.note(first, made_at=NOON)
    before = ledger.read_text()

    with pytest.raises(OSError, match="File too large"), room_for(ledger, 20):
        erasures.note(second, made_at=NOON)

    assert ledger.read_text() == before


def test_line_after_one_that_was_cut_off_is_whole(ledger):
    person = recipes.participant(recipes.centre())
    ledger.write_text("2026-11")  # as a machine leaves it that loses its power

    erasures.note(person, made_at=NOON)

    assert erasures.marks() == {erasures.mark(person, made_at=NOON)}
    assert erasures.forget(now=NOON) == 1  # what was cut off
