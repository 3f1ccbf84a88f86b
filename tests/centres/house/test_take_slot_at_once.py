from datetime import UTC, date, datetime, time

import pytest
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from centres.domain.booking.weekly_times import VenueTaken, take_slot
from centres.models import Booking, Venue
from tests import recipes
from tests.database import InBackground, is_waiting

pytestmark = pytest.mark.django_db(transaction=True)


def test_second_booking_waits_for_the_first_and_is_refused():
    room = recipes.venue(recipes.centre())
    background = InBackground()
    weekly = {"weekday": 1, "starts": time(18), "first_date": date(2026, 11, 24), "weeks": 2}

    with transaction.atomic():
        Venue.objects.select_for_update().get(pk=room.pk)
        second = background.start(take_slot, room, **weekly)
        waited = is_waiting(second)
        Booking.objects.create(
            venue=room,
            span=DateTimeTZRange(
                datetime(2026, 12, 1, 17, tzinfo=UTC), datetime(2026, 12, 1, 18, tzinfo=UTC)
            ),
        )

    background.stop()
    assert waited
    with pytest.raises(VenueTaken) as refused:
        second.result()
    assert refused.value.dates == [date(2026, 12, 1)]
    assert not room.slots.exists()
