"""What Prometheus reads: counts and ages that are right, and only with the token."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django import app
from prometheus_client.parser import text_string_to_metric_families

from groups.today import nightly_jobs
from linkcenter import jobs
from linkcenter.models import JobRun, Message, MessageState
from linkcenter.operating import counts
from linkcenter.operating.counts import LIMITS, SharedCounts
from linkcenter.web import limits
from tests import recipes
from tests.running.workers import queue_mail

TOKEN = "t" * 32
FIRST = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture(autouse=True)
def allowed(settings, tmp_path):
    settings.METRICS_TOKEN = TOKEN
    settings.BACKUP_DIR = tmp_path


def read(client) -> dict[tuple[str, str], float]:
    """Each sample by its name and the value of its label, as Prometheus' own parser finds it."""
    page = client.get("/metrics", headers=FIRST)
    assert page.status_code == 200
    assert page.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    assert "no-store" in page.headers["Cache-Control"]
    return {
        (sample.name, "".join(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(page.text)
        for sample in family.samples
    }


@pytest.mark.django_db
@pytest.mark.parametrize("brought", ["", "Bearer ", "Bearer " + "t" * 31, "Basic " + TOKEN, "ø"])
def test_without_the_token_there_is_no_page(client, brought):
    page = client.get("/metrics", headers={"Authorization": brought})

    assert page.status_code == 404
    assert "link_" not in page.text.replace("link_c", "")


@pytest.mark.django_db
def test_without_a_token_in_the_settings_nobody_has_one(client, settings):
    settings.METRICS_TOKEN = ""

    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.django_db
def test_answers_are_counted_by_status_and_time(client):
    before = read(client)
    for path in ("/robots.txt", "/finnes-ikke/", "/healthz"):
        client.get(path)
    after = read(client)

    grown = {key: value - before[key] for key, value in after.items() if value != before[key]}
    assert grown["link_requests_total", "200"] == 1
    assert grown["link_requests_total", "404"] == 1
    assert grown["link_request_seconds_count", ""] == 2
    assert grown["link_request_seconds_bucket", "+Inf"] == 2
    assert 0 < grown["link_request_seconds_sum", ""] < 60


@pytest.mark.django_db
def test_jobs_and_messages_are_counted_by_state(client):
    person = recipes.participant(recipes.centre())
    queue_mail(person, 1)
    failed = queue_mail(person, 2)
    Message.objects.filter(pk=failed.pk).update(state=MessageState.FAILED)
    an_hour_ago = timezone.now() - timedelta(hours=1)
    app.configure_task("linkcenter.send_message", schedule_at=an_hour_ago).defer(message_id=1)

    known = read(client)

    assert known["link_database_up", ""] == 1
    assert known["link_queue_jobs", "todo"] == 3
    assert known["link_queue_jobs", "failed"] == 0
    assert 3600 <= known["link_queue_oldest_seconds", ""] < 3660
    assert known["link_messages", "queued"] == known["link_messages", "failed"] == 1
    assert 0 < known["link_mail_oldest_seconds", ""] < 60
    assert known["link_workers", ""] == 0
    assert known["link_database_bytes", ""] > 1e6
    assert 0 < known["link_database_connections", ""] <= known["link_database_connections_max", ""]


@pytest.mark.django_db
def test_people_are_told_in_tens(client):
    centre = recipes.centre()
    for _each in range(12):
        recipes.waiting(centre)

    assert read(client)["link_registrations", "waiting"] == 10


@pytest.mark.django_db
def test_nightly_job_tells_when_it_came_to_its_end(client):
    begun = timezone.now() - timedelta(hours=3)
    JobRun.objects.create(job="groups.remind", started_at=begun, finished_at=begun)
    JobRun.objects.create(job="groups.look_after", started_at=begun)

    known = read(client)

    last = "link_job_last_success_timestamp_seconds"
    assert known[last, "groups.remind"] == pytest.approx(begun.timestamp())
    assert known[last, "groups.look_after"] == 0
    assert {job for name, job in known if name == last} == set(nightly_jobs.NIGHTLY)


@pytest.mark.django_db
def test_backup_tells_its_age(client, tmp_path):
    assert read(client)["link_backup_last_success_timestamp_seconds", ""] == 0
    for name in ("2026-11-20T013000.000001Z", "2026-11-21T013000.500000Z"):
        (tmp_path / f"{name}.link-backup").touch()
    (tmp_path / "2026-11-22T013000.000001Z.part").touch()

    at = read(client)["link_backup_last_success_timestamp_seconds", ""]

    assert at == 1795224600.5


@pytest.mark.django_db
def test_refusal_is_counted_by_its_limit(client):
    before = read(client)
    for _time in range(limits.UNKNOWN_LINKS.most + 2):
        limits.spend(limits.UNKNOWN_LINKS, "somebody")

    assert (
        read(client)["link_refusals_total", "unknown links"]
        == before["link_refusals_total", "unknown links"] + 2
    )


def test_every_limit_has_its_count():
    from linkcenter.log_in import factor_forms, password_links, tries

    known = {
        each.name
        for module in (limits, tries, factor_forms, password_links)
        for each in vars(module).values()
        if isinstance(each, limits.Limit)
    }

    assert known == set(LIMITS) - {"another"}


def test_nightly_jobs_are_those_that_staff_see():
    assert jobs.nightly() == sorted(nightly_jobs.NIGHTLY)


@pytest.mark.filterwarnings("default::DeprecationWarning")  # Python 3.12 fears forks
def test_processes_count_together_and_a_dead_one_leaves_its_counts():
    counts = SharedCounts(["a", "b"], processes=2)
    counts.add({"a": 1})

    for _child in range(5):
        child = os.fork()
        if not child:
            counts.add({"a": 1, "b": 0.5})
            os.kill(os.getpid(), 9)
        os.waitpid(child, 0)

    assert counts.sums() == {"a": 6, "b": 2.5}


@pytest.mark.filterwarnings("default::DeprecationWarning")
def test_one_process_more_than_there_are_places_is_not_counted():
    counts = SharedCounts(["a"], processes=1)
    counts.add({"a": 1})
    child = os.fork()
    if not child:
        counts.add({"a": 1})
        os._exit(0)
    os.waitpid(child, 0)

    assert counts.sums() == {"a": 1}


def test_count_is_never_less_while_it_grows():
    counts, seen = SharedCounts(["a"], processes=1), []
    counts.add({"a": 7})

    class Slow:
        """One more, which is written only once somebody has looked."""

        def __radd__(self, before):
            self.sum = before + 1
            return self

        def __float__(self):
            seen.append(counts.sums()["a"])
            return self.sum

    counts.add({"a": Slow()})

    assert (seen, counts.sums()) == ([7], {"a": 8})


def test_time_at_the_edge_counts_as_within():
    before = dict(counts.took()[0])
    counts.count_request(200, 0.1)
    after = dict(counts.took()[0])

    assert [most for most in after if after[most] > before[most]] == [
        most for most in counts.WITHIN if most >= 0.1
    ]
