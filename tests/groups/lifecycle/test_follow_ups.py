"""Follow-ups stand where the plan and the group's own dates put them, until they are done."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import timezone

from centres.domain.booking.moving import bring_along
from centres.domain.booking.weekly_times import move_first_date, take_slot
from groups.domain import follow_ups
from groups.domain.errors import AlreadyDone, WrongMoment
from groups.domain.lifecycle.ending import end, let_go
from groups.domain.lifecycle.handing_over import hand_over
from groups.domain.running.breaks import call_off_break, take_break
from groups.models import FollowUp, PlanStep
from groups.states import CountedIn, FollowUpKind, GroupActivity, GroupEndReason, Trouble
from tests import recipes

FIRST = date(2026, 11, 24)  # a Tuesday
NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)


def days(group):
    """What is still to be done for the group, and when."""
    return dict(group.follow_ups.open().values_list("what", "due"))


def test_settled_group_has_what_counts_from_its_first_meeting(settled, staff):
    assert days(settled) == {
        "start": FIRST,
        "talk": FIRST + timedelta(weeks=6),
        "contact_meeting": FIRST + timedelta(weeks=12),
    }
    assert set(settled.follow_ups.values_list("owner", flat=True)) == {staff.pk}


def test_centre_without_a_plan_gets_the_usual_one_with_its_own_weeks(centre):
    centre.follow_up_weeks = 8

    steps = follow_ups.plan_of(centre)

    assert {(step.what, step.number, step.counted_in) for step in steps} == {
        ("start", 0, "weeks"),
        ("visit", 3, "meetings"),
        ("talk", 8, "weeks"),
        ("contact_meeting", 12, "weeks"),
    }
    assert follow_ups.plan_of(centre) == steps


def test_start_meeting_is_seen_to_and_the_weeks_count_from_it(settled, staff):
    held_on = FIRST + timedelta(days=2)
    settled.started_on = held_on
    settled.save()

    follow_ups.start_was_held(settled, actor=staff, now=NOW)

    start = settled.follow_ups.get(what=FollowUpKind.START)
    assert (start.done_on, start.done_by) == (held_on, staff)
    assert days(settled)["talk"] == held_on + timedelta(weeks=6)


def test_own_meetings_leave_out_what_is_not_held(started, staff):
    handed_over = datetime(2026, 11, 25, 12, tzinfo=UTC)
    tuesdays = started.slot.bookings.order_by("span")
    tuesdays.filter(pk=tuesdays[1].pk).update(skipped_because="taken")
    started.contact = started.seats.members().first()
    started.paused_from = FIRST + timedelta(weeks=2)
    started.paused_until = FIRST + timedelta(weeks=3)
    started.save()

    hand_over(started, contact=started.seats.members().first(), actor=staff, now=handed_over)

    # 1 December is skipped and 8 December is in the break; from the 22nd on nothing is booked.
    assert days(started)["visit"] == date(2026, 12, 29)
    assert started.follow_ups.get(what="visit").owner == staff


def test_meetings_before_a_move_count_as_own_ones(started, centre, staff):
    started.contact = started.seats.members().first()
    started.save()
    hand_over(started, actor=staff, now=datetime(2026, 11, 25, 12, tzinfo=UTC))
    started.refresh_from_db()
    thursdays = take_slot(
        recipes.venue(centre), weekday=3, starts=time(18), first_date=date(2026, 12, 10)
    )
    bring_along(started.slot, thursdays)
    started.slot = thursdays
    started.save()

    follow_ups.replan(started, now=datetime(2026, 12, 8, 12, tzinfo=UTC))

    # 1 and 8 December at the time before, then 10 December.
    assert days(started)["visit"] == date(2026, 12, 10)


def test_break_of_the_group_moves_what_falls_into_it(started, staff):
    started.contact = started.seats.members().first()
    started.save()
    from_date, until = FIRST + timedelta(weeks=1), FIRST + timedelta(weeks=9)

    group = take_break(started, from_date=from_date, until=until, actor=staff, now=NOW)
    in_the_break = days(group)["talk"]
    call_off_break(group, actor=staff, now=NOW)

    assert (in_the_break, days(group)["talk"]) == (until, FIRST + timedelta(weeks=6))


def test_nothing_falls_into_a_break(settled):
    settled.paused_from = FIRST + timedelta(weeks=5)
    settled.paused_until = FIRST + timedelta(weeks=8)
    settled.save()

    follow_ups.replan(settled, now=NOW)

    assert days(settled)["talk"] == settled.paused_until
    settled.paused_from = settled.paused_until = None
    settled.save()
    follow_ups.replan(settled, now=NOW)
    assert days(settled)["talk"] == FIRST + timedelta(weeks=6)


def test_days_move_with_the_first_meeting_but_for_those_set_by_hand(settled):
    talk = settled.follow_ups.get(what=FollowUpKind.TALK)
    follow_ups.set_day(talk, due=date(2027, 2, 1))
    later = FIRST + timedelta(weeks=1)
    move_first_date(settled.slot, later, now=NOW)
    settled.first_date = later
    settled.save()

    moved, new = follow_ups.replan(settled, now=NOW)

    assert (moved, new) == (2, 0)
    assert days(settled) == {
        "start": later,
        "talk": date(2027, 2, 1),
        "contact_meeting": later + timedelta(weeks=12),
    }


def test_other_plan_moves_what_is_open_and_plans_nothing_into_the_past(settled, centre):
    follow_ups.mark_done(settled.follow_ups.get(what="contact_meeting"), on=FIRST, actor=None)
    step = centre.plan_steps.get(what="talk")
    step.number = 4
    step.save()
    PlanStep.objects.create(centre=centre, what="talk", number=1, counted_in=CountedIn.WEEKS)
    PlanStep.objects.create(centre=centre, what="talk", number=20, counted_in=CountedIn.WEEKS)
    january = datetime(2027, 1, 4, 12, tzinfo=UTC)

    moved, new = follow_ups.change_plan(centre, now=january)

    assert (moved, new) == (1, 1)
    assert set(settled.follow_ups.open().filter(what="talk").values_list("due", flat=True)) == {
        FIRST + timedelta(weeks=4),
        FIRST + timedelta(weeks=20),
    }
    assert settled.follow_ups.get(what="contact_meeting").done_on == FIRST


def test_step_that_is_taken_out_takes_along_what_is_open(settled, centre):
    follow_ups.mark_done(settled.follow_ups.get(what="start"), on=FIRST, actor=None)

    assert follow_ups.remove_step(centre.plan_steps.get(what="talk")) == 1
    assert follow_ups.remove_step(centre.plan_steps.get(what="start")) == 0

    assert list(days(settled)) == ["contact_meeting"]
    assert settled.follow_ups.filter(done_on=FIRST).count() == 1


def test_done_by_whom_and_when_and_never_what_was_said(settled, staff):
    talk = settled.follow_ups.get(what=FollowUpKind.TALK)
    follow_ups.take_over(talk, by=staff)

    follow_ups.mark_done(talk, on=date(2026, 12, 1), actor=staff)

    talk.refresh_from_db()
    assert (talk.owner, talk.done_on, talk.done_by) == (staff, date(2026, 12, 1), staff)
    assert settled.activities.latest_first().first().what == GroupActivity.FOLLOWED_UP
    texts = [field.name for field in FollowUp._meta.fields if "Text" in type(field).__name__]
    assert texts == []


@pytest.mark.parametrize("act", ["mark_done", "take_over", "set_day", "take_away"])
def test_what_is_done_is_done_once(settled, staff, act):
    extra = follow_ups.add(settled, what=FollowUpKind.TALK, due=FIRST)
    follow_ups.mark_done(extra, on=FIRST, actor=staff)
    how = {
        "mark_done": {"on": FIRST, "actor": staff},
        "take_over": {"by": staff},
        "set_day": {"due": FIRST},
        "take_away": {},
    }

    with pytest.raises(AlreadyDone):
        getattr(follow_ups, act)(extra, **how[act])


def test_only_what_staff_have_added_is_taken_away(settled):
    extra = follow_ups.add(settled, what=FollowUpKind.VISIT, due=FIRST)
    ring = follow_ups.ask_to_ring(settled, about=Trouble.TIME, now=NOW)

    follow_ups.take_away(extra)

    assert not FollowUp.objects.filter(pk=extra.pk).exists()
    for other in (ring, settled.follow_ups.get(what=FollowUpKind.TALK)):
        with pytest.raises(WrongMoment):
            follow_ups.take_away(other)


def test_contact_who_asks_twice_about_the_same_is_rung_once(settled):
    first = follow_ups.ask_to_ring(settled, about=Trouble.TIME, now=NOW)

    assert follow_ups.ask_to_ring(settled, about=Trouble.TIME, now=NOW) == first
    assert follow_ups.ask_to_ring(settled, about=Trouble.ROOM, now=NOW) != first
    assert first.due == timezone.localdate(NOW)


def test_nothing_is_left_to_do_for_a_group_that_is_gone(settled, started, staff):
    follow_ups.mark_done(started.follow_ups.get(what="talk"), on=FIRST, actor=staff)

    end(started, reason=GroupEndReason.FINISHED, actor=staff, now=NOW)

    assert days(started) == {}
    assert set(started.follow_ups.values_list("what", flat=True)) == {"start", "talk"}
    with pytest.raises(WrongMoment):
        follow_ups.add(started, what=FollowUpKind.TALK, due=FIRST)


def test_nothing_is_left_to_do_for_a_group_that_is_let_go(settled, staff):
    let_go(settled, actor=staff, now=NOW)

    assert days(settled) == {}
