"""The lists of the admin ask the database as often for one row as for three."""

from datetime import date

import pytest
from django.urls import reverse

from centres.models import StaffRole
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
