"""The acts on a group's page for a contact who rings, and for choosing another."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import travel

from groups.lists.groups import NOT_SAID_IF_USED, ON_BREAK, WITHOUT_CONTACT
from groups.models import FollowUp, SelfHelpGroup
from groups.states import GroupActivity, GroupState
from linkcenter.models import Message
from tests.groups.meeting_group import NOW, TODAY, running_group

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def group(centre):
    return running_group(centre)


@pytest.fixture
def desk(client: Client, staff) -> Client:
    client.force_login(staff)
    return client


def press(desk: Client, act: str, group: SelfHelpGroup, **data: Any) -> Any:
    address = reverse(f"admin:groups_selfhelpgroup_{act}", args=[group.pk])
    response = desk.post(address, data, follow=True)
    group.refresh_from_db()
    return response


def test_group_is_handed_over_to_the_contact_that_is_chosen(desk, started):
    seat = started.seats.members().last()

    assert press(desk, "hand_over", started).context["filled_in"] == "hand_over"
    press(desk, "hand_over", started, seat=seat.pk)

    assert (started.state, started.contact) == (GroupState.SELF_RUN, seat)


def test_another_contact_and_a_new_link(desk, group):
    _first, second, _third = group.seats.order_by("pk")

    press(desk, "contact", group, seat=second.pk)
    press(desk, "contact_link", group)

    assert group.contact == second
    assert Message.objects.untold().filter(kind="contact_link").count() == 1


def test_contact_who_rings_gets_what_the_page_gives(desk, group, staff):
    press(desk, "in_use", group)
    press(desk, "heads", group, heads="4")
    press(desk, "trouble", group, about="room")
    press(desk, "break", group, from_date="2026-12-01", until="2026-12-15")
    assert (group.still_used_on, group.unnamed_members) == (TODAY, 1)
    assert (str(group.paused_until), FollowUp.objects.get(what="ring").about) == (
        "2026-12-15",
        "room",
    )

    press(desk, "break_off", group)

    told = group.activities.order_by("pk").values_list("what", "actor")
    assert group.paused_until is None
    assert list(told) == [
        (GroupActivity.STILL_YES, staff.pk),
        (GroupActivity.CHANGED, staff.pk),
        (GroupActivity.TROUBLE, staff.pk),
        (GroupActivity.PAUSED, staff.pk),
        (GroupActivity.PAUSE_ENDED, staff.pk),
    ]


def test_what_is_refused_stands_on_the_form_with_what_was_typed(desk, group):
    shown = press(desk, "heads", group, heads="9")

    assert shown.context["filled_in"] == "heads"
    assert 'value="9"' in shown.content.decode()


def test_address_for_somebody_who_is_not_on_the_list_stands_on_the_page(desk, group):
    SelfHelpGroup.objects.update(contact=None)

    shown = press(desk, "take_over", group)

    assert shown.context["passed_on_address"] in shown.content.decode()


def test_lists_of_groups_that_need_somebody(group):
    rows = SelfHelpGroup.objects.all()

    def listed(view):
        return list(view.rows(rows, TODAY)) == [group]

    assert [listed(view) for view in (WITHOUT_CONTACT, NOT_SAID_IF_USED, ON_BREAK)] == [False] * 3
    rows.update(contact=None)
    assert listed(WITHOUT_CONTACT)
    rows.update(paused_from=TODAY, paused_until=TODAY.replace(day=29))
    assert listed(ON_BREAK)
    rows.update(still_asked_on=TODAY.replace(day=1))
    assert listed(NOT_SAID_IF_USED)
