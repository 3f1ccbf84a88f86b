"""Every list of the admin asks the database as often for 1,000 rows as for two, in each view."""

import pytest
from django.contrib import admin
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from centres.models import StaffRole
from centres.states import Role
from tests import recipes
from tests.groups.many import many
from tests.groups.one_of_each import ONE

pytestmark = pytest.mark.django_db

MANY = 1_000


def addresses(model: type[Model], client: Client) -> list[str]:
    """The list, and each of its named views."""
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    tabs = client.get(address).context.get("tabs", [])
    return list(dict.fromkeys([address, *(f"{address}{query}" for _title, query, _now in tabs)]))


def asked(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return len(queries)


def test_every_list_has_a_row_to_try_it_with() -> None:
    assert {model.__name__ for model in admin.site._registry} == {each.__name__ for each in ONE}


@pytest.mark.prove
@pytest.mark.parametrize("model", list(ONE), ids=lambda model: model.__name__)
def test_list_asks_as_often_for_a_thousand_rows(client: Client, model: type[Model]) -> None:
    centre = recipes.centre()
    user = recipes.staff(Role.LEAD, centre)
    StaffRole.objects.create(user=user, role=Role.ADMINISTRATOR)
    client.force_login(user)
    row = ONE[model](centre)
    many(row, range(1))  # two, so that somebody is perhaps there twice
    views = addresses(model, client)
    of_two = [asked(client, view) for view in views]

    many(row, range(1, MANY - 1))

    assert model._base_manager.count() >= MANY
    assert dict(zip(views, (asked(client, view) for view in views), strict=True)) == dict(
        zip(views, of_two, strict=True)
    )
