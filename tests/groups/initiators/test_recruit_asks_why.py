"""Putting somebody on the list of those who would help opens their case: asked as always."""

import pytest
from django.test import Client
from django.urls import reverse

from centres.states import Role
from participants.models import ReadLog
from tests import recipes

pytestmark = pytest.mark.django_db


def test_a_colleagues_case_is_asked_about_first(client: Client) -> None:
    centre = recipes.centre()
    registration = recipes.waiting(centre)
    registration.responsible = recipes.staff(Role.COORDINATOR, centre)
    registration.save(update_fields=["responsible"])
    client.force_login(recipes.staff(Role.COORDINATOR, centre))

    page = reverse("admin:groups_initiator_person", args=[registration.pk])
    answer = client.get(page, follow=True)

    assert "Hvorfor åpner du saken?" in answer.content.decode()
    assert not ReadLog.objects.exists()
