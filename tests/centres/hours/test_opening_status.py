from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from centres.domain.hours.opening import (
    Span,
    hours_on,
    opening_status,
    ordinary_week,
    special_periods,
    with_timetables,
)
from centres.models import Centre, OpeningException, OpeningHours
from centres.states import CentreStatus, HoursKind
from tests import recipes

pytestmark = pytest.mark.django_db

OSLO = ZoneInfo("Europe/Oslo")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OSLO)


@pytest.fixture(params=["rows", "annotations"])
def read(request):
    """The centre as one page reads it and as another does."""

    def again(centre):
        if request.param == "annotations":
            return with_timetables(Centre.objects.all()).get(pk=centre.pk)
        return centre

    return again


def opens(centre, *weekdays, hours=("08:30", "16:00"), kind=HoursKind.DROP_IN):
    for weekday in weekdays:
        OpeningHours.objects.create(
            centre=centre,
            weekday=weekday,
            opens=time.fromisoformat(hours[0]),
            closes=time.fromisoformat(hours[1]),
            kind=kind,
        )


@pytest.fixture
def tromso():
    centre = recipes.centre("tromso")
    opens(centre, 0, 1, 2, 3, 4)
    return centre


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-23 08:29:59", False),
        ("2026-11-23 08:30", True),
        ("2026-11-23 15:59:59", True),
        ("2026-11-23 16:00", False),
        ("2026-11-22 12:00", False),
    ],
)
def test_centre_is_open_from_the_first_minute_to_before_the_last(tromso, read, moment, is_open):
    assert opening_status(read(tromso), at(moment)).is_open == is_open


def test_open_centre_says_until_when(tromso, read):
    status = opening_status(read(tromso), at("2026-11-23 09:00"))

    assert status.until == at("2026-11-23 16:00")


@pytest.mark.parametrize(
    ("moment", "next_opens"),
    [
        ("2026-11-23 03:00", "2026-11-23 08:30"),
        ("2026-11-23 23:59:59", "2026-11-24 08:30"),
        ("2026-11-24 00:00", "2026-11-24 08:30"),
        ("2026-11-27 16:00", "2026-11-30 08:30"),
        ("2026-12-31 16:00", "2027-01-04 08:30"),  # 1 January is a Friday
        ("2027-03-27 12:00", "2027-03-30 08:30"),  # Easter, and summer time begins
        ("2026-10-25 02:30", "2026-10-26 08:30"),  # the hour that comes twice
    ],
)
def test_closed_centre_says_when_it_opens_next(tromso, read, moment, next_opens):
    status = opening_status(read(tromso), at(moment))

    assert (status.is_open, status.next_opens) == (False, at(next_opens))


def test_status_is_the_same_from_another_zone(tromso):
    monday_in_tromso = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)

    status = opening_status(tromso, monday_in_tromso.astimezone(ZoneInfo("Pacific/Auckland")))

    assert status.is_open


def test_late_sunday_in_utc_is_already_monday_in_norway(tromso):
    opens(tromso, 0, hours=("00:00", "01:00"))

    assert opening_status(tromso, datetime(2026, 11, 22, 23, 30, tzinfo=UTC)).is_open


def test_public_holiday_closes_and_is_named(tromso, read):
    status = opening_status(read(tromso), at("2027-05-17 12:00"))

    with override("en"):
        assert str(status.reason) == "Constitution Day"
    assert status.next_opens == at("2027-05-18 08:30")


def test_exception_wins_over_a_public_holiday(tromso, read):
    OpeningException.objects.create(
        centre=tromso,
        first_date=date(2027, 5, 17),
        last_date=date(2027, 5, 17),
        opens=time(12),
        closes=time(14),
        kind=HoursKind.DROP_IN,
        reason="Åpent hus",
    )

    status = opening_status(read(tromso), at("2027-05-17 13:00"))

    assert (status.is_open, status.until) == (True, at("2027-05-17 14:00"))


def test_closed_days_are_skipped_and_their_reason_given(tromso, read):
    OpeningException.objects.create(
        centre=tromso,
        first_date=date(2026, 12, 21),
        last_date=date(2027, 1, 3),
        reason="Juleferie",
    )

    status = opening_status(read(tromso), at("2026-12-22 10:00"))

    assert (status.reason, status.next_opens) == ("Juleferie", at("2027-01-04 08:30"))


def test_spans_that_touch_count_as_one(tromso, read):
    opens(tromso, 0, hours=("16:00", "18:00"))

    status = opening_status(read(tromso), at("2026-11-23 10:00"))

    assert status.until == at("2026-11-23 18:00")


def test_telephone_hours_are_told_as_such(tromso, read):
    opens(tromso, 0, hours=("16:00", "18:00"), kind=HoursKind.PHONE)

    status = opening_status(read(tromso), at("2026-11-23 17:00"))

    assert (status.is_open, status.kind) == (True, HoursKind.PHONE)


def test_door_is_told_before_the_telephone_when_both_are_open(tromso, read):
    opens(tromso, 0, hours=("08:00", "20:00"), kind=HoursKind.PHONE)

    status = opening_status(read(tromso), at("2026-11-23 10:00"))

    assert (status.kind, status.until) == (HoursKind.DROP_IN, at("2026-11-23 16:00"))


def test_hours_by_appointment_open_no_door(read):
    centre = recipes.centre()
    opens(centre, 0, kind=HoursKind.APPOINTMENT)

    status = opening_status(read(centre), at("2026-11-23 10:00"))

    assert (status.is_open, status.is_known, status.next_opens) == (False, True, None)


def test_centre_without_hours_is_not_said_to_be_closed(read):
    status = opening_status(read(recipes.centre()), at("2026-11-23 10:00"))

    assert (status.is_open, status.is_known) == (False, False)


@pytest.mark.parametrize("status", [CentreStatus.PAUSED, CentreStatus.CLOSED])
def test_centre_that_is_not_running_is_never_open(tromso, read, status):
    Centre.objects.update(status=status, takes_registrations=False)
    tromso.refresh_from_db()

    assert not opening_status(read(tromso), at("2026-11-23 10:00")).is_open


def test_ordinary_week_has_seven_days_in_order(tromso, read):
    week = ordinary_week(read(tromso))

    assert week == [(Span(time(8, 30), time(16)),)] * 5 + [(), ()]


def test_hours_on_a_day_follow_the_exception(tromso, read):
    OpeningException.objects.create(
        centre=tromso,
        first_date=date(2026, 11, 24),
        last_date=date(2026, 11, 24),
        opens=time(10),
        closes=time(12),
        kind=HoursKind.PHONE,
        reason="Kurs",
    )

    day = hours_on(read(tromso), date(2026, 11, 24))

    assert (day.spans, day.reason) == ((Span(time(10), time(12), HoursKind.PHONE),), "Kurs")


def test_special_periods_are_exceptions_and_holidays_that_fall_on_hours(tromso):
    OpeningException.objects.create(
        centre=tromso,
        first_date=date(2026, 12, 28),
        last_date=date(2026, 12, 31),
        reason="Romjul",
    )

    periods = special_periods(tromso, today=date(2026, 12, 1))

    assert [(period.first, period.last) for period in periods] == [
        (date(2026, 12, 25), date(2026, 12, 25)),  # Boxing Day is a Saturday
        (date(2026, 12, 28), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2027, 1, 1)),
    ]


def test_timetables_of_many_centres_take_one_query(django_assert_num_queries, tromso):
    other = recipes.centre("oslo")
    opens(other, 0)

    with django_assert_num_queries(1):
        for centre in with_timetables(Centre.objects.all()):
            opening_status(centre, at("2026-11-23 10:00"))
            special_periods(centre, today=date(2026, 11, 23))
