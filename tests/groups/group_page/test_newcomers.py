"""What staff do about newcomers, and about a group that begins again."""

import pytest
from django.urls import reverse
from django.utils import timezone

from centres.states import Role
from groups.domain.asking import answering, asking
from groups.domain.forming import members
from groups.domain.forming.match_runs import propose
from groups.domain.lifecycle import beginning_again
from groups.models import SelfHelpGroup
from groups.states import GroupState, Newcomers, SeatState
from tests import recipes

PAGE = "admin:groups_selfhelpgroup_change"


@pytest.fixture
def group(centre):
    """A group of three with a contact, which runs itself and takes nobody in."""
    group = recipes.group(centre, min_size=3, max_size=5)
    now = timezone.now()
    for _place in range(3):
        recipes.seat(
            group, state=SeatState.YES, asked_at=now, answer_by=now.date(), answered_at=now
        )
    SelfHelpGroup.objects.filter(pk=group.pk).update(
        state=GroupState.SELF_RUN,
        started_on=group.first_date,
        handed_over_on=now.date(),
        contact=group.seats.first(),
    )
    group.refresh_from_db()
    return group


@pytest.fixture
def desk(client, staff):
    client.force_login(staff)
    return client


def act(desk, group, what, *, seat=None, **posted):
    args = [group.pk, seat.pk] if seat else [group.pk]
    address = reverse(f"admin:groups_selfhelpgroup_{what}", args=args)
    return desk.post(address, posted, follow=True)


def test_staff_open_a_group_and_offer_a_place_until_the_group_says_yes(desk, group):
    one = recipes.waiting(group.centre, {"name": "Kari"})
    act(desk, group, "newcomers", newcomers=Newcomers.YES)
    act(desk, group, "add_person", registration=one.pk)
    act(desk, group, "ask")
    seat = group.seats.get(registration=one)
    act(desk, group, "yes", seat=seat)

    page = act(desk, group, "group_yes", seat=seat)

    seat.refresh_from_db()
    assert seat.is_member
    assert page.status_code == 200


def test_no_of_the_group_is_written_down(desk, group):
    group.newcomers = Newcomers.ASK
    group.save()
    one = recipes.waiting(group.centre)
    members.add_person(group, one, actor=None)
    [seat] = asking.ask(group, actor=None)
    answering.say_yes(seat)

    act(desk, group, "group_no", seat=seat)

    seat.refresh_from_db()
    assert seat.end_reason == "group_no"


def test_page_of_a_group_that_takes_nobody_in_offers_no_place(desk, group):
    recipes.waiting(group.centre)

    body = desk.get(reverse(PAGE, args=[group.pk])).content.decode()

    assert reverse("admin:groups_selfhelpgroup_newcomers", args=[group.pk]) in body
    assert reverse("admin:groups_selfhelpgroup_add_person", args=[group.pk]) not in body


def test_proposals_add_somebody_with_one_button_and_say_what_nobody_can_check(desk, group, centre):
    SelfHelpGroup.objects.filter(pk=group.pk).update(newcomers=Newcomers.YES, unnamed_members=1)
    one = recipes.waiting(centre)
    run = propose([centre], actor=None)

    body = desk.get(reverse("admin:groups_matchrun_change", args=[run.pk])).content.decode()

    assert f'name="registration" value="{one.pk}"' in body
    assert reverse("admin:groups_selfhelpgroup_add_person", args=[group.pk]) in body
    act(desk, group, "add_person", registration=one.pk)
    assert group.seats.get(registration=one).state == SeatState.PROPOSED


def test_staff_make_the_address_and_choose_a_time_for_the_new_group(desk, group, centre):
    recipes.consent_texts()
    page = act(desk, group, "begin_again")
    link = beginning_again.link_of(group, now=timezone.now())
    assert link is not None
    assert "paa-nytt" in page.content.decode()
    new = recipes.group(centre, slot=None, first_date=None, previous_group=None)
    room = recipes.venue(centre)

    act(desk, new, "time", time=f"{room.pk}:wed-evening")

    new.refresh_from_db()
    assert (new.slot.venue, new.slot.week_slot) == (room, "wed-evening")


@pytest.mark.parametrize("what", ["newcomers", "begin_again", "time"])
def test_staff_of_another_centre_find_nothing(client, group, what):
    client.force_login(recipes.staff(Role.COORDINATOR, recipes.centre()))
    address = reverse(f"admin:groups_selfhelpgroup_{what}", args=[group.pk])

    assert client.post(address, {"newcomers": "yes"}).status_code == 404
