"""Filters that somebody keeps under a name, alone or with the centre; nothing private in them."""

import pytest
from django.test import Client
from django.urls import reverse

from centres.models import Centre, SavedView
from centres.states import Role
from linkcenter.models import User
from tests import recipes

pytestmark = pytest.mark.django_db

EVENTS = "/admin/centres/event/"
KEEP = {"list": "centres.event", "name": "Kafeer", "query": "kind__exact=cafe&o=1&p=3&q=Kari"}


@pytest.fixture
def centre() -> Centre:
    return recipes.centre()


@pytest.fixture
def owner(client: Client, centre: Centre) -> User:
    user = recipes.staff(Role.COORDINATOR, centre)
    client.force_login(user)
    return user


def as_another(client: Client, role: Role, centre: Centre) -> User:
    user = recipes.staff(role, centre)
    client.force_login(user)
    return user


def test_filters_are_kept_without_page_and_search(
    client: Client, owner: User, centre: Centre
) -> None:
    client.post(reverse("admin:keep_view"), KEEP)

    view = SavedView.objects.get(owner=owner, list="centres.event", name="Kafeer")
    assert view.query == "kind__exact=cafe&o=1"
    assert "Kafeer" in client.get(EVENTS).content.decode()
    answer = client.get(reverse("admin:saved_view", args=[view.pk]))
    assert answer.headers["Location"] == f"{EVENTS}?kind__exact=cafe&o=1"


def test_same_name_again_replaces_the_filters(client: Client, owner: User) -> None:
    client.post(reverse("admin:keep_view"), KEEP)
    client.post(reverse("admin:keep_view"), {**KEEP, "query": "kind__exact=info"})

    assert list(owner.saved_views.values_list("query", flat=True)) == ["kind__exact=info"]


@pytest.mark.parametrize(
    "changed",
    [
        {"query": "centre__slug=x"},  # no filter of the list
        {"query": "q=Kari"},
        {"query": ""},
        {"name": " "},
        {"name": "x" * 41},
        {"centre": "999999"},
    ],
)
def test_what_cannot_be_kept_is_said(client: Client, owner: User, changed: dict[str, str]) -> None:
    page = client.post(reverse("admin:keep_view"), {**KEEP, **changed}, follow=True)

    assert not SavedView.objects.exists()
    assert [message.level_tag for message in page.context["messages"]] == ["error"]


@pytest.mark.parametrize("label", ["", "x", "centres.nothing", "auth.group", "participants.theme"])
def test_list_that_is_not_there_for_the_reader_is_missing(
    client: Client, owner: User, label: str
) -> None:
    assert client.post(reverse("admin:keep_view"), {**KEEP, "list": label}).status_code == 404


def test_shared_filters_are_there_for_colleagues_only(
    client: Client, owner: User, centre: Centre
) -> None:
    client.post(reverse("admin:keep_view"), {**KEEP, "centre": f"{centre.pk}"})
    view = SavedView.objects.get()
    address = reverse("admin:saved_view", args=[view.pk])

    as_another(client, Role.COORDINATOR, centre)
    assert client.get(address).status_code == 302
    assert client.post(reverse("admin:drop_view", args=[view.pk])).status_code == 404

    as_another(client, Role.LEAD, recipes.centre())
    assert client.get(address).status_code == 404
    assert "Kafeer" not in client.get(EVENTS).content.decode()

    as_another(client, Role.LEAD, centre)
    client.post(reverse("admin:drop_view", args=[view.pk]))
    assert not SavedView.objects.exists()


def test_own_filters_are_nobody_elses(client: Client, owner: User, centre: Centre) -> None:
    client.post(reverse("admin:keep_view"), KEEP)
    view = SavedView.objects.get()

    as_another(client, Role.LEAD, centre)

    assert client.get(reverse("admin:saved_view", args=[view.pk])).status_code == 404
    assert client.post(reverse("admin:drop_view", args=[view.pk])).status_code == 404
    assert "Kafeer" not in client.get(EVENTS).content.decode()


def test_filters_are_shared_with_own_centres_only(client: Client, owner: User) -> None:
    client.post(reverse("admin:keep_view"), {**KEEP, "centre": f"{recipes.centre().pk}"})

    assert not SavedView.objects.exists()
