"""What will be deleted is shown a week ahead, each centre's own to its staff; people confirm it."""

from datetime import UTC, datetime, timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from time_machine import travel

from centres.states import Role
from linkcenter.models import JobRun
from linkcenter.personal_data import retention
from linkcenter.tasks import let_go
from participants.models import Participant
from tests import recipes

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PAGE = "/admin/linkcenter/jobrun/deletion/"


@pytest.fixture(autouse=True)
def at_noon(settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "erasures.txt"
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def centre():
    return recipes.centre()


def done(centre, days=190, **person):
    at = NOW - timedelta(days=days)
    return recipes.registration(
        recipes.participant(centre, **person),
        state="closed",
        close_reason="done",
        registered_at=at,
        closed_at=at,
    ).participant


def shown_to(client, role, centre=None):
    client.force_login(recipes.staff(role, centre))
    return client.get(PAGE)


def rows(response):
    return {row.words for rule in response.context["rules"] for row in rule.rows}


def test_staff_see_exactly_their_own_who_go_within_a_week(client, centre):
    soon = [done(centre, 190), done(centre, 177)]
    done(centre, 175)
    done(recipes.centre(), 190)

    page = shown_to(client, Role.COORDINATOR, centre)

    assert rows(page) == {person.reference for person in soon}
    (people,) = (rule for rule in page.context["rules"] if rule.held_back)
    assert (people.count, people.held_back, people.form) == (2, 2, None)


def test_no_name_is_on_it(client, centre):
    done(centre, name="Kanarinavn")

    assert "Kanarinavn" not in shown_to(client, Role.COORDINATOR, centre).content.decode()


def test_administrators_see_numbers_and_nobody(client, centre):
    done(centre)

    page = shown_to(client, Role.ADMINISTRATOR)

    assert rows(page) == set()
    assert [rule.count for rule in page.context["rules"] if rule.form] == [1]


def confirm(client, **changes):
    sent = {"code": "people", "most": "1", "word": "slett"} | changes
    return client.post(PAGE, sent)


def test_administrator_lets_one_rule_run_once(client, centre):
    done(centre)
    retention.run(now=NOW)
    client.force_login(recipes.staff(Role.ADMINISTRATOR))

    assert confirm(client).status_code == 302
    job = ProcrastinateJob.objects.get(task_name=retention.LET_GO_JOB)
    let_go(**job.args)

    assert Participant.objects.count() == 0
    assert JobRun.objects.get(job=f"{retention.JOB}: people").by is not None
    assert retention.held_back() == {}


@pytest.mark.parametrize(
    "changes",
    [{"word": ""}, {"word": "ja"}, {"most": "0"}, {"most": "x"}, {"code": "owls"}, {"code": ""}],
)
def test_nothing_goes_without_the_word_or_more_than_was_seen(client, centre, changes):
    done(centre)
    client.force_login(recipes.staff(Role.ADMINISTRATOR))

    assert confirm(client, **changes).status_code == 200

    assert not ProcrastinateJob.objects.filter(task_name=retention.LET_GO_JOB).exists()


def test_when_more_have_come_since_somebody_has_to_look_again(client, centre):
    done(centre)
    done(centre)
    client.force_login(recipes.staff(Role.ADMINISTRATOR))

    response = confirm(client)

    assert "Se en gang til" in response.content.decode()


def test_coordinators_cannot_confirm(client, centre):
    done(centre)
    client.force_login(recipes.staff(Role.COORDINATOR, centre))

    confirm(client)

    assert not ProcrastinateJob.objects.filter(task_name=retention.LET_GO_JOB).exists()


def test_start_page_says_that_it_waits(client, centre):
    done(centre)
    retention.run(now=NOW)
    client.force_login(recipes.staff(Role.COORDINATOR, centre))

    assert client.get("/admin/").context["held_back"] == 1


def test_runs_are_told(client, centre):
    done(centre)
    retention.run(now=NOW)
    JobRun.objects.create(job=retention.JOB, started_at=NOW)

    page = shown_to(client, Role.COORDINATOR, centre).content.decode()

    assert "holdt tilbake" in page
    assert "kom ikke i mål" in page
