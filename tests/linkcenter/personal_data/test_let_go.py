"""What the nightly job held back waits until somebody has looked and lets it go."""

from datetime import UTC, datetime, timedelta

import pytest

from linkcenter.models import JobRun
from linkcenter.personal_data import retention
from linkcenter.personal_data.register import register
from participants.models import Participant
from participants.states import RegistrationState
from tests import recipes

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=190)


@pytest.fixture(autouse=True)
def ledger(settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "erasures.txt"


@pytest.fixture
def people():
    return next(rule for rule in register.rules() if rule.code == "people")


def closed_long_ago(centre):
    return recipes.registration(
        recipes.participant(centre),
        state=RegistrationState.CLOSED,
        close_reason="done",
        registered_at=LONG_AGO - timedelta(days=30),
        closed_at=LONG_AGO,
    )


def test_nothing_waits_where_the_job_has_never_run():
    assert retention.held_back() == {}


def test_what_somebody_let_go_waits_no_more_though_the_job_has_not_run_again(people):
    closed_long_ago(recipes.centre())
    retention.run(now=NOW)
    before = retention.held_back()

    taken = retention.let_go(people, by=recipes.staff("administrator"), most=1, now=NOW)

    assert (before, taken, retention.held_back()) == ({"people": 1}, 1, {})


def test_who_cannot_be_forgotten_is_told_of_when_the_others_are_gone(people, monkeypatch):
    centre = recipes.centre()
    stuck, _gone = closed_long_ago(centre), closed_long_ago(centre)
    delete = Participant.delete

    def refuse_one(self, *args, **kwargs):
        if self.pk == stuck.participant_id:
            raise RuntimeError
        return delete(self, *args, **kwargs)

    monkeypatch.setattr(Participant, "delete", refuse_one)
    with pytest.raises(RuntimeError):
        retention.let_go(people, by=None, most=2, now=NOW)

    assert Participant.objects.get().pk == stuck.participant_id
    assert JobRun.objects.get(job=retention.job_of(people)).finished_at is None
