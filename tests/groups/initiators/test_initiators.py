"""Initiators: put on a group and off it, told time and house, and let in until the hand-over."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.urls import reverse
from time_machine import travel

from centres.models import Booking, Slot
from centres.states import Role
from groups.domain.asking import answering
from groups.domain.errors import (
    InitiatorBusy,
    MeetingNotYet,
    TooManyCame,
    TooManyInitiators,
    WrongMoment,
)
from groups.domain.initiators import helping
from groups.domain.lifecycle import ending, settling
from groups.domain.meeting import meetings
from groups.models import GroupLink, Initiator
from groups.states import GroupActivity
from linkcenter.messages.outbox import send
from linkcenter.messages.subjects import has_changed
from linkcenter.models import Activity, Message, MessageState
from linkcenter.tokens import token_for
from participants.access import messages_for
from participants.models import Theme
from tests import recipes

AFTER_FIRST = datetime(2026, 11, 24, 20, tzinfo=UTC)


@pytest.fixture
def helper(centre):
    return recipes.initiator(centre, name="Inga Hjelpar", max_groups=2)


def told(initiator):
    rows = Message.objects.to(initiator).exclude(state=MessageState.CANCELLED)
    return [message.kind for message in rows.order_by("pk")]


def deliver():
    for message in Message.objects.filter(state=MessageState.QUEUED, channel="email"):
        send(message.pk, last_try=True)


def address(initiator):
    link = initiator.links.live().get()
    return f"/igangsetter/{token_for(link.seed)}/"


# Who helps


def test_who_is_put_on_a_group_is_asked_with_time_and_house_only(forming, helper, staff, now):
    forming.theme = Theme.objects.create(slug="sorg", name="Sorg og tap")
    forming.save()

    helping.put_on(forming, helper, actor=staff, now=now)

    message = Message.objects.to(helper).get()
    names = [seat.registration.participant.name for seat in forming.seats.all()]
    assert message.kind == "initiator_asked"
    assert "hver tirsdag kl. 18.00" in message.text
    assert forming.centre.name in message.text
    assert not [word for word in [*names, "Sorg", forming.name] if word in message.text]
    assert (
        Activity.objects.filter(group=forming, what=GroupActivity.INITIATORS_CHANGED).count() == 1
    )


def test_group_has_two_initiators_and_no_busy_untrained_or_foreign_one(forming, centre, staff, now):
    for _each in range(2):
        helping.put_on(forming, recipes.initiator(centre), actor=staff, now=now)
    other = recipes.group(centre)

    with pytest.raises(TooManyInitiators):
        helping.put_on(forming, recipes.initiator(centre), actor=staff, now=now)
    for refused in (
        recipes.initiator(centre, max_groups=0),
        recipes.initiator(centre, trained_on=None),
        recipes.initiator(recipes.centre()),
    ):
        with pytest.raises(InitiatorBusy):
            helping.put_on(other, refused, actor=staff, now=now)


def test_who_has_heard_and_is_taken_off_is_told_so(forming, centre, helper, staff, now):
    silent = recipes.initiator(centre)
    for each in (helper, silent):
        helping.put_on(forming, each, actor=staff, now=now)
        if each is helper:
            deliver()

    for each in (helper, silent):
        helping.take_off(forming, each, actor=staff, now=now)

    assert told(helper) == ["initiator_asked", "initiator_released"]
    assert told(silent) == []
    assert forming.initiators.count() == 0


def test_button_on_the_page_removes_an_initiator_and_says_so(client, forming, helper, staff, now):
    helping.put_on(forming, helper, actor=staff, now=now)
    client.force_login(staff)
    page = reverse("admin:groups_selfhelpgroup_change", args=[forming.pk])
    act = reverse("admin:groups_selfhelpgroup_take_off", args=[forming.pk, helper.pk])

    before = client.get(page).text
    after = client.post(act, follow=True).text

    assert f"Fjern {helper.reference} fra gruppa</button>" in before
    assert "Fjernet fra gruppa. Den som var spurt, får vite det." in after
    assert not forming.initiators.exists()


def test_settling_and_letting_go_each_tell_once(asked, helper, staff, now):
    helping.put_on(asked, helper, actor=staff, now=now)
    deliver()
    for seat in asked.seats.all():
        answering.say_yes(seat, actor=staff, now=now)
    group = settling.settle(asked, first_date=asked.first_date, actor=staff, now=now)
    deliver()
    again = helping.keep_told(group, now=now)
    ending.let_go(group, actor=staff, now=now)

    assert again == 0
    assert told(helper) == ["initiator_asked", "initiator_settled", "initiator_released"]


def test_without_mail_staff_send_the_text_and_write_it_again_when_it_has_changed(
    client, forming, centre, staff, now
):
    helper = recipes.initiator(centre, email=None, phone="+4748123456")
    helping.put_on(forming, helper, actor=staff, now=now)
    message = Message.objects.to(helper).get()
    page = f"/admin/linkcenter/message/{message.pk}/"
    client.force_login(staff)

    shown = client.get(f"{page}change/").text
    assert (message.channel, has_changed(message)) == ("sms", False)
    assert address(helper) in shown
    assert list(messages_for(staff)) == [message]
    assert list(messages_for(recipes.staff(Role.COORDINATOR, recipes.centre()))) == []

    Slot.objects.filter(pk=forming.slot_id).update(starts=time(17))
    assert has_changed(message)
    client.post(f"{page}renew/")
    again = Message.objects.to(helper).latest("pk")
    assert "kl. 17.00" in again.text
    assert not has_changed(again)

    forming.initiators.remove(helper)
    assert has_changed(again)


def test_nothing_is_left_of_an_initiator_who_is_deleted(settled, helper, staff, now):
    helping.put_on(settled, helper, actor=staff, now=now)
    helping.send_new_link(helper, actor=staff, now=now)
    pk = helper.pk

    helper.delete()

    assert not GroupLink.objects.exists()
    assert not Message.objects.filter(recipient_type__model="initiator", recipient_id=pk).exists()
    assert not Activity.objects.filter(subject_type__model="initiator", subject_id=pk).exists()


# Meetings


def test_dates_with_an_initiator_are_the_first_that_are_held(settled):
    settled.centre.initiator_meetings = 2
    rows = list(Booking.objects.filter(slot=settled.slot))
    Booking.objects.filter(pk=rows[1].pk).update(skipped_because="holiday")

    assert meetings.initiator_meetings(settled) == [rows[0], rows[2]]

    Booking.objects.filter(pk=rows[0].pk).update(held=False)
    assert meetings.initiator_meetings(settled) == [rows[2], rows[3]]


def test_meeting_is_reported_corrected_and_taken_back(settled):
    first = meetings.meetings(settled)[0]

    for came in (5, 4, 4, None):
        meetings.report_meeting(settled, first.pk, head_count=came, now=AFTER_FIRST)

    first.refresh_from_db()
    reports = Activity.objects.filter(group=settled, what=GroupActivity.MEETING_REPORTED)
    assert (first.held, first.head_count) == (False, None)
    assert [report.actor for report in reports] == [None, None, None]


def test_report_is_refused_before_the_meeting_beyond_reason_and_of_another_group(settled, centre):
    first, second = meetings.meetings(settled)[:2]
    foreign = recipes.group(centre).slot.bookings.first()

    for pk, came, refusal in (
        (second.pk, 5, MeetingNotYet),
        (first.pk, 10, TooManyCame),
        (first.pk, 0, TooManyCame),
        (foreign.pk, 5, WrongMoment),
    ):
        with pytest.raises(refusal):
            meetings.report_meeting(settled, pk, head_count=came, now=AFTER_FIRST)
    assert not Booking.objects.filter(held__isnull=False).exists()
    assert settled.max_size + meetings.VISITORS == 9


# The initiator's own pages


@pytest.fixture
def area(settled, helper, staff, now):
    """The address of somebody who helps the settled group."""
    with travel(AFTER_FIRST, tick=False):
        helping.put_on(settled, helper, actor=staff)
        yield address(helper)


def test_area_shows_own_groups_as_the_members_allowed(client, area, settled, centre):
    open_one, closed_one, half = settled.seats.members()
    open_one.shared_name, open_one.shares_phone = "Lerka", True
    open_one.shared_at = half.shared_at = AFTER_FIRST
    half.shared_name = "Ugla"
    for seat in (open_one, half):
        seat.save()
        type(seat.registration.participant).objects.filter(
            pk=seat.registration.participant_id
        ).update(phone=f"+474810000{seat.pk % 10}")
    other = recipes.group(centre, name="Annan gruppe")
    before = Activity.objects.count()

    page = client.get(area).text

    assert "Lerka" in page
    assert "Ugla" in page
    assert page.count("tel:") >= 1
    assert "En til" in page
    assert closed_one.registration.participant.name not in page
    assert other.name not in page
    assert Activity.objects.count() == before
    assert "Referrer-Policy" in client.get(area).headers


def test_before_it_is_settled_time_place_and_how_many_are_shown(client, forming, helper, staff):
    helping.put_on(forming, helper, actor=staff)

    page = client.get(address(helper)).text

    names = [seat.registration.participant.name for seat in forming.seats.all()]
    assert "Vi spør fortsatt" in page
    assert not [name for name in names if name in page]
    assert client.get(f"{address(helper)}startark/{forming.pk}/").status_code == 404


def test_one_button_reports_and_a_wrong_number_is_kept(client, area, settled):
    first = meetings.meetings(settled)[0]

    wrong = client.post(area, {"meeting": first.pk, "did": "held", "head_count": "77"})
    done = client.post(area, {"meeting": first.pk, "did": "held", "head_count": "5"})

    first.refresh_from_db()
    assert "fra 1 til 9" in wrong.text
    assert 'value="77"' in wrong.text
    assert done.status_code == 302
    assert (first.held, first.head_count) == (True, 5)
    client.post(area, {"meeting": first.pk, "did": "not_held"})
    first.refresh_from_db()
    assert first.held is False


def test_area_closes_by_itself_at_the_hand_over_and_when_staff_close_it(
    client, area, settled, helper, staff
):
    assert client.get(area).status_code == 200
    settled.refresh_from_db()
    settled.state, settled.handed_over_on = "self_run", AFTER_FIRST.date()
    settled.save()

    assert client.get(area).status_code == 404
    assert client.get(f"{area}startark/{settled.pk}/").status_code == 404
    assert client.get(f"{area}mote.ics").status_code == 404

    settled.state = "settled"
    settled.save()
    helping.close_link(helper, actor=staff)
    assert client.get(area).status_code == 404


def test_link_of_older_messages_works_until_a_new_one_is_asked_for(forming, helper, staff, now):
    helping.put_on(forming, helper, actor=staff, now=now)
    seed = helper.links.live().get().seed

    helping.keep_told(forming, now=now)
    assert helper.links.live().get().seed == seed

    helping.send_new_link(helper, actor=staff, now=now + timedelta(days=1))
    assert helper.links.live().get().seed != seed
    assert Initiator.objects.get().links.count() == 2
