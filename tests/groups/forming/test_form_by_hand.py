"""Staff put a group together themselves: what is held, and what is refused."""

from dataclasses import replace
from datetime import date, time

import pytest

from centres.domain.booking.weekly_times import take_slot
from groups import matching
from groups.domain.asking.asking import ask
from groups.domain.errors import (
    InitiatorBusy,
    LentByVideoOnly,
    NobodyChosen,
    PlaceTaken,
    RoomLacks,
    RoomTooSmall,
    RulesBroken,
    SomebodyGone,
    WrongPlace,
)
from groups.domain.forming.by_hand import add_by_hand, form_by_hand
from groups.domain.seats import KeptApart
from groups.models import Seat, SelfHelpGroup
from groups.states import BrokenBecause, BrokenRule, GroupActivity, SeatState
from participants.models import KeepApart
from tests import recipes
from tests.groups.meeting_group import running_group

pytestmark = pytest.mark.django_db

TUESDAY = matching.GroupKey(
    format="physical",
    centre="link-x",
    kind="social",
    topic=None,
    role="own",
    gender="mixed",
    age_band=None,
    language="no",
    slot="tue-evening",
)


@pytest.fixture
def centre(db):
    return recipes.centre("link-x")


@pytest.fixture
def room(centre):
    return recipes.venue(centre, capacity=8)


@pytest.fixture
def four(centre):
    return [recipes.waiting(centre) for _number in range(4)]


def form(centre, rows, room, **given):
    given.setdefault("actor", None)
    given.setdefault("key", TUESDAY)
    return form_by_hand(centre, registrations=[row.pk for row in rows], venue=room, **given)


def test_group_holds_people_room_time_and_initiator(centre, four, room, now) -> None:
    initiator = recipes.initiator(centre)

    group = form(centre, four, room, initiator=initiator, now=now)

    seats = Seat.objects.filter(group=group, state=SeatState.PROPOSED)
    assert {seat.registration for seat in seats} == set(four)
    assert (group.slot.venue, group.slot.week_slot) == (room, "tue-evening")
    assert list(group.initiators.all()) == [initiator]
    assert (group.broken_rules, group.match_run) == ([], None)
    assert group.activities.get().what == GroupActivity.FORMED_BY_HAND


def test_group_starts_no_earlier_than_people_can_answer_and_no_earlier_than_wished(
    centre, four, room, now
) -> None:
    first = form(centre, four[:2], room, now=now)
    later = form(centre, four[2:], recipes.venue(centre), from_date=first.first_date, now=now)

    assert (first.first_date - now.date()).days >= centre.answer_days
    assert later.first_date == first.first_date


def test_wish_is_broken_on_purpose_only_and_stays_on_record(centre, four, room, now) -> None:
    other = recipes.waiting(centre, availability=["wed-evening"])

    with pytest.raises(RulesBroken) as refused:
        form(centre, [*four, other], room, now=now)
    group = form(
        centre,
        [*four, other],
        room,
        broken_rules=[BrokenRule.WISHES],
        broken_because=BrokenBecause.AGREED,
        now=now,
    )
    ask(group, actor=None, now=now)

    assert refused.value.rules == [BrokenRule.WISHES]
    group.refresh_from_db()
    assert (group.broken_rules, group.broken_because) == (["wishes"], "agreed")


def test_more_than_the_centre_has_in_a_group(centre, four, room, now) -> None:
    centre.max_size = centre.target_size = centre.min_to_start = 3
    centre.save()

    with pytest.raises(RulesBroken):
        form(centre, four, room, now=now)
    group = form(
        centre,
        four,
        room,
        broken_rules=[BrokenRule.MORE],
        broken_because=BrokenBecause.NOBODY_ELSE,
        now=now,
    )

    assert group.max_size == 4


@pytest.mark.parametrize("refused", [NobodyChosen, SomebodyGone, KeptApart, RulesBroken])
def test_people_who_cannot_be_in_it_together(centre, four, room, now, refused) -> None:
    rows = four
    if refused is NobodyChosen:
        rows = four[:1]
    elif refused is SomebodyGone:
        recipes.seat(recipes.group(centre), four[0])
    elif refused is KeptApart:
        KeepApart.objects.create(first=four[0].participant, second=four[1].participant)
    else:
        rows = [*four, recipes.waiting(centre, {"birth_year": 1950})]
        four[0].participant.birth_year = 2000
        four[0].participant.save()

    with pytest.raises(refused):
        form(centre, rows, room, now=now)

    assert not SelfHelpGroup.objects.filter(created_at=now).exists()


def test_place_must_be_free_fit_and_the_centres_own(centre, four, now) -> None:
    four[0].needs = ["step_free"]
    four[0].save()
    free = recipes.venue(centre, step_free=True)
    form(centre, [recipes.waiting(centre) for _two in range(2)], free, now=now)

    with pytest.raises(PlaceTaken):
        form(centre, four, _full(free), now=now)
    with pytest.raises(RoomLacks):
        form(centre, four, recipes.venue(centre), now=now)
    with pytest.raises(RoomTooSmall):
        form(centre, four, recipes.venue(centre, capacity=3, step_free=True), now=now)
    with pytest.raises(WrongPlace):
        form(centre, four, recipes.venue(recipes.centre(), step_free=True), now=now)


def _full(venue):
    """The room, taken so often on Tuesday evenings that nobody else gets in between."""
    for clock in (time(16), time(20)):
        take_slot(venue, weekday=1, starts=clock, first_date=date(2026, 11, 3))
    return venue


def test_initiator_of_another_centre_or_with_enough_groups(centre, four, room, now) -> None:
    busy = recipes.initiator(centre)
    recipes.group(centre).initiators.add(busy)

    for initiator in (busy, recipes.initiator(recipes.centre())):
        with pytest.raises(InitiatorBusy):
            form(centre, four, room, initiator=initiator, now=now)


def test_people_of_other_centres_are_lent_to_groups_on_video(centre, four, room, now) -> None:
    lent = recipes.waiting(recipes.centre(), digital_elsewhere=True, format="either")
    licence = recipes.venue(centre, kind="licence", provider="Zoom")

    with pytest.raises(LentByVideoOnly):
        form(centre, [*four, lent], room, now=now)
    group = form(
        centre, [*four, lent], licence, key=replace(TUESDAY, format="digital", centre=None), now=now
    )

    assert group.seats.count() == 5


def test_one_more_against_a_wish_needs_a_reason(centre, room, four, now) -> None:
    group = form(centre, four[:3], room, now=now)
    other = recipes.waiting(centre, kind="self_help")

    with pytest.raises(RulesBroken):
        add_by_hand(group, other, actor=None, now=now)
    add_by_hand(group, four[3], actor=None, now=now)
    add_by_hand(
        group,
        other,
        broken_rules=[BrokenRule.WISHES],
        broken_because=BrokenBecause.LONG_WAIT,
        actor=None,
        now=now,
    )

    group.refresh_from_db()
    assert (group.seats.count(), group.broken_rules) == (5, ["wishes"])


def test_one_more_against_a_wish_stays_on_record_in_a_group_that_meets(centre, now) -> None:
    group = running_group(centre, newcomers="yes")
    other = recipes.waiting(centre, kind="self_help")
    on_purpose = {"broken_rules": [BrokenRule.WISHES], "broken_because": BrokenBecause.LONG_WAIT}

    add_by_hand(group, other, actor=None, now=now, **on_purpose)

    group.refresh_from_db()
    assert (group.broken_rules, group.broken_because) == (["wishes"], "long_wait")
