"""Two who delete one person at the same moment, and somebody who comes back while the job runs."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from linkcenter.personal_data import erasures, retention
from linkcenter.personal_data.register import register
from participants.domain.erasure import erase
from participants.domain.locks import hold_registrations
from participants.models import Participant, Registration
from tests import recipes
from tests.database import InBackground, is_waiting


@pytest.fixture(autouse=True)
def ledger(settings: Any, tmp_path: Any) -> None:
    settings.ERASURE_LEDGER = tmp_path / "erasures.txt"


@pytest.fixture
def background() -> Any:
    runner = InBackground()
    yield runner
    runner.stop()


def somebody(**fields: Any) -> Registration:
    return recipes.registration(recipes.participant(recipes.centre()), **fields)


@pytest.mark.django_db(transaction=True)
def test_second_click_finds_nobody_and_is_content(background: Any) -> None:
    participant = somebody().participant
    again = Participant.objects.get(pk=participant.pk)

    with transaction.atomic():
        erase(participant)
        second = background.start(erase, again)
        assert is_waiting(second)

    assert second.result(timeout=10) is None
    erase(Participant(pk=again.pk, centre=again.centre))
    assert not Participant.objects.exists()
    assert len(erasures.marks()) == 1


@pytest.mark.django_db(transaction=True)
def test_who_comes_back_while_the_job_looks_is_kept(background: Any) -> None:
    long_ago = timezone.now() - timedelta(days=400)
    registration = somebody(
        state="closed", close_reason="done", closed_at=long_ago, registered_at=long_ago
    )
    person = registration.participant
    rule = next(rule for rule in register.rules() if rule.code == "people")

    with transaction.atomic():
        hold_registrations(person.pk)
        job = background.start(retention._forget, rule, person.pk, timezone.now())
        assert is_waiting(job)
        recipes.registration(person)

    assert job.result(timeout=10) is False
    assert Participant.objects.filter(pk=person.pk).exists()
