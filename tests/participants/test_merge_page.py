"""The page where staff look at two registrations side by side, and make them one."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from centres.models import Centre
from centres.states import Role
from groups.models import Seat
from participants.models import ReadLog, Registration
from tests import recipes

pytestmark = pytest.mark.django_db

PHONE = "+4741234567"


@pytest.fixture
def centre() -> Centre:
    recipes.consent_texts()
    return recipes.centre()


@pytest.fixture
def desk(client: Client, centre: Centre) -> Client:
    client.force_login(recipes.staff(Role.COORDINATOR, centre))
    return client


def registered(centre: Centre, **person: Any) -> Registration:
    return recipes.waiting(centre, {"phone": PHONE} | person)


def page(first: Registration, second: Registration) -> str:
    return reverse("admin:participants_registration_twice", args=[first.pk, second.pk])


def chosen(shown: Any, **changes: Any) -> dict[str, Any]:
    form = shown.context["form"]
    before = {name: form[name].value() for name in form.fields}
    return before | {"as_seen": shown.context["as_seen"]} | changes


def test_what_differs_can_be_chosen_and_only_that(desk: Client, centre: Centre) -> None:
    first = registered(centre, name="Kari", email=None)
    second = registered(centre, name="Kari Ås", email="kari@example.org")

    form = desk.get(page(first, second)).context["form"]

    assert list(form.fields) == ["goes_on", "name", "email"]
    assert form["email"].value() == str(second.pk)  # the only one that there is


def test_both_are_written_down_as_opened(desk: Client, centre: Centre) -> None:
    first, second = registered(centre), registered(centre)

    desk.get(page(first, second))

    opened = set(ReadLog.objects.values_list("participant", flat=True))
    assert opened == {first.participant_id, second.participant_id}


def test_the_one_that_is_chosen_goes_on_with_what_is_chosen(desk: Client, centre: Centre) -> None:
    first = registered(centre, name="Kari", email=None)
    second = registered(centre, name="Kari Ås", email="kari@example.org")
    shown = desk.get(page(first, second))

    desk.post(page(first, second), chosen(shown, goes_on=first.pk, name=second.pk))

    first.refresh_from_db()
    second.refresh_from_db()
    person = first.participant
    person.refresh_from_db()
    assert (second.close_reason, second.merged_into) == ("duplicate", first)
    assert (person.name, person.email) == ("Kari Ås", "kari@example.org")


def test_who_has_a_place_is_the_one_to_go_on(desk: Client, centre: Centre) -> None:
    first, second = registered(centre), registered(centre)
    Seat.objects.create(group=recipes.group(centre), registration=second)

    shown = desk.get(page(first, second))

    assert shown.context["form"]["goes_on"].value() == str(second.pk)


def test_what_has_changed_meanwhile_is_told_first(desk: Client, centre: Centre) -> None:
    first, second = registered(centre), registered(centre)
    shown = desk.get(page(first, second))
    Registration.objects.filter(pk=second.pk).update(message="Ring meg")

    refused = desk.post(page(first, second), chosen(shown))

    assert Registration.objects.open().count() == 2
    assert "Ring meg" in refused.context["form"].non_field_errors()[0]


def test_two_with_nothing_in_common_have_no_such_page(desk: Client, centre: Centre) -> None:
    first, second = registered(centre), registered(centre, phone="+4799999999")

    assert desk.get(page(first, second)).status_code == 404


def test_a_colleagues_case_is_asked_about_before_both_are_shown(
    desk: Client, centre: Centre
) -> None:
    first, second = registered(centre, name="Kari"), registered(centre, name="Synnøve")
    second.responsible = recipes.staff(Role.COORDINATOR, centre)
    second.save(update_fields=["responsible"])

    asked = desk.get(page(first, second))
    assert "Synnøve" not in asked.content.decode()
    assert not ReadLog.objects.exists()

    why = reverse("admin:participants_registration_why", args=[second.pk])
    answer = {"reason": "together", "way_on": asked.context["way_on"]}
    shown = desk.post(why, answer, follow=True)

    assert shown.request["PATH_INFO"] == page(second, first)
    assert "Synnøve" in shown.content.decode()
    assert ReadLog.objects.filter(participant=second.participant).exclude(reason="").exists()
