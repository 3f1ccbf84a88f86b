"""The page where staff look at two registrations side by side, and make them one."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from centres.models import Centre
from centres.states import Role
from groups.models import Seat
from participants.domain.person.own_data import own_data
from participants.models import ReadLog, Registration, TwoPeople
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


def test_two_people_are_asked_about_once(desk: Client, centre: Centre) -> None:
    first, second, third = (registered(centre) for _each in range(3))
    own_page = reverse("admin:participants_registration_change", args=[first.pk])

    answer = desk.post(page(first, second), {"two": "1"}, follow=True)
    again = desk.post(page(second, first), {"two": "1"}, follow=True)

    assert answer.redirect_chain[-1][0] == own_page
    assert again.status_code == 200
    assert TwoPeople.objects.count() == 1
    like_first = {each: each.are_two for each in desk.get(own_page).context["look_alikes"]}
    assert like_first == {second: True, third: False}
    assert desk.get(page(first, second)).context["are_two"]


def test_list_shows_who_is_like_somebody_that_nobody_has_told_apart(
    desk: Client, centre: Centre
) -> None:
    first, second, third = (registered(centre) for _each in range(3))

    desk.post(page(first, second), {"two": "1"})
    both_like_the_third = set(Registration.objects.all().perhaps_twice())
    desk.post(page(third, first), {"two": "1"})
    without_the_first = set(Registration.objects.all().perhaps_twice())
    desk.post(page(second, third), {"two": "1"})

    assert both_like_the_third == {first, second, third}
    assert without_the_first == {second, third}
    assert set(Registration.objects.all().perhaps_twice()) == set()


def test_nobody_reads_of_the_other_in_what_is_stored_of_them(desk: Client, centre: Centre) -> None:
    first, second = registered(centre), registered(centre)

    desk.post(page(first, second), {"two": "1"})

    assert not first.activities.exists()
    assert "participants.twopeople" not in {each.kind for each in own_data(first.participant)}


def test_two_that_are_not_alike_are_not_told_apart(desk: Client, centre: Centre) -> None:
    first, second = registered(centre), registered(centre, phone="+4747654321")

    assert desk.post(page(first, second), {"two": "1"}).status_code == 404
    assert not TwoPeople.objects.exists()


def test_they_can_be_made_one_all_the_same(desk: Client, centre: Centre) -> None:
    first, second = registered(centre), registered(centre)
    desk.post(page(first, second), {"two": "1"})
    shown = desk.get(page(first, second))

    desk.post(page(first, second), chosen(shown))

    assert Registration.objects.filter(merged_into__isnull=False).count() == 1
