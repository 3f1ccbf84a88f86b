"""Calendar files of a group's meetings say that there is a meeting, when, and in which house."""

import re
from datetime import UTC, datetime

import pytest
from icalendar import Calendar
from time_machine import travel

from centres.models import Booking
from groups.domain.initiators import helping
from groups.domain.lifecycle import ending
from groups.models import Seat, SelfHelpGroup
from linkcenter.tokens import token_for
from participants.models import Participant, Theme
from tests import recipes
from tests.participants import own

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
PLANTED = ("Kanarifugl", "Nattergal", "48123456", "Sorgfull")
HOLIDAY, CANCELLED = 1, 2


@pytest.fixture(autouse=True)
def friday():
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def planted(settled):
    """A settled group in which every word that must not show is written somewhere."""
    SelfHelpGroup.objects.filter(pk=settled.pk).update(
        name="Sorgfull gruppe", theme=Theme.objects.create(slug="sorgfull", name="Sorgfull")
    )
    Participant.objects.update(name="Kanarifugl", phone="+4748123456")
    Seat.objects.update(shared_name="Nattergal", shared_at=NOW)
    settled.slot.venue.name = "Kanarifugl"
    settled.slot.venue.save()
    rows = Booking.objects.filter(slot=settled.slot)
    Booking.objects.filter(pk=rows[HOLIDAY].pk).update(skipped_because="break")
    Booking.objects.filter(pk=rows[CANCELLED].pk).update(cancelled_at=NOW)
    return SelfHelpGroup.objects.get(pk=settled.pk)


@pytest.fixture
def by_member(client, planted):
    own.enter(client, planted.seats.members().first().registration.participant)
    return client.get("/min-side/mote.ics")


@pytest.fixture
def by_initiator(client, planted, centre, staff):
    helper = recipes.initiator(centre, name="Kanarifugl")
    helping.put_on(planted, helper, actor=staff)
    token = token_for(helper.links.live().get().seed)
    return client.get(f"/igangsetter/{token}/mote.ics")


@pytest.fixture
def by_staff(client, planted, staff):
    client.force_login(staff)
    return client.get(f"/admin/groups/selfhelpgroup/{planted.pk}/meetings.ics")


@pytest.mark.parametrize("reader", ["by_member", "by_initiator", "by_staff"])
def test_file_says_meeting_and_house_and_leaves_out_what_is_not_held(reader, request, planted):
    answer = request.getfixturevalue(reader)

    told = Calendar.from_ical(answer.content)
    text = answer.content.decode().replace("\r\n ", "")
    days = [str(event.decoded("dtstart").date()) for event in told.walk("VEVENT")]
    assert days == ["2026-11-24", "2026-12-15"]
    assert {str(event["summary"]) for event in told.walk("VEVENT")} == {"Møte"}
    assert {str(event["location"]) for event in told.walk("VEVENT")} == {planted.centre.name}
    assert [word for word in PLANTED if word in text or word in str(answer.headers)] == []
    assert set(re.findall(r"^([A-Z-]+)[:;]", text, re.M)) <= LINES
    assert len(told.walk("VTIMEZONE")) == 1
    assert answer.headers["Content-Disposition"] == 'attachment; filename="mote.ics"'


LINES = {
    *("BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "TZID", "RRULE", "TZOFFSETFROM"),
    *("TZOFFSETTO", "TZNAME", "DTSTART", "DTEND", "DTSTAMP", "UID", "SEQUENCE", "STATUS"),
    *("SUMMARY", "LOCATION"),
}


def test_meeting_keeps_its_id_and_its_hour_through_summer_time(client, planted, staff):
    client.force_login(staff)
    address = f"/admin/groups/selfhelpgroup/{planted.pk}/meetings.ics"
    before = Calendar.from_ical(client.get(address).content).walk("VEVENT")
    planted.first_date = planted.slot.first_date

    after = Calendar.from_ical(client.get(address).content).walk("VEVENT")

    assert [str(event["uid"]) for event in before] == [str(event["uid"]) for event in after]
    assert {event.decoded("dtstart").strftime("%H.%M") for event in after} == {"18.00"}


def test_nobody_else_gets_a_file(client, planted, staff):
    stranger = recipes.waiting(planted.centre)
    own.enter(client, stranger.participant)

    assert client.get("/min-side/mote.ics").status_code == 302
    ending.let_go(planted, actor=staff)
    client.force_login(recipes.staff("coordinator", recipes.centre()))
    answer = client.get(f"/admin/groups/selfhelpgroup/{planted.pk}/meetings.ics")
    assert answer.status_code == 404
