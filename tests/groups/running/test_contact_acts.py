"""What the contact of a group tells the centre, and what comes of it."""

from datetime import timedelta

import pytest

from centres.domain.house.host_keys import set_host_key
from centres.states import VenueKind
from groups.domain.errors import FewerThanKnown, MoreThanRoom, TooLate, WrongMoment
from groups.domain.lifecycle.ending import end_by_contact
from groups.domain.running.contact_acts import count_heads, report_trouble, show_host_key
from groups.domain.running.taking_over import link_to_take_over, pass_on, passed_on, take_over
from groups.models import FollowUp
from groups.states import (
    FollowUpKind,
    GroupActivity,
    GroupEndReason,
    GroupState,
    SeatState,
    Trouble,
)
from linkcenter.models import Message
from linkcenter.tokens import token_for
from participants.domain.errors import ConsentMissing
from participants.domain.person.consents import Agreement
from participants.domain.person.contact import Person
from participants.states import ConsentPurpose, EntryChannel, RegistrationState
from tests import recipes
from tests.groups.meeting_group import NOW, TODAY, TUESDAY, running_group

KARI = Person(name="Kari", phone="+4741234567")
YES = Agreement(purposes={ConsentPurpose.CONTACT})


@pytest.fixture
def group(centre):
    return running_group(centre)


def test_head_count_holds_places_for_those_we_do_not_know(group):
    count_heads(group, heads=5, contact=group.contact, now=NOW)

    group.refresh_from_db()
    assert (group.unnamed_members, group.places - group.seats.live().count()) == (2, 0)
    with pytest.raises(MoreThanRoom):
        count_heads(group, heads=6, contact=group.contact, now=NOW)
    with pytest.raises(FewerThanKnown):
        count_heads(group, heads=2, contact=group.contact, now=NOW)


def test_trouble_is_one_thing_to_do_today_however_often_it_is_told(group):
    for _time in range(2):
        report_trouble(group, about=Trouble.ROOM, contact=group.contact, now=NOW)

    told = FollowUp.objects.get()
    assert (told.what, told.about, told.due) == (FollowUpKind.RING, Trouble.ROOM, TODAY)
    assert told.done_on is None
    assert group.activities.latest_first().first().what == GroupActivity.TROUBLE


def test_host_key_is_shown_on_meeting_days_only_and_each_time_is_written_down(centre):
    licence = recipes.venue(centre, kind=VenueKind.LICENCE, provider="Whereby")
    set_host_key(licence, "9-9-9", today=TODAY)
    group = running_group(centre, venue=licence)
    tuesday = NOW + (TUESDAY - TODAY)

    assert show_host_key(group, contact=group.contact, now=NOW) is None
    assert group.activities.count() == 0
    for times in (1, 2):
        assert show_host_key(group, contact=group.contact, now=tuesday) == "9-9-9"
        shown = group.activities.filter(what=GroupActivity.HOST_KEY_SHOWN)
        assert shown.count() == times


def test_end_frees_the_room_and_is_for_the_contact_alone(group):
    _first, second, _third = group.seats.order_by("pk")
    with pytest.raises(WrongMoment):
        end_by_contact(group, reason=GroupEndReason.FINISHED, contact=second, now=NOW)
    slot = group.slot

    end_by_contact(group, reason=GroupEndReason.TOO_FEW, contact=group.contact, now=NOW)

    group.refresh_from_db()
    slot.refresh_from_db()
    assert (group.state, group.end_reason) == (GroupState.ENDED, GroupEndReason.TOO_FEW)
    assert slot.given_up_on == TODAY


@pytest.fixture
def consents(db):
    recipes.consent_texts()


def test_somebody_we_had_forgotten_takes_over_by_a_link_that_works_once(consents, centre):
    group = running_group(centre, members=1, unnamed_members=4)
    former = group.contact
    link = pass_on(group, contact=former, now=NOW)

    registration = take_over(link, person=KARI, agreement=YES, now=NOW)

    group.refresh_from_db()
    former.refresh_from_db()
    seat = group.contact
    assert (seat.registration, seat.state) == (registration, SeatState.YES)
    assert (registration.channel, registration.state) == (
        EntryChannel.GROUP,
        RegistrationState.WAITING,
    )
    assert (group.unnamed_members, group.seats.live().count()) == (3, 2)
    assert former.known_until == TODAY + timedelta(days=14)
    assert sorted(Message.objects.values_list("kind", flat=True)) == ["contact", "contact_before"]
    assert link_to_take_over(token_for(link.seed), now=NOW) is None
    with pytest.raises(TooLate):
        take_over(link, person=KARI, agreement=YES, now=NOW)


def test_nobody_takes_over_without_a_yes_or_where_there_is_no_place(consents, centre):
    group = running_group(centre, members=5)
    link = pass_on(group, contact=group.contact, now=NOW)

    with pytest.raises(ConsentMissing):
        take_over(link, person=KARI, agreement=Agreement(), now=NOW)
    with pytest.raises(MoreThanRoom):
        take_over(link, person=KARI, agreement=YES, now=NOW)

    assert passed_on(group, now=NOW) is not None
    assert centre.participants.count() == 5


def test_nobody_joins_a_group_by_a_link_before_it_runs_itself(centre):
    group = running_group(centre, state=GroupState.SETTLED, handed_over_on=None)

    with pytest.raises(WrongMoment):
        pass_on(group, contact=group.contact, now=NOW)

    assert passed_on(group, now=NOW) is None


def test_link_to_take_over_ends_after_a_fortnight_with_another_contact_and_with_the_group(group):
    link = pass_on(group, contact=group.contact, now=NOW)
    token = token_for(link.seed)
    assert link_to_take_over(token, now=NOW) == link
    assert link_to_take_over(token, now=NOW + timedelta(days=15)) is None

    end_by_contact(group, reason=GroupEndReason.FINISHED, contact=group.contact, now=NOW)

    assert link_to_take_over(token, now=NOW) is None
