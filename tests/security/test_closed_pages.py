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
