"""Who opens the staff's pages of events."""

import pytest

from centres.states import Role
from tests import recipes


@pytest.fixture
def tromso():
    return recipes.centre("tromso")


@pytest.fixture
def staff(client, tromso):
    client.force_login(recipes.staff(Role.COORDINATOR, tromso))
    return client


@pytest.fixture
def administrator(client):
    client.force_login(recipes.staff(Role.ADMINISTRATOR))
    return client
