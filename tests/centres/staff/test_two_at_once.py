"""Two at one key, or at one enquiry: who presses second is told first what is new."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from centres.models import Centre, Enquiry, Key
from centres.states import Role
from tests import recipes

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre() -> Centre:
    return recipes.centre()


@pytest.fixture
def staff(client: Client, centre: Centre) -> Client:
    client.force_login(recipes.staff(Role.COORDINATOR, centre))
    return client


def seen(client: Client, row: Any) -> dict[str, str]:
    page = reverse(f"admin:centres_{row._meta.model_name}_change", args=[row.pk])
    return {"as_seen": client.get(page).context["as_seen"]}


def press(client: Client, act: str, row: Any, **data: Any) -> Any:
    address = reverse(f"admin:centres_{row._meta.model_name}_{act}", args=[row.pk])
    return client.post(address, data, follow=True)


def test_key_that_somebody_else_has_lent_again_is_not_back(staff: Client, centre: Centre) -> None:
    today = timezone.localdate()
    key = recipes.key(recipes.venue(centre), holder="Kari", since=today)
    page = seen(staff, key)
    Key.objects.filter(pk=key.pk).update(holder="Ola")

    told = press(staff, "back", key, **page)
    key.refresh_from_db()
    holder = key.holder
    press(staff, "back", key, **seen(staff, key))

    key.refresh_from_db()
    assert (holder, key.holder) == ("Ola", None)
    assert "Ola" in str([str(message) for message in told.context["messages"]])


def test_what_was_typed_is_kept_when_the_key_has_just_gone_out(
    staff: Client, centre: Centre
) -> None:
    key = recipes.key(recipes.venue(centre))
    Key.objects.filter(pk=key.pk).update(holder="Ola", since=date(2026, 1, 5))

    refused = press(staff, "lend", key, holder="Kari", phone="412 34 567")

    assert refused.context["form"]["holder"].value() == "Kari"
    assert b'value="Kari"' in refused.content


@pytest.mark.parametrize("act", ["done", "forget"])
def test_enquiry_that_is_another_by_now_waits(staff: Client, centre: Centre, act: str) -> None:
    enquiry = recipes.enquiry(centre, text="Hei")
    page = seen(staff, enquiry)
    Enquiry.objects.filter(pk=enquiry.pk).update(text="Hei igjen")

    press(staff, act, enquiry, **page)

    enquiry.refresh_from_db()
    assert (enquiry.handled_at, enquiry.forgotten_at) == (None, None)


def test_made_up_seal_tells_nothing_of_another_centre(staff: Client) -> None:
    key = recipes.key(recipes.venue(recipes.centre()), holder="Kanari", since=date(2026, 1, 5))

    answer = press(staff, "back", key, as_seen="made:up")

    assert answer.status_code == 404
    assert b"Kanari" not in answer.content
