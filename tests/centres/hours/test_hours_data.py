from datetime import date, time

import pytest

from centres.domain.hours.opening import with_timetables
from centres.models import Centre, OpeningException, OpeningHours
from centres.publishing.hours_data import hours_data
from centres.states import HoursKind
from tests import recipes

pytestmark = pytest.mark.django_db

DECEMBER = date(2026, 12, 1)


@pytest.fixture
def centre():
    centre = recipes.centre("tromso")
    for weekday, kind, opens, closes in [
        (0, HoursKind.DROP_IN, time(8, 30), time(12)),
        (0, HoursKind.PHONE, time(13), time(15)),
        (4, HoursKind.DROP_IN, time(9), time(16)),
    ]:
        OpeningHours.objects.create(
            centre=centre, weekday=weekday, kind=kind, opens=opens, closes=closes
        )
    return centre


def test_week_and_exceptions_stand_as_clocks_and_dates(centre):
    OpeningException.objects.create(
        centre=centre,
        first_date=date(2026, 12, 21),
        last_date=date(2026, 12, 23),
        opens=time(10),
        closes=time(11, 30),
        kind=HoursKind.PHONE,
        reason_nb="Jul",
        reason_nn="Jol",
    )

    data = hours_data(centre, today=DECEMBER)

    assert data == {
        "time_zone": "Europe/Oslo",
        "is_known": True,
        "week": [
            {"weekday": "mon", "kind": "drop_in", "opens": "08:30", "closes": "12:00"},
            {"weekday": "mon", "kind": "phone", "opens": "13:00", "closes": "15:00"},
            {"weekday": "fri", "kind": "drop_in", "opens": "09:00", "closes": "16:00"},
        ],
        "exceptions": [
            {
                "first_date": "2026-12-21",
                "last_date": "2026-12-23",
                "spans": [{"kind": "phone", "opens": "10:00", "closes": "11:30"}],
                "reason": {"nb": "Jul", "nn": "Jol", "en": "Jul"},
            },
            {
                "first_date": "2026-12-25",
                "last_date": "2026-12-25",
                "spans": [],
                "reason": {
                    "nb": "første juledag",
                    "nn": "første juledag",
                    "en": "Christmas Day",
                },
            },
            {
                "first_date": "2027-01-01",
                "last_date": "2027-01-01",
                "spans": [],
                "reason": {
                    "nb": "første nyttårsdag",
                    "nn": "første nyttårsdag",
                    "en": "New Year's Day",
                },
            },
        ],
    }


def test_centre_without_hours_is_not_said_to_be_closed():
    data = hours_data(recipes.centre(), today=DECEMBER)

    assert (data["is_known"], data["week"], data["exceptions"]) == (False, [], [])


def test_data_of_an_annotated_centre_take_no_query(centre, django_assert_num_queries):
    found = with_timetables(Centre.objects.all()).get()

    with django_assert_num_queries(0):
        hours_data(found, today=DECEMBER)
