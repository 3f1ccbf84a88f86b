"""A group's page: each act once, refusals in words, and nothing typed is lost."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from time_machine import travel

from centres.domain.booking.weekly_times import take_slot
from centres.models import Centre
from centres.states import Role
from groups.domain.lifecycle import ending
from groups.models import SelfHelpGroup
from groups.states import GroupState, SeatEndReason, SeatState
from linkcenter.models import User
from participants.models import KeepApart
from tests import recipes

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 9, 9, tzinfo=UTC)
PAGE_QUERIES = 33


@pytest.fixture(autouse=True)
def at_nine() -> Any:
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def centre() -> Centre:
    return recipes.centre()


@pytest.fixture
def coordinator(centre: Centre) -> User:
    return recipes.staff(Role.COORDINATOR, centre)


@pytest.fixture
def staff(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


@pytest.fixture
def group(centre: Centre) -> SelfHelpGroup:
    """Forming, with two proposed; it needs two and takes three."""
    group = recipes.group(centre, min_size=2, max_size=3)
    for _number in range(2):
        recipes.seat(group)
    return group


def post(client: Client, act: str, group: SelfHelpGroup, *more: int, **data: Any) -> HttpResponse:
    address = reverse(f"admin:groups_selfhelpgroup_{act}", args=[group.pk, *more])
    return client.post(address, data)


def page(client: Client, group: SelfHelpGroup) -> HttpResponse:
    return client.get(reverse("admin:groups_selfhelpgroup_change", args=[group.pk]))


def all_say_yes(client: Client, group: SelfHelpGroup) -> None:
    post(client, "ask", group)
    for seat in group.seats.all():
        post(client, "yes", group, seat.pk)


@pytest.mark.parametrize("people", [1, 3])
def test_page_asks_the_database_as_often_however_many_people(
    staff: Client,
    centre: Centre,
    people: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    group = recipes.group(centre, max_size=8)
    for _number in range(people):
        recipes.seat(group)
        recipes.waiting(centre)
    page(staff, group)

    with django_assert_num_queries(PAGE_QUERIES):
        answer = page(staff, group)

    assert len(answer.context["live_seats"]) == people


def test_those_who_can_meet_are_offered_first(
    staff: Client, centre: Centre, group: SelfHelpGroup
) -> None:
    never = recipes.waiting(centre, availability=["sun-morning"])
    fits = recipes.waiting(centre, registered_at=NOW)

    groups_of_choices = page(staff, group).context["forms"]["add"].fields["registration"].choices

    assert [[pk for pk, _words in people] for _name, people in groups_of_choices[1:]] == [
        [fits.pk],
        [never.pk],
    ]


def test_person_is_added_and_nobody_is_told(
    staff: Client, centre: Centre, group: SelfHelpGroup
) -> None:
    more = recipes.waiting(centre)

    post(staff, "add_person", group, registration=more.pk)

    assert group.seats.get(registration=more).state == SeatState.PROPOSED
    assert more.participant.messages.count() == 0


def test_full_group_refuses_one_more_in_words(
    staff: Client, centre: Centre, group: SelfHelpGroup
) -> None:
    post(staff, "add_person", group, registration=recipes.waiting(centre).pk)
    more = recipes.waiting(centre)

    answer = post(staff, "add_person", group, registration=more.pk)

    form = answer.context["forms"]["add"]
    assert len(form.non_field_errors()) == 1
    assert form["registration"].value() == str(more.pk)
    assert group.seats.count() == 3


def test_two_to_keep_apart_are_refused(staff: Client, centre: Centre, group: SelfHelpGroup) -> None:
    there = group.seats.earliest("pk").registration.participant
    more = recipes.waiting(centre)
    KeepApart.objects.create(first=there, second=more.participant)

    answer = post(staff, "add_person", group, registration=more.pk)

    assert len(answer.context["forms"]["add"].non_field_errors()) == 1
    assert group.seats.count() == 2


@pytest.mark.parametrize("registration", ["", "x", "999999999"])
def test_nobody_in_particular_cannot_be_added(
    staff: Client, group: SelfHelpGroup, registration: str
) -> None:
    answer = post(staff, "add_person", group, registration=registration)

    assert list(answer.context["forms"]["add"].errors) == ["registration"]


def test_page_says_who_gets_what(staff: Client, centre: Centre) -> None:
    group = recipes.group(centre)
    recipes.seat(group)
    ring = recipes.waiting(centre, {"email": None, "phone": "+4741234567"})
    recipes.seat(group, ring)

    to_ask = page(staff, group).context["to_ask"]
    post(staff, "ask", group)

    channels = [seat.registration.participant.channel for seat, _how in to_ask]
    assert channels == ["email", "call"]
    assert list(ring.participant.messages.ring_instead()) == [
        group.seats.get(registration=ring).message
    ]


def test_asking_twice_asks_once(staff: Client, group: SelfHelpGroup) -> None:
    post(staff, "ask", group)
    messages = [seat.message_id for seat in group.seats.order_by("pk")]

    post(staff, "ask", group)

    assert [seat.message_id for seat in group.seats.order_by("pk")] == messages


def test_no_heard_by_phone_keeps_its_reason(staff: Client, group: SelfHelpGroup) -> None:
    post(staff, "ask", group)
    seat = group.seats.earliest("pk")

    answer = post(staff, "no", group, seat.pk, no_reason="place", back="person")

    seat.refresh_from_db()
    assert (seat.end_reason, seat.no_reason) == (SeatEndReason.NO, "place")
    assert answer.headers["Location"].endswith(f"/registration/{seat.registration_id}/change/")


def test_other_time_heard_by_phone_changes_the_week(staff: Client, group: SelfHelpGroup) -> None:
    post(staff, "ask", group)
    seat = group.seats.earliest("pk")

    empty = post(staff, "other_time", group, seat.pk)
    post(staff, "other_time", group, seat.pk, availability=["sun-morning", "mon-evening"])

    seat.refresh_from_db()
    assert list(empty.context["form"].errors) == ["availability"]
    assert seat.end_reason == SeatEndReason.OTHER_TIME
    assert seat.registration.availability == ["mon-evening", "sun-morning"]


def test_settling_too_early_says_so_and_keeps_the_day(staff: Client, group: SelfHelpGroup) -> None:
    answer = post(staff, "settle", group, first_date="2026-12-01")

    group.refresh_from_db()
    form = answer.context["forms"]["settle"]
    assert len(form.non_field_errors()) == 1
    assert form["first_date"].value() == "2026-12-01"
    assert group.state == GroupState.FORMING


@pytest.mark.parametrize("first_date", ["", "snart", "2026-11-01", "2026-12-02", "9999-12-28"])
def test_first_date_has_to_be_a_day_of_the_weekly_time(
    staff: Client, group: SelfHelpGroup, first_date: str
) -> None:
    all_say_yes(staff, group)

    answer = post(staff, "settle", group, first_date=first_date)

    group.refresh_from_db()
    assert answer.context["forms"]["settle"].errors
    assert group.state == GroupState.FORMING


def test_taken_room_is_told_with_the_days(staff: Client, group: SelfHelpGroup) -> None:
    all_say_yes(staff, group)
    assert group.slot is not None
    venue = group.slot.venue
    later = date(2027, 2, 2)
    take_slot(venue, weekday=1, starts=group.slot.starts, first_date=later, weeks=1)

    answer = post(staff, "settle", group, first_date="2027-01-26")

    [error] = answer.context["forms"]["settle"].non_field_errors()
    assert "2027" in error


def test_group_goes_all_the_way(staff: Client, group: SelfHelpGroup) -> None:
    all_say_yes(staff, group)
    post(staff, "settle", group, first_date=group.first_date)
    early = post(staff, "hand_over", group)
    post(staff, "start_meeting", group, held_on="2026-11-09", confidentiality_signed="on")
    post(staff, "hand_over", group)
    unsure = post(staff, "end", group, reason="finished")
    post(staff, "end", group, reason="finished", sure="on")

    group.refresh_from_db()
    assert early.status_code == 200
    assert list(unsure.context["forms"]["end"].errors) == ["sure"]
    assert (group.state, group.end_reason) == (GroupState.ENDED, "finished")
    assert group.confidentiality_signed_on == date(2026, 11, 9)
    assert page(staff, group).context["steps"] == []


def test_start_meeting_is_not_held_tomorrow(staff: Client, group: SelfHelpGroup) -> None:
    all_say_yes(staff, group)
    post(staff, "settle", group, first_date=group.first_date)

    answer = post(staff, "start_meeting", group, held_on=NOW.date() + timedelta(days=1))

    assert list(answer.context["forms"]["start"].errors) == ["held_on"]


def test_letting_go_needs_a_tick(staff: Client, group: SelfHelpGroup) -> None:
    unsure = post(staff, "let_go", group)
    post(staff, "let_go", group, sure="on")

    group.refresh_from_db()
    assert list(unsure.context["forms"]["let_go"].errors) == ["sure"]
    assert group.end_reason == "let_go"


def test_page_a_day_old_gets_the_refusal_and_not_the_act(
    staff: Client, group: SelfHelpGroup, coordinator: User
) -> None:
    seat = group.seats.earliest("pk")
    ending.let_go(group, actor=coordinator)

    answers = [
        post(staff, "ask", group),
        post(staff, "remove", group, seat.pk),
        post(staff, "yes", group, seat.pk),
        post(staff, "settle", group, first_date="2026-12-01"),
        post(staff, "let_go", group, sure="on"),
        post(staff, "hand_over", group),
        post(staff, "start_meeting", group, held_on="2026-11-09"),
        post(staff, "end", group, reason="finished", sure="on"),
    ]

    group.refresh_from_db()
    assert {answer.status_code for answer in answers} == {200, 302}
    assert group.state == GroupState.ENDED
    assert group.end_reason == "let_go"


def test_whoever_came_from_another_centre_and_left_is_named_no_more(
    staff: Client, centre: Centre
) -> None:
    group = recipes.group(centre, format="digital")
    ended = {"state": SeatState.ENDED, "end_reason": SeatEndReason.LEFT, "ended_at": NOW}
    home = recipes.seat(group, recipes.waiting(centre, {"name": "Hjemme"}), **ended)
    lent = recipes.seat(group, recipes.waiting(recipes.centre(), {"name": "Borte"}), **ended)

    page = staff.get(reverse("admin:groups_selfhelpgroup_change", args=[group.pk]))

    html = page.content.decode()
    assert "Hjemme" in html
    assert "Borte" not in html
    for seat in (home, lent):
        assert seat.registration.participant.reference in html
