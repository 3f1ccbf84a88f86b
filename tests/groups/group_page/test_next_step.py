"""What is to be done next stands on top of the page of a person, and of a group."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from centres.models import Centre
from centres.states import Role
from groups.domain.asking import asking
from groups.domain.forming.match_runs import propose
from groups.models import MatchRun, Seat
from groups.proposals.why_not import proposals_with, why_not
from groups.states import SeatState
from groups.today.next_steps import NextStep
from linkcenter.models import Message
from participants.models import Registration, Talk
from participants.states import TalkKind, TalkOutcome
from tests import recipes

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def centre() -> Centre:
    recipes.consent_texts()
    return recipes.centre()


@pytest.fixture
def desk(client: Client, centre: Centre) -> Client:
    client.force_login(recipes.staff(Role.COORDINATOR, centre))
    return client


def step_of(desk: Client, row: Any) -> NextStep | None:
    page = desk.get(
        reverse(f"admin:{row._meta.label_lower.replace('.', '_')}_change", args=[row.pk])
    )
    found: NextStep | None = page.context["step"]
    return found


def test_nobody_has_tried(desk: Client, centre: Centre) -> None:
    step = step_of(desk, recipes.registration(recipes.participant(centre)))

    assert step is not None
    assert (step.address, step.is_ours) == ("#write", True)


def test_a_next_try_that_is_to_come_waits(desk: Client, centre: Centre) -> None:
    registration = recipes.registration(recipes.participant(centre))
    Talk.objects.create(
        registration=registration,
        by=recipes.staff(Role.COORDINATOR, centre),
        kind=TalkKind.TRIED,
        outcome=TalkOutcome.NO_ANSWER,
        next_try=TODAY + timedelta(days=2),
    )

    step = step_of(desk, registration)

    assert step is not None
    assert step.is_ours is False


def test_who_waits_without_a_place_is_to_get_one(desk: Client, centre: Centre) -> None:
    registration = recipes.waiting(centre)

    step = step_of(desk, registration)

    assert step is not None
    assert step.address == reverse("admin:groups_matchrun_why", args=[registration.pk])


@pytest.mark.parametrize(("days", "is_ours"), [(1, False), (-1, True)])
def test_who_is_asked_is_waited_for_until_the_day(
    desk: Client, centre: Centre, days: int, is_ours: bool
) -> None:
    registration = recipes.waiting(centre)
    Seat.objects.create(
        group=recipes.group(centre),
        registration=registration,
        state=SeatState.ASKED,
        asked_at=timezone.now(),
        answer_by=TODAY + timedelta(days=days),
    )

    step = step_of(desk, registration)

    assert step is not None
    assert (step.address, step.is_ours) == ("#groups", is_ours)


def test_nothing_is_to_be_done_once_it_is_closed(desk: Client, centre: Centre) -> None:
    registration = recipes.registration(
        recipes.participant(centre),
        state="closed",
        close_reason="done",
        closed_at=timezone.now(),
    )

    assert step_of(desk, registration) is None


def test_a_group_that_is_short_looks_for_more_and_then_asks(desk: Client, centre: Centre) -> None:
    group = recipes.group(centre, min_size=centre.min_to_start)
    short = step_of(desk, group)
    for _each in range(centre.min_to_start):
        Seat.objects.create(group=group, registration=recipes.waiting(centre))

    full = step_of(desk, group)

    assert short is not None
    assert full is not None
    assert (short.address, full.address) == ("#add", "#ask")


@pytest.mark.parametrize(("channel", "is_ours"), [("call", True), ("email", False)])
def test_who_is_asked_by_hand_is_to_be_told_first(
    desk: Client, centre: Centre, channel: str, is_ours: bool
) -> None:
    group = recipes.group(centre, min_size=2)
    for _each in range(2):
        recipes.seat(group, recipes.waiting(centre))
    asking.ask(group, actor=None)
    Message.objects.update(channel=channel)

    step = step_of(desk, group)

    assert step is not None
    calls = reverse("admin:groups_selfhelpgroup_calls", args=[group.pk])
    assert (step.is_ours, step.address) == (is_ours, calls if is_ours else "#people")


def test_call_that_nobody_has_made_waits_for_staff(desk: Client, centre: Centre) -> None:
    group = recipes.group(centre)
    recipes.seat(group, recipes.waiting(centre))
    asking.ask(group, actor=None)
    Message.objects.update(channel="call")

    html = desk.get(reverse("admin:groups_selfhelpgroup_change", args=[group.pk])).content.decode()

    assert "Telefonsamtale: venter på deg" in html


def test_enough_have_said_yes(desk: Client, centre: Centre) -> None:
    group = recipes.group(centre, min_size=2)
    for _each in range(centre.min_to_start):
        Seat.objects.create(
            group=group,
            registration=recipes.waiting(centre),
            state=SeatState.YES,
            asked_at=timezone.now(),
            answered_at=timezone.now(),
            answer_by=TODAY,
        )

    step = step_of(desk, group)

    assert step is not None
    assert step.address == "#stands"


def test_what_the_matcher_said_stands_on_the_page(desk: Client, centre: Centre) -> None:
    alone = recipes.waiting(centre)
    propose([centre], actor=None)

    page = desk.get(reverse("admin:participants_registration_change", args=[alone.pk]))

    said = page.context["why_not"]
    assert said.said_on == TODAY
    assert len(said.reasons) >= 1


def test_past_proposals_with_a_place_are_listed(centre: Centre) -> None:
    person, other = recipes.waiting(centre), recipes.waiting(centre)
    propose([centre], actor=None)
    run = MatchRun.objects.get()
    reference = person.participant.reference
    MatchRun.objects.filter(pk=run.pk).update(
        result={**run.result, "groups": [{"members": [reference]}], "joins": []}
    )

    assert proposals_with(person, own=[centre.pk]) == [run]
    assert proposals_with(person, own=[]) == []
    assert proposals_with(other, own=[centre.pk]) == []


def test_who_has_never_been_in_a_run_is_told_of_the_times_alone(centre: Centre) -> None:
    said = why_not(recipes.waiting(centre, availability=[]), today=TODAY)

    assert (said.said_on, list(said.reasons), said.has_times) == (None, [], False)


def test_story_is_shown_a_page_at_a_time(desk: Client, centre: Centre) -> None:
    registration = recipes.waiting(centre)
    for day in range(20):
        now = timezone.now() - timedelta(days=day)
        registration.activities.create(what="talked", at=now)
    address = reverse("admin:participants_registration_change", args=[registration.pk])

    first, last = desk.get(address), desk.get(f"{address}?history=3")

    assert len(first.context["timeline"]) == 20
    assert (first.content.count(b"history=2"), last.content.count(b"history=4")) == (1, 0)


def test_odd_page_of_the_story_is_the_first(desk: Client, centre: Centre) -> None:
    registration: Registration = recipes.waiting(centre)
    address = reverse("admin:participants_registration_change", args=[registration.pk])

    for odd in ("0", "-1", "²", "x", "99999999999999999999"):
        assert desk.get(address, {"history": odd}).status_code == 200
