"""The same status wherever the server stands and whatever zone its database speaks."""

import json
import os
import subprocess
import sys
import time as clock
from datetime import UTC, date, datetime, time

import pytest
from django.conf import settings
from django.db import connection

from centres.domain.hours.opening import opening_status, special_periods, with_timetables
from centres.models import Centre, OpeningException, OpeningHours
from centres.states import HoursKind
from tests import recipes

ZONES = ["Pacific/Auckland", "Pacific/Kiritimati", "America/Los_Angeles", "Asia/Kathmandu", "UTC"]

# In UTC, with what the page has to say then: is it open, until or from when in UTC, why not.
MOMENTS = {
    "2026-11-22T23:30": (True, "2026-11-23T00:00", ""),  # Monday 00.30 in Norway
    "2026-11-22T22:59": (False, "2026-11-22T23:00", ""),
    "2026-11-23T14:59": (True, "2026-11-23T15:00", ""),
    "2026-11-23T15:00": (False, "2026-11-23T23:00", ""),
    "2026-12-31T15:00": (False, "2027-01-03T23:00", ""),  # the year is out; Friday is a holiday
    "2026-12-31T23:30": (False, "2027-01-03T23:00", "New Year's Day"),
    "2027-03-27T23:30": (False, "2027-03-29T22:00", "Easter Sunday"),  # clocks go on that night
    "2026-10-25T00:30": (False, "2026-10-25T23:00", ""),  # 02.30, the first of two
    "2026-10-25T01:30": (False, "2026-10-25T23:00", ""),  # 02.30, the second
    "2027-05-16T21:59": (False, "2027-05-17T22:00", "Whit Sunday"),
    "2027-05-16T22:00": (False, "2027-05-17T22:00", "Constitution Day"),
    "2027-05-17T21:59": (False, "2027-05-17T22:00", "Constitution Day"),
}

PROGRAM = """
import json, sys
import django
django.setup()
from datetime import UTC, datetime
from centres.domain.hours.opening import opening_status
from centres.models import Centre
from django.utils.translation import override
rows = json.loads(sys.argv[1])
centre = Centre(status="open")
centre.hours_rows, centre.exception_rows = rows, []
said = {}
for text in json.loads(sys.argv[2]):
    status = opening_status(centre, datetime.fromisoformat(text).replace(tzinfo=UTC))
    change = (status.until or status.next_opens).astimezone(UTC)
    with override("en"):
        said[text] = [status.is_open, change.strftime("%Y-%m-%dT%H:%M"), str(status.reason)]
print(json.dumps(said))
"""

# Each weekday from 8.30 to 16, and on two of them an hour from midnight as well.
ROWS = [
    {"weekday": weekday, "opens": opens, "closes": closes, "kind": "drop_in"}
    for weekday in range(5)
    for opens, closes in (
        [("00:00", "01:00"), ("08:30", "16:00")] if weekday in (0, 1) else [("08:30", "16:00")]
    )
]


@pytest.mark.parametrize("zone", ZONES)
def test_status_is_that_of_norway_on_a_server_anywhere(zone):
    finished = subprocess.run(  # noqa: S603  our own interpreter
        [sys.executable, "-c", PROGRAM, json.dumps(ROWS), json.dumps(list(MOMENTS))],
        cwd=settings.BASE_DIR,
        env={**os.environ, "TZ": zone, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        check=True,
        text=True,
    )

    said = json.loads(finished.stdout)

    assert {text: tuple(found) for text, found in said.items()} == MOMENTS


@pytest.fixture
def server_in_auckland(monkeypatch):
    """The clock of the process and the session of the database both half a day ahead."""
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    clock.tzset()
    with connection.cursor() as cursor:
        cursor.execute("set time zone 'Pacific/Auckland'")
    yield
    monkeypatch.undo()
    clock.tzset()
    with connection.cursor() as cursor:
        cursor.execute("set time zone 'UTC'")


@pytest.mark.django_db
def test_page_says_norways_day_when_server_and_database_are_in_auckland(
    client, time_machine, server_in_auckland
):
    centre = recipes.centre("tromso")
    OpeningHours.objects.create(centre=centre, weekday=0, opens=time(8, 30), closes=time(16))
    time_machine.move_to(datetime(2026, 11, 23, 14, 30, tzinfo=UTC), tick=False)  # Tuesday there

    html = client.get("/en/sentre/tromso/").content.decode()

    assert "Open now, until 16.00" in html
    assert '<tr class="link-hours__now"><th scope="row">Monday</th>' in html


@pytest.mark.django_db
def test_exception_ends_with_norways_day_when_the_database_is_in_auckland(server_in_auckland):
    centre = recipes.centre("tromso")
    OpeningHours.objects.create(centre=centre, weekday=1, opens=time(0), closes=time(1))
    OpeningException.objects.create(
        centre=centre,
        first_date=date(2026, 11, 23),
        last_date=date(2026, 11, 23),
        opens=time(23),
        closes=time(23, 59),
        kind=HoursKind.DROP_IN,
    )
    late, soon = (
        datetime(2026, 11, 23, hour, minute, tzinfo=UTC) for hour, minute in ((22, 58), (23, 0))
    )

    found = with_timetables(Centre.objects.all()).get()

    assert [opening_status(found, moment).until for moment in (late, soon)] == [
        datetime(2026, 11, 23, 22, 59, tzinfo=UTC),
        datetime(2026, 11, 24, 0, 0, tzinfo=UTC),
    ]
    days = [(each.first, each.last) for each in special_periods(found, today=date(2026, 11, 23))]
    assert days == [(date(2026, 11, 23), date(2026, 11, 23))]
