from datetime import date, time

import pytest
from django.urls import reverse

from centres.domain.booking import take_slot
from centres.models import Booking, StaffRole
from centres.states import Role
from linkcenter.models import User
from tests import recipes
from tests.centres.rows import rows_of

pytestmark = pytest.mark.django_db

TUESDAY = date(2026, 11, 24)


@pytest.fixture
def tromso():
    return recipes.centre("tromso")


@pytest.fixture
def coordinator(client, tromso):
    client.force_login(recipes.staff(Role.COORDINATOR, tromso))
    return client


@pytest.fixture
def administrator(client):
    client.force_login(recipes.staff(Role.ADMINISTRATOR))
    return client


def test_staff_write_down_how_many_came(coordinator, tromso):
    slot = take_slot(recipes.venue(tromso), weekday=1, starts=time(18), first_date=TUESDAY, weeks=1)
    booking = slot.bookings.get()

    coordinator.post(
        reverse("admin:centres_booking_change", args=[booking.pk]),
        {"held": "true", "head_count": 5},
    )

    assert Booking.objects.values_list("held", "head_count").get() == (True, 5)


def test_page_of_a_centre_warns_of_what_is_not_confirmed(coordinator, tromso):
    type(tromso).objects.update(doubts="Postnummeret 9236 står ikke i noe register.")

    html = coordinator.get(reverse("admin:centres_centre_change", args=[tromso.pk])).content

    assert "Postnummeret 9236 står ikke i noe register." in html.decode()


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("model", "queries"),
    [("centre", 8), ("venue", 8), ("slot", 9), ("booking", 9), ("event", 8), ("article", 8)],
)
def test_list_takes_the_same_queries_however_many_rows(
    coordinator, tromso, django_assert_num_queries, model, queries, rows
):
    coordinator.get(reverse(f"admin:centres_{model}_changelist"))
    for each in range(rows):
        centre = recipes.centre(f"senter-{each}")
        StaffRole.objects.create(user=User.objects.get(), role=Role.LEAD, centre=centre)
        rows_of(centre, f"rad-{each}")

    with django_assert_num_queries(queries):
        coordinator.get(reverse(f"admin:centres_{model}_changelist"))
