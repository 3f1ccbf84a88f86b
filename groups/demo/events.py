"""What is on at the centres of the demo: events of every kind, and an evening that is lent."""

from datetime import datetime, time, timedelta
from uuid import uuid4

from django.utils import timezone

from centres.domain.booking.single_uses import hold_rooms, lend_once
from centres.domain.events.changes import cancel_event
from centres.domain.events.sign_ups import sign_up
from centres.models import Booking, Event, Organisation, Venue
from centres.states import Attendance, EventKind
from centres.week import on_or_after
from groups.demo.house import House
from groups.demo.people import MEN, PHONE, WOMEN
from groups.demo.registering import at_time

OPEN_HOUSE = "Åpent hus"
BORROWER = "Velforeningen på øya"
FRIDAY, SATURDAY = 4, 5  # when no group of the demo meets, of any seed
NAMES = [name for pair in zip(WOMEN.split(), MEN.split(), strict=False) for name in pair]


def lend_an_evening(house: House, *, now: datetime) -> None:
    """Somebody from outside has borrowed a room for the coming Saturday; once is enough."""
    if Booking.objects.filter(holder__name=BORROWER).exists():
        return
    holder, _is_new = Organisation.objects.get_or_create(name=BORROWER)
    saturday = on_or_after(timezone.localdate(now) + timedelta(days=1), SATURDAY)
    lend_once(
        Venue.objects.rooms().get(centre=house.centre, name="Stua"),
        holder=holder,
        starts_at=at_time(saturday, time(18)),
        ends_at=at_time(saturday, time(21)),
    )


def put_on(tromso: House, oslo: House, *, now: datetime) -> None:
    """A handful of events, with people signed up for some of them; once is enough."""
    if Event.objects.filter(centre=tromso.centre, title_nb=OPEN_HOUSE).exists():
        return
    today = timezone.localdate(now)
    friday = on_or_after(today + timedelta(days=1), FRIDAY)
    in_the_library = _event(
        tromso,
        EventKind.INFO_MEETING,
        "Åpent møte om selvhjelpsgrupper",
        "Ope møte om sjølvhjelpsgrupper",
        "Open meeting about self-help groups",
        starts_at=at_time(friday, time(18)),
        ends_at=at_time(friday, time(19, 30)),
        audience_nb="Alle som er nysgjerrige",
        audience_nn="Alle som er nysgjerrige",
        audience_en="Everybody who is curious",
        description_nb="Kom og hør hva en gruppe er. Du trenger ikke si noe om deg selv. "
        "Vi har kaffe og te.",
        description_nn="Kom og høyr kva ei gruppe er. Du treng ikkje seie noko om deg sjølv. "
        "Vi har kaffi og te.",
        description_en="Come and hear what a group is. You need not say anything about yourself. "
        "There is coffee and tea.",
    )
    rooms = Venue.objects.rooms().filter(centre=tromso.centre, name="Biblioteket")
    hold_rooms(in_the_library, rooms, now=now)
    full = _event(
        tromso,
        EventKind.SELF_HELP_SEMINAR,
        "Kveld for deg som er pårørende",
        "Kveld for deg som er pårørande",
        "An evening for next of kin",
        starts_at=at_time(today + timedelta(days=16), time(17, 30)),
        ends_at=at_time(today + timedelta(days=16), time(20)),
        attendance=Attendance.SIGN_UP,
        capacity=6,
    )
    _people(full, 8, now=now - timedelta(days=3))
    _event(
        oslo,
        EventKind.INFO_MEETING,
        "Bli kjent med digitale grupper",
        "Bli kjend med digitale grupper",
        "Get to know groups on video",
        starts_at=at_time(today + timedelta(days=12), time(19)),
        ends_at=at_time(today + timedelta(days=12), time(19, 45)),
        digital=True,
        attendance=Attendance.SIGN_UP,
        capacity=20,
        joining="Møterommet åpner ti minutter før: https://video.example.org/prov",
    )
    training = _event(
        oslo,
        EventKind.INITIATOR_TRAINING,
        "Opplæring for igangsettere",
        "Opplæring for igangsetjarar",
        "Training for initiators",
        starts_at=at_time(today + timedelta(days=45), time(10)),
        ends_at=at_time(today + timedelta(days=46), time(15)),
        audience_nb="Deg som vil hjelpe nye grupper i gang",
        audience_nn="Deg som vil hjelpe nye grupper i gang",
        audience_en="You who want to help new groups start",
        attendance=Attendance.SIGN_UP,
        capacity=12,
    )
    _people(training, 4, now=now - timedelta(days=2))
    cancelled = _event(
        tromso,
        EventKind.HEALTH_CAFE,
        "Helsekafé på biblioteket",
        "Helsekafé på biblioteket",
        "Health café at the library",
        starts_at=at_time(today + timedelta(days=5), time(12, 30)),
        ends_at=at_time(today + timedelta(days=5), time(13, 30)),
        place="Tromsø bibliotek",
    )
    cancel_event(
        cancelled,
        because="Vi er dessverre syke. Ny dato kommer.",
        actor=tromso.coordinator,
        now=now - timedelta(days=1),
    )
    _event(
        tromso,
        EventKind.INFO_MEETING,
        OPEN_HOUSE,
        "Ope hus",
        "Open house",
        starts_at=at_time(today - timedelta(days=4), time(17)),
        ends_at=at_time(today - timedelta(days=4), time(19)),
    )


def _event(house: House, kind: str, nb: str, nn: str, en: str, **fields: object) -> Event:
    titles = {"title_nb": nb, "title_nn": nn, "title_en": en}
    return Event.objects.create(
        **({"centre": house.centre, "kind": kind, "published": True} | titles | fields)
    )


def _people(event: Event, number: int, *, now: datetime) -> None:
    for index, name in enumerate(NAMES[:number]):
        sign_up(
            event,
            name=name,
            phone=None if index % 3 else PHONE.format(80_000 + index),
            email=f"paamelding.{index}@example.org" if index % 3 else None,
            language="nb",
            form_id=uuid4(),
            now=now + timedelta(minutes=7 * index),
        )
