import pytest
from django.test import Client
from django.urls import reverse

from centres.states import Role
from groups.models import Initiator
from tests import recipes

pytestmark = pytest.mark.django_db


@pytest.fixture
def initiator() -> Initiator:
    """Somebody who helps one group now, and has agreed to two."""
    centre = recipes.centre()
    initiator = recipes.initiator(centre, max_groups=2)
    recipes.group(centre).initiators.add(initiator)
    return initiator


def save(initiator: Initiator, **typed: object):
    client = Client()
    client.force_login(recipes.staff(Role.COORDINATOR, initiator.centre))
    return client.post(
        reverse("admin:groups_initiator_change", args=[initiator.pk]),
        {
            "centre": initiator.centre_id,
            "name": initiator.name,
            "email": initiator.email,
            "languages": ["no"],
            "max_groups": initiator.max_groups,
            "language": "nb",
            "active": "on",
            **typed,
        },
    )


def test_fewer_groups_than_they_have_now_is_refused_with_a_sentence(initiator: Initiator):
    response = save(initiator, max_groups=0)

    initiator.refresh_from_db()
    assert response.status_code == 200
    assert response.context["adminform"].form.errors["max_groups"]
    assert initiator.max_groups == 2


def test_as_many_groups_as_they_have_now_is_saved(initiator: Initiator):
    response = save(initiator, max_groups=1)

    initiator.refresh_from_db()
    assert response.status_code == 302
    assert initiator.max_groups == 1


def test_initiator_without_any_way_to_be_reached_is_refused(initiator: Initiator):
    response = save(initiator, email="")

    assert response.status_code == 200
    assert response.context["adminform"].form.errors["phone"]
