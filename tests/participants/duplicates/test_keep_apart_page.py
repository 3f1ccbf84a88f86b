"""Staff write down two people who must not be in the same group, by their references."""

import pytest
from django.test import Client
from django.urls import reverse

from centres.models import Centre
from centres.states import Role
from participants.models import KeepApart, Participant
from tests import recipes

pytestmark = pytest.mark.django_db

ADD = reverse("admin:participants_keepapart_add")
LIST = reverse("admin:participants_keepapart_changelist")


@pytest.fixture
def centre() -> Centre:
    return recipes.centre()


@pytest.fixture
def desk(client: Client, centre: Centre) -> Client:
    client.force_login(recipes.staff(Role.COORDINATOR, centre))
    return client


def pair(centre: Centre) -> tuple[Participant, Participant]:
    return recipes.participant(centre), recipes.participant(centre)


def errors(desk: Client, first: str, second: str) -> dict[str, list[str]]:
    form = desk.post(ADD, {"first": first, "second": second}).context["adminform"].form
    found: dict[str, list[str]] = form.errors
    return found


def test_pair_is_kept_once_whoever_is_written_first(desk, centre) -> None:
    first, second = pair(centre)

    added = desk.post(ADD, {"first": second.reference, "second": first.reference})
    again = errors(desk, first.reference, second.reference)

    assert added.status_code == 302
    assert again
    assert list(KeepApart.objects.values_list("first", "second")) == [(first.pk, second.pk)]


def test_nobody_is_kept_apart_from_themselves(desk, centre) -> None:
    person = recipes.participant(centre)

    assert list(errors(desk, person.reference, person.reference)) == ["second"]
    assert not KeepApart.objects.exists()


def test_person_of_another_centre_is_as_unknown_as_nobody(desk, centre) -> None:
    own, other = recipes.participant(centre), recipes.participant(recipes.centre())

    theirs = errors(desk, own.reference, other.reference)
    nobodys = errors(desk, own.reference, "X-1")

    assert theirs["second"] == nobodys["second"]
    assert not KeepApart.objects.exists()


def test_pair_is_seen_where_both_are_and_never_changed(desk, centre) -> None:
    own = KeepApart.objects.create(**dict(zip(("first", "second"), pair(centre), strict=True)))
    person = recipes.participant(centre)
    half = KeepApart.objects.create(first=person, second=recipes.participant(recipes.centre()))

    listed = list(desk.get(LIST).context["cl"].queryset)
    changed = desk.post(
        reverse("admin:participants_keepapart_change", args=[own.pk]),
        {"first": person.reference, "second": own.second.reference},
    )
    removed = [
        desk.post(
            reverse("admin:participants_keepapart_delete", args=[row.pk]), {"post": "yes"}
        ).status_code
        for row in (half, own)
    ]

    assert listed == [own]
    assert changed.status_code == 403
    assert removed[0] != 200
    assert removed[1] == 302
    assert list(KeepApart.objects.all()) == [half]
