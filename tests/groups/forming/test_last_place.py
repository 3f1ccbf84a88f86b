"""The last place in a group cannot be given twice."""

import pytest
from django.db import IntegrityError, connection, transaction

from groups.domain.errors import GroupFull
from groups.domain.forming.members import add_person
from groups.domain.seats import lock, take_seat
from groups.models import Seat
from tests import recipes
from tests.database import InBackground, is_waiting

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def background():
    runner = InBackground()
    yield runner
    runner.stop()


@pytest.fixture
def group():
    """A group with one place left."""
    group = recipes.group(recipes.centre(), min_size=2, max_size=3, weeks=1)
    recipes.seat(group)
    recipes.seat(group)
    return group


def test_second_to_take_the_last_place_waits_and_is_refused(group, background, now):
    first, second = (recipes.waiting(group.centre) for _person in range(2))

    with transaction.atomic():
        add_person(group, first, actor=None, now=now)
        call = background.start(add_person, group, second, actor=None, now=now)
        assert is_waiting(call)

    with pytest.raises(GroupFull):
        call.result(timeout=10)
    assert group.seats.live().filter(registration=first).count() == 1
    assert group.seats.live().count() == 3


def test_second_gets_the_place_if_the_first_gives_up(group, background, now):
    first, second = (recipes.waiting(group.centre) for _person in range(2))

    with transaction.atomic():
        add_person(group, first, actor=None, now=now)
        call = background.start(add_person, group, second, actor=None, now=now)
        assert is_waiting(call)
        transaction.set_rollback(True)

    assert call.result(timeout=10).registration == second
    assert group.seats.live().count() == 3


def test_waiting_is_for_the_groups_row(group, background, now):
    registration = recipes.waiting(group.centre)

    with transaction.atomic():
        lock(group)
        call = background.start(add_person, group, registration, actor=None, now=now)
        assert is_waiting(call)

    assert call.result(timeout=10).group == group


def insert(group, registration):
    """A row past every line of our own Python."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into groups_seat (group_id, registration_id, state, proposed_at, end_reason,"
            " no_reason, shared_name, shares_phone, is_newcomer)"
            " values (%s, %s, 'proposed', now(), '', '', '', false, false)",
            [group.pk, registration.pk],
        )


def test_database_alone_refuses_the_second_of_two_raw_inserts(group, background):
    first, second = (recipes.waiting(group.centre) for _person in range(2))

    with transaction.atomic():
        insert(group, first)
        call = background.start(insert, group, second)
        assert is_waiting(call)

    with pytest.raises(IntegrityError, match="the group is full"):
        call.result(timeout=10)
    assert Seat.objects.live().filter(group=group).count() == 3


def test_database_alone_refuses_one_person_in_two_groups(group, background):
    other = recipes.group(group.centre, weeks=1)
    person = recipes.waiting(group.centre)

    with transaction.atomic():
        insert(group, person)
        call = background.start(insert, other, person)
        assert is_waiting(call)

    with pytest.raises(IntegrityError, match="seat_one_live_a_registration"):
        call.result(timeout=10)
    assert list(person.seats.values_list("group", flat=True)) == [group.pk]


def test_shrinking_waits_for_the_seat_that_is_being_taken(group, background):
    registration = recipes.waiting(group.centre)

    def shrink():
        type(group).objects.filter(pk=group.pk).update(max_size=2)

    with transaction.atomic():
        insert(group, registration)
        call = background.start(shrink)
        assert is_waiting(call)

    with pytest.raises(IntegrityError, match="more live seats"):
        call.result(timeout=10)


def test_place_that_an_old_row_still_shows_is_refused_by_the_database(group, now):
    """Whoever has not read the group anew sees more places than there are."""
    recipes.seat(group)
    group.max_size += 1
    registration = recipes.waiting(group.centre)

    with pytest.raises(IntegrityError, match="the group is full"), transaction.atomic():
        take_seat(group, registration, actor=None, now=now)

    assert not registration.seats.exists()
