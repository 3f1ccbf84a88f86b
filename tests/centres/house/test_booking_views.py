"""The list of bookings opens on what is to come, and what has been is beside it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from centres.models import Booking
from centres.states import Role
from tests import recipes

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("view", "shown"), [("coming", [1, 2]), ("past", [-1, -2])])
def test_bookings_are_listed_from_now_on_and_back_from_now(
    client: Client, view: str, shown: list[int]
) -> None:
    centre = recipes.centre()
    client.force_login(recipes.staff(Role.COORDINATOR, centre))
    venue, now = recipes.venue(centre), timezone.now()
    made = {}
    for days in (2, -2, -1, 1):
        start = now + timedelta(days=days)
        made[days] = Booking.objects.create(venue=venue, span=(start, start + timedelta(hours=1)))

    page = client.get(reverse("admin:centres_booking_changelist"), {"view": view})

    assert list(page.context["cl"].result_list) == [made[days] for days in shown]
