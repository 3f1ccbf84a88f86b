"""What the database holds about seats, whatever path writes them."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection

from groups.models import Seat
from groups.states import GroupState, SeatEndReason, SeatState
from tests import recipes
from tests.database import refused_by

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
INSERT = """
insert into groups_seat (group_id, registration_id, state, proposed_at, end_reason, no_reason,
    shared_name, shares_phone, is_newcomer)
values (%s, %s, 'proposed', now(), '', '', '', false, false)
"""


@pytest.fixture
def centre():
    return recipes.centre()


@pytest.fixture
def full_group(centre):
    group = recipes.group(centre, min_size=2, max_size=3)
    for _place in range(3):
        recipes.seat(group)
    return group


def end_one(group):
    seat = group.seats.live().first()
    Seat.objects.filter(pk=seat.pk).update(
        state=SeatState.ENDED, ended_at=NOW, end_reason=SeatEndReason.RELEASED
    )
    return seat


def test_second_live_seat_of_a_registration_is_refused(centre):
    registration = recipes.seat(recipes.group(centre)).registration
    other_group = recipes.group(centre)

    with refused_by("seat_one_live_a_registration"):
        Seat.objects.bulk_create([Seat(group=other_group, registration=registration)])


def test_registration_with_an_ended_seat_can_have_another(centre):
    group = recipes.group(centre)
    seat = recipes.seat(group)
    end_one(group)

    again = recipes.seat(recipes.group(centre), seat.registration)

    assert list(seat.registration.seats.live()) == [again]


def test_live_seat_beyond_the_size_is_refused_in_bulk(full_group, centre):
    with refused_by("seat_within_max_size"):
        Seat.objects.bulk_create([Seat(group=full_group, registration=recipes.waiting(centre))])


def test_live_seat_beyond_the_size_is_refused_in_sql(full_group, centre):
    registration = recipes.waiting(centre)

    with refused_by("seat_within_max_size"), connection.cursor() as cursor:
        cursor.execute(INSERT, [full_group.pk, registration.pk])


def test_live_seats_beyond_the_size_are_refused_in_one_statement(centre):
    group = recipes.group(centre, min_size=2, max_size=3)
    registrations = [recipes.waiting(centre) for _person in range(4)]

    with refused_by("seat_within_max_size"):
        Seat.objects.bulk_create(
            Seat(group=group, registration=registration) for registration in registrations
        )


def test_ended_seat_is_not_brought_back_into_a_full_group(full_group):
    ended = end_one(full_group)
    recipes.seat(full_group)

    with refused_by("seat_within_max_size"):
        Seat.objects.filter(pk=ended.pk).update(
            state=SeatState.PROPOSED, ended_at=None, end_reason=""
        )


def test_seat_is_not_moved_into_a_full_group(full_group, centre):
    seat = recipes.seat(recipes.group(centre))

    with refused_by("seat_within_max_size"):
        Seat.objects.filter(pk=seat.pk).update(group=full_group)


def test_size_does_not_shrink_below_the_live_seats(full_group):
    with refused_by("group_max_size_holds_seats"):
        type(full_group).objects.filter(pk=full_group.pk).update(max_size=2)


def test_size_shrinks_to_the_live_seats(full_group):
    end_one(full_group)

    shrunk = type(full_group).objects.filter(pk=full_group.pk).update(max_size=2)

    assert shrunk == 1


def test_seat_does_not_end_without_a_reason(full_group):
    with refused_by("seat_ended_with_reason"):
        full_group.seats.update(state=SeatState.ENDED, ended_at=NOW)


def test_live_seat_has_no_end_reason(full_group):
    with refused_by("seat_ended_with_reason"):
        full_group.seats.update(end_reason=SeatEndReason.NO)


def test_asked_seat_has_a_date_to_answer_by(full_group):
    with refused_by("seat_asked_has_answer_by"):
        full_group.seats.update(state=SeatState.ASKED, asked_at=NOW)


def test_yes_has_a_moment(full_group):
    with refused_by("seat_yes_is_answered"):
        full_group.seats.update(
            state=SeatState.YES, asked_at=NOW, answer_by=date(2026, 11, 9), answered_at=None
        )


def test_unknown_reason_for_a_no_is_refused(full_group):
    with refused_by("seat_choices_known"):
        full_group.seats.update(no_reason="because")


@pytest.mark.parametrize(
    "fields",
    [
        {"group_asked_at": NOW, "group_answer_by": date(2026, 11, 9)},
        {"is_newcomer": True, "group_asked_at": NOW},
        {"is_newcomer": True, "group_answer_by": date(2026, 11, 9)},
        {"is_newcomer": True, "group_agreed_at": NOW},
    ],
)
def test_group_is_asked_about_newcomers_with_a_date_to_answer_by(full_group, fields):
    with refused_by("seat_group_asked_of_newcomer"):
        full_group.seats.update(**fields)


def test_phone_number_is_not_shared_by_default(full_group):
    with refused_by("seat_shares_by_choice"):
        full_group.seats.update(shares_phone=True)


@pytest.fixture
def half_known(centre):
    """A group of five that runs itself: the centre knows its contact, and that there are four."""
    group = recipes.group(centre, min_size=2, max_size=5)
    recipes.seat(group)
    type(group).objects.filter(pk=group.pk).update(
        state=GroupState.SELF_RUN, handed_over_on=date(2027, 3, 1), unnamed_members=3
    )
    return group


def test_members_whom_nobody_knows_hold_their_places(half_known, centre):
    recipes.seat(half_known)

    with refused_by("seat_within_max_size"), connection.cursor() as cursor:
        cursor.execute(INSERT, [half_known.pk, recipes.waiting(centre).pk])


@pytest.mark.parametrize("fields", [{"unnamed_members": 5}, {"max_size": 3}])
def test_places_that_are_taken_are_not_taken_again(half_known, fields):
    with refused_by("group_max_size_holds_seats"):
        type(half_known).objects.filter(pk=half_known.pk).update(**fields)
