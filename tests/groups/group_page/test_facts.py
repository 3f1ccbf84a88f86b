"""What a group is can be changed, as far as its state, its place and its people let it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from centres.models import Centre
from centres.states import Role
from groups.domain.errors import WrongMoment
from groups.domain.facts import (
    FactRefused,
    FewerThanLeast,
    NameTells,
    ToldOtherwise,
    TooLarge,
    TooSmall,
    WrongPlace,
    change_facts,
)
from groups.models import SelfHelpGroup
from groups.states import GroupActivity
from participants.models import Theme
from tests import recipes

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre() -> Centre:
    return recipes.centre()


@pytest.fixture
def group(centre: Centre) -> SelfHelpGroup:
    """Four are proposed, in a room for ten."""
    group = recipes.group(centre, min_size=3, max_size=6)
    for _number in range(4):
        recipes.seat(group)
    return group


@pytest.fixture
def staff(client: Client, centre: Centre) -> Client:
    client.force_login(recipes.staff(Role.COORDINATOR, centre))
    return client


def ask(group: SelfHelpGroup) -> None:
    now = timezone.now()
    group.seats.update(state="asked", asked_at=now, answer_by=timezone.localdate(now))


def test_changes_are_saved_and_the_timeline_names_the_fields(group: SelfHelpGroup) -> None:
    facts = {"name": "Tirsdag", "kind": "self_help", "max_size": 8, "language": "no"}

    changed = change_facts(group, facts=facts, actor=None)

    group.refresh_from_db()
    assert sorted(changed) == ["kind", "max_size", "name"]
    assert (group.name, group.kind, group.max_size) == ("Tirsdag", "self_help", 8)
    activity = group.activities.latest_first()[0]
    assert (activity.what, activity.fields) == (
        GroupActivity.CHANGED,
        ["kind", "max_size", "name"],
    )


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"name": "Sorggruppa"}, NameTells),
        ({"format": "digital"}, WrongPlace),
        ({"max_size": 3}, TooSmall),
        ({"max_size": 11}, TooLarge),
        ({"min_size": 7}, FewerThanLeast),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_what_cannot_be_is_refused(
    group: SelfHelpGroup, facts: dict[str, Any], refusal: type[FactRefused]
) -> None:
    Theme.objects.create(slug="sorg", name_nb="Sorg")
    before = SelfHelpGroup.objects.filter(pk=group.pk).values().get()

    with pytest.raises(refusal):
        change_facts(group, facts=facts, actor=None)

    assert SelfHelpGroup.objects.filter(pk=group.pk).values().get() == before


def test_what_people_were_told_changes_only_with_a_tick(group: SelfHelpGroup) -> None:
    ask(group)

    with pytest.raises(ToldOtherwise):
        change_facts(group, facts={"kind": "self_help"}, actor=None)
    change_facts(group, facts={"name": "Onsdag"}, actor=None)
    change_facts(group, facts={"kind": "self_help"}, told=True, actor=None)

    group.refresh_from_db()
    assert (group.name, group.kind) == ("Onsdag", "self_help")


def test_group_that_has_ended_is_what_it_was(group: SelfHelpGroup) -> None:
    today = timezone.localdate()
    group.seats.all().delete()
    SelfHelpGroup.objects.filter(pk=group.pk).update(
        state="ended", slot=None, ended_on=today, end_reason="let_go"
    )

    with pytest.raises(WrongMoment):
        change_facts(group, facts={"name": "Onsdag"}, actor=None)


def typed(group: SelfHelpGroup, **other: Any) -> dict[str, Any]:
    names = ["name", "kind", "role", "gender", "format", "language"]
    facts = {name: getattr(group, name) for name in [*names, "min_size", "max_size", "newcomers"]}
    return facts | {"theme": ""} | other


def test_page_asks_for_the_tick_and_keeps_what_was_typed(
    staff: Client, group: SelfHelpGroup
) -> None:
    ask(group)
    address = reverse("admin:groups_selfhelpgroup_facts", args=[group.pk])

    refused = staff.post(address, typed(group, kind="self_help", name="Onsdag"))
    saved = staff.post(address, typed(group, kind="self_help", name="Onsdag", told="on"))

    form = refused.context["form"]
    assert list(form.errors) == ["told"]
    assert form["name"].value() == "Onsdag"
    assert saved.status_code == 302
    group.refresh_from_db()
    assert (group.name, group.kind) == ("Onsdag", "self_help")


def test_two_on_the_page_of_facts(staff: Client, group: SelfHelpGroup) -> None:
    address = reverse("admin:groups_selfhelpgroup_facts", args=[group.pk])
    seen = {"as_seen": staff.get(address).context["as_seen"]}
    staff.post(address, typed(group, max_size=8) | seen)

    refused = staff.post(address, typed(group, name="Onsdag") | seen)
    name = SelfHelpGroup.objects.get(pk=group.pk).name
    form = refused.context["form"]
    shown = {field: form[field].value() or "" for field in form.fields}
    staff.post(address, shown | {"as_seen": refused.context["as_seen"]})

    assert name == group.name
    assert "8" in form.non_field_errors()[0]
    group.refresh_from_db()
    assert (group.name, group.max_size) == ("Onsdag", 8)


def test_facts_of_another_centre_are_not_there(staff: Client) -> None:
    theirs = recipes.group(recipes.centre())
    address = reverse("admin:groups_selfhelpgroup_facts", args=[theirs.pk])

    assert staff.get(address).status_code == 404
    assert staff.post(address, typed(theirs, name="Onsdag")).status_code == 404
