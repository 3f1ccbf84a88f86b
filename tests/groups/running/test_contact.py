"""Who is the contact of a group: chosen among the members, changed, and gone."""

from datetime import date, timedelta

import pytest

from groups.domain.errors import NoContact, NotAMember, WrongMoment
from groups.domain.lifecycle.handing_over import hand_over
from groups.domain.running.contact import (
    choose_contact,
    group_of_contact,
    page_token,
    send_page_link,
)
from groups.models import Seat
from groups.states import GroupActivity, GroupState
from linkcenter.models import Message, MessageState
from linkcenter.tokens import token_for
from participants.domain.erasure import erase
from participants.domain.person.links import find_link
from participants.states import LinkPurpose
from tests import recipes
from tests.groups.meeting_group import NOW, TODAY, running_group


@pytest.fixture
def group(centre):
    return running_group(centre)


def kinds(seat):
    return list(
        seat.registration.participant.messages.exclude(state=MessageState.CANCELLED)
        .order_by("pk")
        .values_list("kind", flat=True)
    )


def test_chosen_contact_gets_a_link_that_opens_the_page_of_the_group(centre, staff):
    group = running_group(centre, contact=None, members=2)
    group.contact = None
    group.save()
    seat = group.seats.first()

    choose_contact(group, seat, actor=staff, now=NOW)

    message = Message.objects.get(kind="contact")
    link = find_link(token_for(message.link_seed), LinkPurpose.GROUP, now=NOW)
    assert message.recipient == seat.registration.participant
    assert link is not None
    assert link.expires_at == NOW + timedelta(days=365)
    assert group_of_contact(link.participant) == group
    assert group.activities.latest_first().first().what == GroupActivity.CONTACT_CHANGED


def test_only_a_member_of_a_settled_group_can_be_the_contact(group, forming, staff):
    with pytest.raises(NotAMember):
        choose_contact(group, recipes.seat(group), actor=staff, now=NOW)
    with pytest.raises(WrongMoment):
        choose_contact(forming, forming.seats.first(), actor=staff, now=NOW)


def test_whoever_was_the_contact_is_told_loses_the_page_and_is_forgotten_in_time(group, staff):
    first, second, _third = group.seats.order_by("pk")
    token = page_token(first.registration.participant, now=NOW)

    choose_contact(group, second, actor=staff, now=NOW)

    first.refresh_from_db()
    assert find_link(token, LinkPurpose.GROUP, now=NOW) is None
    assert group_of_contact(first.registration.participant) is None
    assert first.known_until == TODAY + timedelta(days=14)
    assert (kinds(first), kinds(second)) == (["contact_before"], ["contact"])


def test_link_is_the_same_until_staff_send_a_new_one(group, staff):
    contact = group.contact.registration.participant
    token = page_token(contact, now=NOW)
    assert page_token(contact, now=NOW) == token

    send_page_link(group, actor=staff, now=NOW)

    assert find_link(token, LinkPurpose.GROUP, now=NOW) is None
    assert page_token(contact, now=NOW) != token


def test_contact_who_leaves_leaves_the_group_without_one(group, staff):
    erase(group.contact.registration.participant, now=NOW)

    group.refresh_from_db()
    assert (group.contact, group.unnamed_members) == (None, 0)
    with pytest.raises(NoContact):
        send_page_link(group, actor=staff, now=NOW)


def test_hand_over_needs_a_contact(started, staff, now):
    with pytest.raises(NoContact):
        hand_over(started, actor=staff, now=now)

    started.refresh_from_db()
    assert started.state == GroupState.SETTLED


def test_hand_over_tells_every_member_once_and_until_when_we_know_them(started, staff, now):
    Message.objects.all().delete()
    first, *others = started.seats.members().order_by("pk")

    hand_over(started, contact=first, actor=staff, now=now)

    assert kinds(first) == ["handed_over_contact"]
    assert [kinds(seat) for seat in others] == [["handed_over"]] * len(others)
    seats = Seat.objects.filter(group=started).members()
    assert set(seats.values_list("known_until", flat=True)) == {date(2027, 1, 25)}
    assert "25. januar 2027" in Message.objects.filter(kind="handed_over").first().text
