"""What holds for any hours at any moment, summer time or not."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from centres.domain.hours.opening import opening_status
from centres.domain.hours.public_holidays import public_holiday
from centres.models import Centre
from centres.states import CentreStatus

MOMENTS = st.datetimes(
    min_value=datetime(2026, 1, 1),  # noqa: DTZ001  # hypothesis adds the zone
    max_value=datetime(2028, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
QUARTERS = st.integers(min_value=5 * 4, max_value=23 * 4)  # no centre opens while clocks change


@st.composite
def hours(draw):
    """Up to two spans on each of some weekdays."""
    rows = []
    for weekday in draw(st.sets(st.integers(0, 6), min_size=1)):
        edges = sorted(draw(st.sets(QUARTERS, min_size=2, max_size=4)))
        for opens, closes in zip(edges[::2], edges[1::2], strict=False):
            rows.append(
                {
                    "weekday": weekday,
                    "opens": time(opens // 4, opens % 4 * 15).isoformat(),
                    "closes": time(closes // 4, closes % 4 * 15).isoformat(),
                    "kind": "drop_in",
                }
            )
    return rows


def centre(rows):
    found: Any = Centre(status=CentreStatus.OPEN)
    found.hours_rows, found.exception_rows = rows, []
    return found


@given(rows=hours(), moment=MOMENTS)
def test_centre_is_open_exactly_within_its_spans(rows, moment):
    local = timezone.localtime(moment)
    within = any(
        row["weekday"] == local.weekday()
        and time.fromisoformat(row["opens"]) <= local.time() < time.fromisoformat(row["closes"])
        for row in rows
    )

    status = opening_status(centre(rows), moment)

    assert status.is_open == (within and public_holiday(local.date()) is None)


@given(rows=hours(), moment=MOMENTS)
def test_what_is_said_about_the_next_change_comes_true(rows, moment):
    link = centre(rows)
    status = opening_status(link, moment)
    change = status.until or status.next_opens

    assert change is not None
    assert change > moment
    just_before = max(moment, change - timedelta(microseconds=1))
    assert opening_status(link, just_before).is_open == status.is_open
    assert opening_status(link, change).is_open != status.is_open
