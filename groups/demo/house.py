"""What a centre has before anybody registers: staff, rooms, licences and initiators."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from django.conf import settings

from centres.domain.booking.keys import lend
from centres.domain.booking.weekly_times import book_ahead, slots_to_book, take_slot
from centres.domain.house.host_keys import set_host_key
from centres.models import Centre, ContactPerson, Key, Organisation, StaffRole, Venue
from centres.states import Role, VenueKind
from centres.week import on_or_after
from groups.demo.people import EVENINGS, PHONE
from groups.models import Initiator
from linkcenter.jobs import job_run
from linkcenter.models import User

STAFF = (
    ("koordinator.tromso@example.org", "Turid Tromsø", Role.COORDINATOR, "link-tromso"),
    ("leder.tromso@example.org", "Leif Tromsø", Role.LEAD, "link-tromso"),
    ("koordinator.oslo@example.org", "Olav Oslo", Role.COORDINATOR, "link-oslo"),
    ("statistikk@example.org", "Stine Statistikk", Role.STATISTICS, None),
    ("admin@example.org", "Astrid Administrator", Role.ADMINISTRATOR, None),
)
VENUES = (
    ("link-tromso", VenueKind.ROOM, "Stua", "", 8),
    ("link-tromso", VenueKind.ROOM, "Biblioteket", "", 10),
    ("link-oslo", VenueKind.ROOM, "Rom 1", "", 8),
    ("link-oslo", VenueKind.ROOM, "Rom 2", "", 12),
    ("link-oslo", VenueKind.LICENCE, "Whereby 1", "Whereby", 12),
    (None, VenueKind.LICENCE, "Zoom 1", "Zoom", 12),
)
INITIATORS = (
    ("link-tromso", "Ingunn Igangsetter"),
    ("link-tromso", "Ivar Igangsetter"),
    ("link-oslo", "Irene Igangsetter"),
    ("link-oslo", "Idar Igangsetter"),
)
AGREED_LOAD = 3
TENANTS = (  # who has a room, on which weekday and from when: not when groups of ours meet
    ("link-tromso", "Stua", "Tolvtrinnsgruppa Nordlys", 5, time(11)),
    ("link-tromso", "Stua", "Språkkafeen", 0, time(13)),
    ("link-tromso", "Stua", "Sorggruppa i kommunen", 2, time(13)),
    ("link-tromso", "Biblioteket", "Tolvtrinnsgruppa Nordlys", 6, time(19)),
    ("link-tromso", "Biblioteket", "Språkkafeen", 1, time(13)),
    ("link-tromso", "Biblioteket", "Seniordansen", 3, time(13)),
    ("link-oslo", "Rom 1", "Tolvtrinnsgruppa Åpen dør", 5, time(11)),
    ("link-oslo", "Rom 1", "Språkkafeen i byen", 1, time(13)),
    ("link-oslo", "Rom 2", "Tolvtrinnsgruppa Åpen dør", 6, time(19)),
)
KEYS_A_ROOM = 3
HOST_KEY = "482911"


@dataclass(frozen=True)
class House:
    """A centre, the member of staff who does the work there, and who else lends a hand."""

    centre: Centre
    coordinator: User
    lead: User


def prepare(*, today: date) -> list[House]:
    """The centres of the demo, with everything that groups need; what is missing is added."""
    slugs = [slug for slug in dict.fromkeys(row[3] for row in STAFF) if slug]
    centres = {slug: Centre.objects.get(slug=slug) for slug in slugs}
    here: dict[str, list[User]] = {slug: [] for slug in slugs}
    for email, name, role, slug in STAFF:
        user = User.objects.filter(email=email).first()
        if user is None:
            user = User.objects.create_user(email, settings.DEMO_PASSWORD, name=name)
        StaffRole.objects.get_or_create(
            user=user,
            role=role,
            centre=centres.get(slug or ""),
            defaults={"may_export": role == Role.LEAD},
        )
        if slug:
            here[slug].append(user)
    for slug, kind, name, provider, capacity in VENUES:
        Venue.objects.get_or_create(
            centre=centres.get(slug or ""),
            name=name,
            defaults={
                "kind": kind,
                "provider": provider,
                "capacity": capacity,
                "step_free": kind == VenueKind.ROOM,
                "own_key": kind == VenueKind.ROOM,
                "door": "Du får låne nøkkel av oss." if kind == VenueKind.ROOM else "",
            },
        )
    for licence in Venue.objects.licences().filter(host_key_since=None):
        set_host_key(licence, HOST_KEY, today=today - timedelta(days=200))
    for number, (slug, room, name, weekday, starts) in enumerate(TENANTS, start=1):
        venue = Venue.objects.get(centre=centres[slug], name=room)
        if not venue.slots.filter(holder__name=name).exists():
            _let(venue, name, on_or_after(today, weekday), starts, PHONE.format(91_000 + number))
    with job_run("centres.book_ahead") as counts:
        counts["bookings"] = sum(book_ahead(slot, today=today) for slot in slots_to_book(today))
    _initiators(centres, today)
    return [House(centres[slug], here[slug][0], here[slug][-1]) for slug in slugs]


def _let(venue: Venue, name: str, first_date: date, starts: time, phone: str) -> None:
    """An organisation has the room weekly, and the first of them one of its three keys."""
    holder, _is_new = Organisation.objects.get_or_create(name=name)
    slot = take_slot(
        venue, weekday=first_date.weekday(), starts=starts, first_date=first_date, holder=holder
    )
    if not venue.keys.exists():
        for number in range(1, KEYS_A_ROOM + 1):
            Key.objects.create(venue=venue, number=f"{number}")
        lend(venue.keys.earliest("pk"), holder=f"Kari ved {name}", phone=phone, slot=slot)
    _somebody_to_write_to(holder)


def _somebody_to_write_to(holder: Organisation) -> None:
    ContactPerson.objects.get_or_create(
        organisation=holder, title="Kontaktperson", defaults={"email": "tolvtrinn@example.org"}
    )


def _initiators(centres: dict[str, Centre], today: date) -> None:
    """Two more at each centre, since those of an earlier story have their hands full."""
    for number, (slug, name) in enumerate(INITIATORS, start=1):
        Initiator.objects.create(
            centre=centres[slug],
            name=name,
            phone=PHONE.format(90_000 + number),
            email=f"igangsetter.{number}@example.org",
            trained_on=today - timedelta(days=500),
            agreement_on=today - timedelta(days=480),
            digital=number % 2 == 0,
            availability=[*EVENINGS, "tue-morning", "thu-morning"],
            max_groups=AGREED_LOAD,
        )
