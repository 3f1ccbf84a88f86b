"""What is counted of a half-year, and that it stays when people are deleted."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from centres.domain.booking import keys
from centres.domain.booking.weekly_times import take_slot
from centres.models import Booking, Partnership, Venue
from centres.reference import Organisation
from centres.states import EnquiryChannel, EnquiryKind, EventKind, PartnerRole, VenueKind
from groups.domain.lifecycle.ending import end
from groups.models import StatisticsSnapshot, Tally
from groups.states import (
    GroupEndReason,
    GroupState,
    NoReason,
    SeatActivity,
    SeatEndReason,
    SeatState,
    StatisticsScope,
)
from groups.statistics import snapshots
from groups.statistics.half_years import HalfYear
from groups.statistics.tally import delete_initiator
from linkcenter.timeline import record
from participants.domain.erasure import erase
from participants.models import Talk, Theme
from participants.states import (
    CloseReason,
    EntryChannel,
    Gender,
    HeardFrom,
    PersonActivity,
    RegistrationState,
    TalkKind,
    TalkOutcome,
)
from tests import recipes

pytestmark = pytest.mark.django_db

SPRING = HalfYear(date(2026, 1, 1))
MARCH = datetime(2026, 3, 2, 12, tzinfo=UTC)
JULY = datetime(2026, 7, 16, 3, tzinfo=UTC)


@pytest.fixture
def place():
    return recipes.municipality("5501", name="Tromsø")


@pytest.fixture
def staff(centre):
    return recipes.staff("coordinator", centre)


def busy(centre, place, staff, *, registered_at=MARCH):
    """Somebody with something of everything that is counted of a person."""
    registration = recipes.waiting(
        centre,
        {"gender": Gender.WOMAN, "birth_year": 1980, "municipality": place},
        registered_at=registered_at,
        channel=EntryChannel.PHONE,
        heard_from=HeardFrom.DOCTOR,
    )
    registration.themes.add(Theme.objects.get_or_create(slug="sorg", defaults={"name": "Sorg"})[0])
    Talk.objects.create(
        registration=registration,
        kind=TalkKind.RANG,
        at=registered_at,
        by=staff,
        outcome=TalkOutcome.READY,
    )
    recipes.seat(
        recipes.group(centre, slot=None),
        registration,
        state=SeatState.ENDED,
        asked_at=registered_at,
        answer_by=registered_at.date(),
        ended_at=registered_at,
        end_reason=SeatEndReason.NO,
        no_reason=NoReason.PLACE,
    )
    record(registration, SeatActivity.PLACED, now=registered_at + timedelta(weeks=8))
    return registration


OF_ONE = {
    "registrations": 1,
    "registrations.channel.phone": 1,
    "registrations.heard_from.doctor": 1,
    "registrations.role.own": 1,
    "registrations.gender.woman": 1,
    "registrations.age.46-60": 1,
    "registrations.municipality.5501": 1,
    "registrations.theme.sorg": 1,
    "talks": 1,
    "talks.outcome.ready": 1,
    "asked": 1,
    "no": 1,
    "no.reason.place": 1,
    "places": 1,
    "places.municipality.5501": 1,
    "waited.008": 1,
}


def counted(centre, half_year=SPRING):
    return {key: count for key, count in snapshots.counted(half_year)[centre.pk].items() if count}


def test_person_is_counted_once_in_each_thing(centre, place, staff):
    busy(centre, place, staff)

    assert counted(centre) == OF_ONE
    assert counted(centre, SPRING.next) == {}


def test_numbers_stay_when_somebody_is_deleted(centre, place, staff):
    registration = busy(centre, place, staff)
    busy(centre, place, staff)
    before = counted(centre)

    erase(registration.participant)

    assert counted(centre) == before
    assert Tally.objects.get(measure="registrations", value="").count == 1


def test_everybody_may_be_deleted(centre, place, staff):
    people = [busy(centre, place, staff).participant for _each in range(3)]
    before = counted(centre)

    for person in people:
        erase(person)

    assert counted(centre) == before == {key: 3 * count for key, count in OF_ONE.items()}


def test_case_that_was_closed_stays_counted(centre):
    gone = recipes.registration(
        recipes.participant(centre),
        state=RegistrationState.CLOSED,
        close_reason=CloseReason.REFERRED_ON,
        closed_at=MARCH,
    )

    erase(gone.participant)

    assert counted(centre)["closed.reason.referred_on"] == 1


def test_programs_doubles_and_those_from_elsewhere_are_not_counted(centre):
    recipes.registration(
        recipes.participant(centre), state=RegistrationState.HELD, held_because="trap"
    )
    recipes.registration(
        recipes.participant(centre),
        state=RegistrationState.CLOSED,
        close_reason=CloseReason.DUPLICATE,
        closed_at=MARCH,
    )
    moved = recipes.registration(recipes.participant(centre))
    record(moved, PersonActivity.MOVED_HERE)

    assert counted(centre) == {}


def test_houses_and_groups_are_counted(centre, place):
    room = recipes.venue(centre)
    lent = Organisation.objects.create(name="AA")
    evening = {"weekday": 1, "starts": time(18), "first_date": date(2026, 3, 3), "weeks": 2}
    own = take_slot(room, **evening)
    take_slot(room, **(evening | {"starts": time(20)}), holder=lent)
    Booking.objects.filter(pk=own.bookings.earliest("span").pk).update(held=True, head_count=6)
    recipes.group(centre, slot=own, started_on=date(2026, 3, 3), state=GroupState.SETTLED)
    recipes.group(
        centre,
        slot=None,
        state=GroupState.ENDED,
        started_on=date(2025, 3, 3),
        ended_on=date(2026, 3, 3),
        end_reason=GroupEndReason.FINISHED,
    )
    recipes.enquiry(
        centre,
        created_at=MARCH,
        channel=EnquiryChannel.PHONE,
        kind=EnquiryKind.BORROW,
        municipality=place,
    )
    recipes.event(centre, kind=EventKind.MUNICIPAL_MEETING, starts_at=MARCH, came=12)
    keys.lend(recipes.key(room), holder="Kari", now=MARCH)
    recipes.initiator(centre, trained_on=date(2026, 2, 1))
    recipes.initiator(centre, trained_on=date(2025, 2, 1), active=False)

    assert counted(centre) == {
        "enquiries": 1,
        "enquiries.channel.phone": 1,
        "enquiries.kind.borrow": 1,
        "enquiries.municipality.5501": 1,
        "started": 1,
        "running": 1,
        "ended": 1,
        "ended.reason.finished": 1,
        "meetings": 1,
        "heads": 6,
        "events": 1,
        "events.kind.municipal_meeting": 1,
        "came": 12,
        "rooms": 4,
        "rooms.holder.group": 2,
        "rooms.holder.lent": 2,
        "room_minutes": 480,
        "room_hours": 8,
        "keys": 1,
        "trained": 1,
        "active": 1,
    }


def test_meetings_with_a_shared_licence_stay_the_centres_when_the_group_ends(centre):
    licence = Venue.objects.create(
        name="Video", kind=VenueKind.LICENCE, provider="Zoom", capacity=8
    )
    evening = {"weekday": 1, "starts": time(18), "first_date": date(2026, 3, 3), "weeks": 2}
    slot = take_slot(licence, **evening, centre=centre)
    group = recipes.group(centre, slot=slot, started_on=date(2026, 3, 3), state=GroupState.SETTLED)
    at_first = counted(centre)["licences"]

    end(group, reason=GroupEndReason.FINISHED, actor=None, now=datetime(2026, 6, 1, tzinfo=UTC))

    assert (at_first, counted(centre)["licences"]) == (2, 2)


def test_initiator_who_is_deleted_was_trained_all_the_same(centre):
    recipes.registration(recipes.participant(centre))
    initiator = recipes.initiator(centre, trained_on=date(2026, 2, 1))

    delete_initiator(initiator)

    assert counted(centre)["trained"] == 1


def test_half_year_is_told_from_the_fifteenth_day_after_and_once(centre, place, staff):
    for _each in range(6):
        busy(centre, place, staff)

    assert snapshots.freeze_closed(now=JULY - timedelta(days=2)) == 0
    assert snapshots.freeze_closed(now=JULY) == 1
    assert snapshots.freeze_closed(now=JULY) == 0

    told = StatisticsSnapshot.objects.get(scope=StatisticsScope.CENTRE, scope_key=str(centre.pk))
    assert told.counts["registrations"] == 5
    assert told.counts["registrations.gender.woman"] == 5


def test_sums_of_those_who_are_gone_go_when_they_are_told(centre, place, staff):
    for _each in range(6):
        erase(busy(centre, place, staff).participant)

    snapshots.freeze(SPRING, now=JULY)

    assert not Tally.objects.filter(first_day=SPRING.first_day).exists()
    country = StatisticsSnapshot.objects.get(scope=StatisticsScope.COUNTRY)
    assert country.counts["registrations"] == 5


def test_who_is_deleted_after_that_adds_nothing(centre, place, staff):
    registration = busy(centre, place, staff)
    snapshots.freeze(SPRING, now=JULY)

    with time_machine.travel(JULY, tick=False):
        erase(registration.participant)

    assert not Tally.objects.exists()


def test_funder_and_municipality_are_told_what_the_centres_are(centre, place, staff):
    funder = Organisation.objects.create(name="Stiftelsen Dam")
    other = recipes.centre()
    for each in (centre, other):
        Partnership.objects.create(centre=each, organisation=funder, role=PartnerRole.FUNDER)
        for _each in range(7):
            recipes.waiting(each, {"municipality": place}, registered_at=MARCH)

    snapshots.freeze(SPRING, now=JULY)

    told = {each.scope: each.counts for each in StatisticsSnapshot.objects.order_by("scope")}
    assert told[StatisticsScope.FUNDER]["registrations"] == 10
    assert told[StatisticsScope.MUNICIPALITY] == {"registrations": 10}


def test_wait_is_told_from_ten_people_on(centre, place, staff):
    for _each in range(10):
        busy(centre, place, staff)

    snapshots.freeze(SPRING, now=JULY)

    told = StatisticsSnapshot.objects.get(scope=StatisticsScope.CENTRE, scope_key=str(centre.pk))
    assert told.counts["days_waited"] == 8 * 7
