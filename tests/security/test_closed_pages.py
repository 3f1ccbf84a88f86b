"""Pages beside the lists are closed to whom the lists are closed to."""

import pytest
from django.urls import reverse

from centres.states import Role
from tests import recipes

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["letters", "calls", "texts", "write"])
def test_administrator_opens_no_page_about_messages(client, page):
    client.force_login(recipes.staff(Role.ADMINISTRATOR))

    assert client.get(reverse(f"admin:linkcenter_message_{page}")).status_code == 403


def test_coordinator_does_not_say_that_the_log_is_looked_through(client):
    client.force_login(recipes.staff(Role.COORDINATOR, recipes.centre()))

    assert client.post(reverse("admin:participants_readlog_look")).status_code == 403


@pytest.mark.parametrize("page", ["change", "delete"])
@pytest.mark.parametrize("column", ["", "name"])
def test_row_is_not_found_by_another_column(client, page, column):
    centre = recipes.centre()
    client.force_login(recipes.staff(Role.LEAD, centre))
    address = reverse(f"admin:centres_venue_{page}", args=[recipes.venue(centre).pk])

    assert client.get(address).status_code == 200
    assert client.get(address, {"_to_field": column}).status_code == 400
