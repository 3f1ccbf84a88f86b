"""What there is to do for the groups, as staff see and do it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import travel

from centres.models import Centre
from centres.states import Role
from groups.models import FollowUp, PlanStep, SelfHelpGroup
from groups.states import CountedIn, FollowUpKind, GroupState, Trouble
from linkcenter.models import User
from tests import recipes
from tests.bulk import sure

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
TODAY = date(2026, 11, 25)
LIST = "admin:groups_followup_changelist"


@pytest.fixture(autouse=True)
def at_nine() -> Any:
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def centre() -> Centre:
    return recipes.centre()


@pytest.fixture
def coordinator(centre: Centre) -> User:
    return recipes.staff(Role.COORDINATOR, centre, name="Kari")


@pytest.fixture
def staff(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


@pytest.fixture
def group(centre: Centre) -> SelfHelpGroup:
    return recipes.group(centre, state=GroupState.SETTLED)


@pytest.fixture
def visit(group: SelfHelpGroup) -> FollowUp:
    return group.follow_ups.create(what=FollowUpKind.VISIT, due=TODAY)


def act(client: Client, name: str, follow_up: FollowUp, **data: Any) -> Any:
    keys = [follow_up.group_id, follow_up.pk]
    return client.post(reverse(f"admin:groups_selfhelpgroup_follow_up_{name}", args=keys), data)


def shown(client: Client, view: str) -> list[str]:
    return [row.what for row in client.get(reverse(LIST), {"view": view}).context["cl"].result_list]


def test_whoever_asks_to_be_rung_is_on_top_and_red(
    staff: Client, group: SelfHelpGroup, visit: FollowUp
) -> None:
    group.follow_ups.create(what="talk", due=TODAY - timedelta(days=9))
    group.follow_ups.create(what="ring", about=Trouble.ROOM, due=TODAY)

    assert shown(staff, "due") == ["ring", "talk", "visit"]
    lists = [staff.get(reverse(LIST), {"view": "due"})]
    lists.append(staff.get(reverse("admin:groups_selfhelpgroup_change", args=[group.pk])))
    for page in lists:
        html = page.content.decode()
        assert html.index('data-color="danger"') < html.index(str(visit.get_what_display()))


def test_views_hold_what_their_names_say(
    staff: Client, coordinator: User, group: SelfHelpGroup, visit: FollowUp
) -> None:
    add = group.follow_ups.create
    add(what="talk", due=date(2026, 11, 30), owner=coordinator)
    add(what="contact_meeting", due=date(2026, 12, 1))
    add(what="start", due=TODAY, done_on=TODAY, done_by=coordinator)

    assert {view: shown(staff, view) for view in ("due", "ring", "mine", "month", "done")} == {
        "due": ["visit"],
        "ring": [],
        "mine": ["talk"],
        "month": ["visit", "talk"],
        "done": ["start"],
    }


def test_row_of_the_list_leads_to_the_group(staff: Client, visit: FollowUp) -> None:
    page = staff.get(reverse("admin:groups_followup_change", args=[visit.pk]))

    group = reverse("admin:groups_selfhelpgroup_change", args=[visit.group_id])
    assert page.headers["Location"] == f"{group}#follow-ups"


def test_acts_on_the_page_of_the_group(staff: Client, coordinator: User, visit: FollowUp) -> None:
    act(staff, "mine", visit)
    act(staff, "day", visit, due="2026-12-02")
    visit.refresh_from_db()
    moved = (visit.owner, visit.due, visit.due_by_hand, visit.done_on)
    act(staff, "done", visit)

    visit.refresh_from_db()
    assert moved == (coordinator, date(2026, 12, 2), True, None)
    assert (visit.done_on, visit.done_by) == (TODAY, coordinator)


def test_day_that_has_been_is_refused_and_kept(staff: Client, visit: FollowUp) -> None:
    page = act(staff, "day", visit, due="2026-11-24")

    form = page.context["to_do"][0].form
    assert list(form.errors) == ["due"]
    assert form["due"].value() == "2026-11-24"


def test_one_more_is_added_and_taken_off_again(
    staff: Client, coordinator: User, group: SelfHelpGroup
) -> None:
    address = reverse("admin:groups_selfhelpgroup_follow_up", args=[group.pk])
    staff.post(address, {"what": "talk", "due": "2026-12-01", "mine": "on"})
    [added] = group.follow_ups.all()
    act(staff, "away", added)

    assert (added.what, added.due, added.owner) == ("talk", date(2026, 12, 1), coordinator)
    assert group.follow_ups.count() == 0


@pytest.mark.parametrize("action", ["take_over", "mark_done"])
def test_several_at_once_from_the_list(
    staff: Client, coordinator: User, group: SelfHelpGroup, visit: FollowUp, action: str
) -> None:
    done = group.follow_ups.create(what="talk", due=TODAY, done_on=TODAY)

    staff.post(reverse(LIST), sure(action, [visit, done]))

    visit.refresh_from_db()
    done.refresh_from_db()
    assert coordinator in (visit.owner, visit.done_by)
    assert (done.owner, done.done_by) == (None, None)


def test_follow_ups_of_other_centres_are_not_there(staff: Client, visit: FollowUp) -> None:
    elsewhere = recipes.group(recipes.centre(), state=GroupState.SETTLED)
    theirs = elsewhere.follow_ups.create(what="ring", about="time", due=TODAY)
    crossed = FollowUp(pk=theirs.pk, group_id=visit.group_id)

    answers = [act(staff, name, row) for name in ("done", "day") for row in (theirs, crossed)]
    staff.post(reverse(LIST), sure("mark_done", [theirs]))

    theirs.refresh_from_db()
    assert {answer.status_code for answer in answers} == {404}
    assert theirs.done_on is None
    assert shown(staff, "due") == ["visit"]


def test_other_plan_says_what_becomes_of_the_groups(
    staff: Client, centre: Centre, group: SelfHelpGroup
) -> None:
    step = PlanStep.objects.create(centre=centre, what="talk", number=6, counted_in=CountedIn.WEEKS)
    group.follow_ups.create(step=step, what="talk", due=date(2027, 1, 5))
    change = reverse("admin:groups_planstep_change", args=[step.pk])
    facts = {"centre": centre.pk, "what": "talk", "number": "4", "counted_in": "weeks"}

    saved = staff.post(change, facts, follow=True)
    due = group.follow_ups.get().due
    gone = staff.post(
        reverse("admin:groups_planstep_delete", args=[step.pk]), {"post": "yes"}, follow=True
    )

    assert due == date(2026, 12, 22)
    assert len(saved.context["messages"]) == len(gone.context["messages"]) == 2
    assert group.follow_ups.count() == 0


def test_plan_of_another_centre_is_not_there(staff: Client, centre: Centre) -> None:
    theirs = recipes.centre()
    step = PlanStep.objects.create(centre=theirs, what="talk", number=6, counted_in="weeks")
    facts = {"centre": theirs.pk, "what": "visit", "number": "1", "counted_in": "weeks"}

    staff.post(reverse("admin:groups_planstep_change", args=[step.pk]), facts)
    staff.post(reverse("admin:groups_planstep_delete", args=[step.pk]), {"post": "yes"})
    staff.post(reverse("admin:groups_planstep_add"), facts)

    assert list(PlanStep.objects.values_list("what", "number")) == [("talk", 6)]
