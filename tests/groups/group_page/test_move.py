"""Staff see free times and every date before a group is moved, and who could not come then."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from centres.domain.booking.weekly_times import take_slot
from centres.states import Skipped
from centres.week import on_or_after
from groups.states import GroupState, SeatState
from linkcenter.models import Message
from tests import recipes

pytestmark = pytest.mark.django_db


@pytest.fixture
def day():
    return on_or_after(timezone.localdate() + timedelta(days=7), 3)


@pytest.fixture
def group(centre, day):
    slot = take_slot(recipes.venue(centre), weekday=3, starts=time(18), first_date=day)
    group = recipes.group(centre, slot=slot, first_date=day, state=GroupState.SETTLED)
    group.initiators.add(recipes.initiator(centre, name="Ingunn", availability=["thu-evening"]))
    recipes.seat(
        group,
        state=SeatState.YES,
        asked_at=timezone.now(),
        answer_by=date(2026, 11, 10),
        answered_at=timezone.now(),
    )
    return group


@pytest.fixture
def wanted(group, centre, day):
    room = recipes.venue(centre, name="Biblioteket")
    return {
        "venue": room.pk,
        "weekday": 4,
        "starts": "10:00",
        "minutes": 90,
        "first_date": day.isoformat(),
    }


@pytest.fixture
def desk(client, staff):
    client.force_login(staff)
    return client


def page(group):
    return reverse("admin:groups_selfhelpgroup_move", args=[group.pk])


def test_page_shows_dates_free_times_and_who_cannot_come_then(desk, group, wanted):
    response = desk.get(page(group), wanted)

    assert len(response.context["preview"].free) > 40
    assert len(response.context["free_times"]) == 21
    assert "0 av 1" in response.text
    assert "Ingunn" in response.text
    assert not Message.objects.exists()


def test_group_is_moved_with_the_dates_skipped_that_were_shown(desk, group, wanted, day):
    taken = take_slot(
        group.slot.venue.centre.venues.get(name="Biblioteket"),
        weekday=4,
        starts=time(11),
        first_date=day + timedelta(days=1),
        weeks=1,
    )

    desk.post(page(group), wanted | {"skips": "1"})

    group.refresh_from_db()
    assert (group.slot.venue, group.slot.minutes) == (taken.venue, 90)
    assert group.slot.bookings.filter(skipped_because=Skipped.TAKEN).count() == 1
    assert Message.objects.filter(kind="moved_meeting").count() == 1


def test_room_that_is_too_small_or_elsewhere_is_not_offered(desk, group, wanted, centre):
    small = recipes.venue(centre, capacity=2)
    for _person in range(2):
        recipes.seat(group)
    elsewhere = recipes.venue(recipes.centre())

    offered = desk.get(page(group)).context["form"].fields["venue"].queryset

    assert not {small, elsewhere} & set(offered)


def test_group_that_is_being_formed_has_no_such_page(desk, centre):
    forming = recipes.group(centre)

    assert desk.get(page(forming)).status_code == 302


def test_group_of_another_centre_is_missing(desk, wanted):
    other = recipes.group(recipes.centre(), state=GroupState.SETTLED)

    response = desk.post(page(other), wanted | {"skips": "0"})

    assert response.status_code == 404
