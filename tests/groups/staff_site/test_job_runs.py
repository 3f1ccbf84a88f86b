"""The list of nightly jobs says in the reader's language what each run did."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import translation
from procrastinate.contrib.django import app

from centres.states import Role
from groups.today.nightly_jobs import counts_of, what_it_does
from linkcenter.jobs import nightly
from linkcenter.models import JobRun
from linkcenter.personal_data import retention
from tests import recipes

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)
LIST = reverse("admin:linkcenter_jobrun_changelist")


def run(job, **counts):
    return JobRun.objects.create(job=job, started_at=NOW, finished_at=NOW, counts=counts)


@pytest.fixture
def administrator(client):
    client.force_login(recipes.staff(Role.ADMINISTRATOR))
    return client


def test_each_job_and_each_number_has_words(settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "erasures.txt"
    for job in nightly():
        app.tasks[job](timestamp=0)

    assert set(nightly()) == set(JobRun.objects.values_list("job", flat=True))
    for each in JobRun.objects.all():
        each.counts = dict.fromkeys(each.counts, 1)
        with translation.override("nb"):
            words = [str(what) for what, _number, _is_held in counts_of(each)]
        assert len(words) == len(each.counts) > 0
        assert not {each.job, *each.counts} & {what_it_does(each.job), *words}


def test_list_says_what_was_deleted_and_what_was_held_back(administrator):
    run(retention.JOB, **{"texts of messages": 2, "people held back": 12, "sessions": 0})

    text = administrator.get(LIST).text

    held = "Personer som er ferdige her, eller som vi aldri nådde: 12 (holdt tilbake)"
    assert f"{held}, Tekst i meldinger: 2<" in text
    assert "texts of messages" not in text


def test_rule_that_was_let_go_alone_is_named(administrator):
    run(f"{retention.JOB}: personal links", **{"personal links": 3})

    text = administrator.get(LIST, {"job": f"{retention.JOB}: personal links"}).text

    assert "Sletter det som er lagret lenge nok: Personlige lenker" in text
    assert "Personlige lenker: 3" in text
