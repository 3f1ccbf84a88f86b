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
PASSWORD = "solskinn-over-fjorden"


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


def test_administrator_adds_an_account_with_a_role_that_can_log_in(administrator, client, tromso):
    administrator.post(
        reverse("admin:linkcenter_user_add"),
        {
            "email": "Ny@Example.org",
            "name": "Ny Ansatt",
            "password1": PASSWORD,
            "password2": PASSWORD,
            "staff_roles-TOTAL_FORMS": 1,
            "staff_roles-INITIAL_FORMS": 0,
            "staff_roles-0-role": Role.COORDINATOR,
            "staff_roles-0-centre": tromso.pk,
        },
    )

    assert StaffRole.objects.get(user__name="Ny Ansatt").centre == tromso
    assert client.login(username="ny@example.org", password=PASSWORD)


def test_account_with_a_short_password_is_refused(administrator):
    response = administrator.post(
        reverse("admin:linkcenter_user_add"),
        {
            "email": "ny@example.org",
            "name": "Ny",
            "password1": "kort",
            "password2": "kort",
            "staff_roles-TOTAL_FORMS": 0,
            "staff_roles-INITIAL_FORMS": 0,
        },
    )

    assert response.context["adminform"].form.errors.keys() == {"password2"}


def test_administrator_sets_a_new_password(administrator):
    colleague = recipes.staff(Role.STATISTICS)

    administrator.post(
        reverse("admin:auth_user_password_change", args=[colleague.pk]),
        {"password1": PASSWORD, "password2": PASSWORD},
    )

    assert User.objects.get(pk=colleague.pk).check_password(PASSWORD)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("model", "queries"),
    [("centre", 5), ("venue", 6), ("slot", 6), ("booking", 6), ("event", 6), ("article", 6)],
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
