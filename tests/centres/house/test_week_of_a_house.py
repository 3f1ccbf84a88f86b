"""The week in a house: each room's uses day by day, free days, and what is not held."""

from datetime import date, time

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from time_machine import travel

from centres.domain.booking.weekly_times import give_up_slot, take_slot
from centres.domain.house.week import week_of
from centres.models import OpeningException, Organisation
from centres.states import HoursKind, Role, VenueKind
from tests import recipes

pytestmark = pytest.mark.django_db

TUESDAY = date(2026, 11, 24)


@pytest.fixture
def centre():
    return recipes.centre()


@pytest.fixture
def room(centre):
    return recipes.venue(centre, name="Stua")


@pytest.fixture
def tenant():
    return Organisation.objects.create(name="Tolvtrinn")


def staff(client, centre):
    client.force_login(recipes.staff(Role.COORDINATOR, centre))
    return client


def page(client, **query):
    return client.get(reverse("admin:centres_venue_week"), query)


def test_week_begins_on_monday_and_shows_who_has_the_room(centre, room, tenant):
    take_slot(room, weekday=1, starts=time(19), first_date=TUESDAY, weeks=2, holder=tenant)

    week = week_of(centre, date(2026, 11, 29))

    assert [day.date.isoformat() for day in week.days][::6] == ["2026-11-23", "2026-11-29"]
    assert [day.date for day in week.days if not day.is_empty] == [TUESDAY]
    (use,) = week.days[1].rooms[0]
    assert (use.starts.time(), use.ends.time(), use.holder) == (time(19), time(21), tenant)


def test_two_uses_of_a_day_come_in_the_order_of_the_clock(centre, room, tenant):
    for starts in (time(19), time(10)):
        take_slot(room, weekday=1, starts=starts, first_date=TUESDAY, weeks=1, holder=tenant)

    assert [use.starts.hour for use in week_of(centre, TUESDAY).days[1].rooms[0]] == [10, 19]


def test_holiday_is_named_and_the_room_is_free_then(centre, room, tenant):
    first = date(2027, 3, 18)
    take_slot(room, weekday=3, starts=time(18), first_date=first, weeks=2, holder=tenant)

    thursday = week_of(centre, date(2027, 3, 25)).days[3]

    assert str(thursday.holiday) == "skjærtorsdag"
    assert [use.not_held for use in thursday.rooms[0]] == ["helligdag"]


def test_room_that_is_closed_is_not_free(client, centre, room):
    recipes.venue(centre, kind=VenueKind.LICENCE, provider="Whereby")
    OpeningException.objects.create(
        centre=centre, first_date=TUESDAY, last_date=date(2026, 11, 25), reason_nb="Vi pusser opp"
    )
    staff(client, centre)

    text = page(client, day="2026-11-24").text

    assert text.count("stengt: Vi pusser opp") == 2
    assert text.count(">ledig<") == 5 + 7  # the room on five days, the licence on all


def test_holiday_closes_the_house_unless_it_is_said_to_be_open(client, centre, room):
    staff(client, centre)

    assert page(client, day="2027-03-25").text.count(">stengt<") == 3
    OpeningException.objects.create(
        centre=centre,
        first_date=date(2027, 3, 25),
        last_date=date(2027, 3, 25),
        opens=time(10),
        closes=time(14),
        kind=HoursKind.DROP_IN,
    )
    assert page(client, day="2027-03-25").text.count(">stengt<") == 2


def test_what_is_given_up_and_what_is_in_other_houses_is_not_there(centre, room, tenant):
    gone = take_slot(room, weekday=1, starts=time(18), first_date=TUESDAY, holder=tenant)
    give_up_slot(gone, on=TUESDAY)
    elsewhere = recipes.venue(recipes.centre())
    take_slot(elsewhere, weekday=1, starts=time(18), first_date=TUESDAY, holder=tenant)

    week = week_of(centre, TUESDAY)

    assert (list(week.rooms), [day.is_empty for day in week.days]) == ([room], [True] * 7)


def test_page_names_groups_and_tenants_and_leads_to_the_groups(client, centre, room, tenant):
    group = recipes.group(centre, name="Onsdagsgruppa")
    take_slot(room, weekday=1, starts=time(19), first_date=TUESDAY, holder=tenant)

    text = page(staff(client, centre), day="2026-11-24").text

    assert f'href="/admin/groups/selfhelpgroup/{group.pk}/change/">Onsdagsgruppa<' in text
    assert "Tolvtrinn" in text
    assert "Tirsdag 24. november" in text


def test_page_costs_the_same_however_much_is_booked(
    client, centre, room, django_assert_max_num_queries: DjangoAssertNumQueries
):
    staff(client, centre)
    for weekday in range(7):
        recipes.group(centre)
        first = date(2026, 11, 23 + weekday)
        take_slot(room, weekday=weekday, starts=time(18), first_date=first, weeks=2)

    with django_assert_max_num_queries(12):
        page(client, day="2026-11-24")


@pytest.mark.parametrize("day", ["", "i går", "2026-02-30", "9999-12-31", "0001-01-01"])
def test_day_that_is_none_shows_this_week(client, centre, room, day):
    with travel("2026-11-25T12:00:00Z"):
        assert page(staff(client, centre), day=day).context["day"] == date(2026, 11, 25)


def test_other_house_is_a_missing_one(client, centre):
    other = recipes.centre()

    assert page(staff(client, centre), centre=other.pk).status_code == 404


def test_administrator_has_no_house(client):
    client.force_login(recipes.staff(Role.ADMINISTRATOR))

    assert page(client).status_code == 404
