"""The start page: each tile counts the very rows that its list shows, at a steady price."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app
from pytest_django import DjangoAssertNumQueries
from time_machine import travel

from centres.domain.house.host_keys import set_host_key
from centres.models import Centre, OpeningHours, StaffRole
from centres.states import Role, VenueKind
from groups.domain.forming.match_runs import propose
from groups.models import MatchRun, Question
from groups.states import GroupState, Newcomers
from groups.today import nightly_jobs
from groups.today.all_tasks import STAFF_TASKS
from groups.today.staff_tasks import Only
from groups.today.tiles import tiles_for
from linkcenter.messages.outbox import queue
from linkcenter.models import JobRun, Message, User
from participants.domain.read_log import note
from participants.models.registration_queries import FLOOD_AT_A_CENTRE
from participants.states import Door, RegistrationState, TalkKind, TalkOutcome
from tests import recipes

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
TODAY = date(2026, 11, 25)
INDEX_QUERIES = 58


@pytest.fixture
def centre() -> Centre:
    return recipes.centre()


@pytest.fixture
def coordinator(centre: Centre) -> User:
    return recipes.staff(Role.LEAD, centre)


@pytest.fixture
def staff(client: Client, coordinator: User) -> Client:
    with travel(NOW):
        client.force_login(coordinator)
    return client


def fill(centre: Centre) -> None:
    """One row for each matter that may wait for staff."""
    recipes.registration(recipes.participant(centre))
    again = recipes.registration(recipes.participant(centre))
    by = recipes.staff(Role.COORDINATOR, centre)
    opened_at = NOW - timedelta(days=40)
    note(by, [again.participant_id], door=Door.PERSON, reason="called", now=opened_at)
    again.talks.create(
        kind=TalkKind.TRIED, outcome=TalkOutcome.NO_ANSWER, by=by, next_try=TODAY, at=NOW
    )
    for hours in (3, -3):
        at = NOW + timedelta(hours=hours)
        recipes.waiting(centre, talk_at=at, talk_kind="rang", talk_by=by)
    recipes.waiting(centre, talk_declined_at=NOW, would_initiate=True)
    waiting = recipes.waiting(centre)
    recipes.registration(recipes.participant(centre, email=waiting.participant.email))
    long_ago = NOW - timedelta(days=180)
    recipes.registration(
        recipes.participant(centre),
        state="closed",
        close_reason="done",
        registered_at=long_ago,
        closed_at=long_ago,
    )
    recipes.waiting(centre, still_asked_on=TODAY - timedelta(days=14))
    phone_only = recipes.participant(centre, email=None, phone="+4741234567")
    recipes.registration(phone_only, state="held", held_because="trap")
    with_a_question(centre)
    recipes.seat(recipes.group(centre))
    asked = {"asked_at": NOW, "answer_by": TODAY - timedelta(days=1)}
    recipes.seat(recipes.group(centre), state="asked", **asked)
    enough = recipes.group(centre, min_size=2)
    for _number in range(2):
        recipes.seat(enough, state="yes", answered_at=NOW, **asked)
    one_short = recipes.group(centre, min_size=2)
    recipes.seat(one_short, state="yes", answered_at=NOW, **asked)
    recipes.seat(one_short, state="asked", asked_at=NOW, answer_by=TODAY + timedelta(days=2))
    next_week = TODAY + timedelta(days=6)
    recipes.group(centre, state=GroupState.SETTLED, first_date=next_week)
    settled = recipes.group(centre, state=GroupState.SETTLED)
    settled.follow_ups.create(what="ring", about="time", due=TODAY)
    recipes.group(centre, previous_group=settled)
    runs_itself = {"state": GroupState.SELF_RUN, "handed_over_on": TODAY - timedelta(days=200)}
    recipes.group(centre, still_asked_on=TODAY - timedelta(days=30), **runs_itself)
    with_room = recipes.group(centre, newcomers=Newcomers.YES, **runs_itself)
    said_yes = {"state": "yes", "answered_at": NOW, "asked_at": NOW, "answer_by": TODAY}
    with_room.contact = recipes.seat(with_room, **said_yes)
    with_room.save()
    by_group = {"group_asked_at": NOW, "group_answer_by": TODAY + timedelta(days=7)}
    recipes.seat(with_room, is_newcomer=True, **said_yes, **by_group)
    for matter, state in (("a", "queued"), ("b", "failed"), ("c", "draft")):
        message = queue(
            waiting.participant,
            matter=matter,
            kind="receipt",
            channel="call",
            to="+4741234567",
            language="nb",
            subject="Hei",
            text="Hei",
        )
        Message.objects.filter(pk=message.pk).update(state=state, waits_because="written")
    out = {"since": TODAY - timedelta(days=7), "due": TODAY - timedelta(days=1)}
    recipes.key(recipes.venue(centre), holder="Kari", **out)
    licence = recipes.venue(centre, kind=VenueKind.LICENCE, provider="Zoom")
    set_host_key(licence, "482911", today=date(2020, 1, 1))
    recipes.enquiry(centre)
    recipes.event(centre, starts_at=NOW - timedelta(days=1))
    recipes.enquiry(centre, created_at=NOW - timedelta(days=360))
    OpeningHours.objects.get_or_create(centre=centre, weekday=0, opens=time(9), closes=time(12))


def with_a_question(centre: Centre) -> None:
    """One that is open, one that got a yes after the newest proposals, and a run that stopped."""
    after = NOW + timedelta(minutes=1)
    for answer in ({}, {"answer": "yes", "answered_at": after}):
        Question.objects.create(
            registration=recipes.waiting(centre),
            about="theme:any",
            asked_at=NOW,
            answer_by=TODAY,
            **answer,
        )
    MatchRun.objects.create(
        centre=centre,
        centre_ids=[centre.pk],
        state="failed",
        failure="error",
        run_at=after,
        finished_at=after,
    )


def flood(centre: Centre) -> None:
    for _number in range(FLOOD_AT_A_CENTRE + 1):
        recipes.registration(recipes.participant(centre), registered_at=NOW)


def with_proposals(centre: Centre) -> None:
    recipes.venue(centre)
    recipes.initiator(centre)
    for _number in range(4):
        recipes.waiting(centre)
    propose([centre], actor=None, now=NOW)


@travel(NOW, tick=False)
def test_tiles_count_the_rows_of_their_lists(
    staff: Client, coordinator: User, centre: Centre
) -> None:
    fill(centre)
    flood(centre)
    with_proposals(centre)
    fill(recipes.centre())

    tiles = tiles_for(coordinator, today=TODAY)

    counts = {tile.url: tile.count for tile in tiles}
    assert 0 not in counts.values()
    for address, count in counts.items():
        shown = staff.get(address).context["cl"]
        assert shown.result_count == count, address


def test_tile_counts_no_further_than_its_list(
    staff: Client, coordinator: User, centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _number in range(4):
        recipes.registration(recipes.participant(centre))
    monkeypatch.setattr("linkcenter.admin.lists.MOST", 3)

    tile = tiles_for(coordinator, today=TODAY)[0]

    shown = staff.get(tile.url).context["cl"]
    assert (tile.count, tile.has_more) == (shown.result_count, shown.has_more) == (3, True)
    assert "<b>Flere enn 3</b>" in staff.get(reverse("admin:index")).text


@travel(NOW, tick=False)
def test_list_of_a_tile_shows_exactly_its_rows(
    staff: Client, coordinator: User, centre: Centre
) -> None:
    fill(centre)
    fill(recipes.centre())

    for task in STAFF_TASKS:
        rows = set(task.rows(coordinator, TODAY).values_list("pk", flat=True))
        shown = {row.pk for row in staff.get(task.url).context["cl"].result_list}
        assert shown == rows, task.view.slug


@travel(NOW, tick=False)
@pytest.mark.parametrize("times", [1, 3])
def test_start_page_asks_the_database_as_often_however_many_rows(
    staff: Client,
    centre: Centre,
    times: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _number in range(times):
        fill(centre)
    staff.get(reverse("admin:index"))

    with django_assert_num_queries(INDEX_QUERIES):
        page = staff.get(reverse("admin:index"))

    assert page.status_code == 200


@pytest.mark.parametrize(
    ("hours_ago", "is_late"), [(None, True), (1, False), (25, False), (27, True)]
)
def test_job_is_late_after_a_missed_night(hours_ago: int | None, is_late: bool) -> None:
    if hours_ago is not None:
        for job in nightly_jobs.NIGHTLY:
            ended = NOW - timedelta(hours=hours_ago)
            JobRun.objects.create(job=job, started_at=ended, finished_at=ended)

    jobs = list(nightly_jobs.jobs(now=NOW))

    assert [job.is_late for job in jobs] == [is_late] * len(nightly_jobs.NIGHTLY)


def test_nightly_jobs_are_those_that_leave_a_run() -> None:
    app.perform_import_paths()
    periodic = [each.task for each in app.periodic_registry.periodic_tasks.values()]

    for task in periodic:
        if task.name in nightly_jobs.NIGHTLY:
            task.func(0)

    assert set(JobRun.objects.values_list("job", flat=True)) == set(nightly_jobs.NIGHTLY)


def test_closed_registration_waits_for_nobody(coordinator: User, centre: Centre) -> None:
    Centre.objects.update(verified_on=TODAY)
    closed = {"state": RegistrationState.CLOSED, "close_reason": "done"}
    recipes.registration(recipes.participant(centre), closed_at=timezone.now(), **closed)

    tiles = tiles_for(coordinator, today=TODAY)

    assert [tile.count for tile in tiles] == [0] * len(STAFF_TASKS)


@travel(NOW, tick=False)
def test_who_works_at_several_centres_sees_one_at_a_time(
    staff: Client, coordinator: User, centre: Centre
) -> None:
    other = recipes.centre()
    StaffRole.objects.create(user=coordinator, centre=other, role=Role.COORDINATOR)
    fill(centre)
    fill(other)
    only = Only(centre_id=other.pk)

    tiles = tiles_for(coordinator, today=TODAY, only=only)

    shown = staff.get(reverse("admin:index"), {"at": other.pk}).context["sections"]
    assert sum(len(found) for half in shown for _urgency, found in half) > 20
    for tile in tiles:
        page = staff.get(tile.url).context["cl"]
        assert page.result_count == tile.count, tile.url
    new = [tile.count for tile in tiles if "view=new" in tile.url]
    everywhere = [
        each.count for each in tiles_for(coordinator, today=TODAY) if "view=new" in each.url
    ]
    assert everywhere[0] == 2 * new[0]


@travel(NOW, tick=False)
def test_own_matters_are_those_one_is_responsible_for(
    staff: Client, coordinator: User, centre: Centre
) -> None:
    recipes.registration(recipes.participant(centre))
    mine = recipes.registration(recipes.participant(centre), responsible=coordinator)
    group = recipes.group(centre, state=GroupState.SETTLED)
    group.follow_ups.create(what="talk", due=TODAY, owner=coordinator)
    group.follow_ups.create(what="talk", due=TODAY)

    tiles = [
        tile for tile in tiles_for(coordinator, today=TODAY, only=Only(mine=True)) if tile.count
    ]

    assert [tile.count for tile in tiles] == [1, 1]
    assert all("responsible=mine" in tile.url for tile in tiles)
    rows = [staff.get(tile.url).context["cl"].result_list for tile in tiles]
    assert mine in rows[0]
    assert [len(found) for found in rows] == [1, 1]


@pytest.mark.parametrize(
    "query", ["at=0", "at=x", "at=%00", "at=1&at=2", "responsible=&at=", "responsible=9"]
)
def test_start_page_takes_no_notice_of_what_it_does_not_know(staff: Client, query: str) -> None:
    foreign = recipes.centre()

    for asked in (query.replace("%00", ""), f"at={foreign.pk}"):
        page = staff.get(f"{reverse('admin:index')}?{asked}")
        assert [shown for _words, _address, shown in page.context["whose"]] == [True, False]
