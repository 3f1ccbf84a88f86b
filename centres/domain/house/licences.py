"""Video licences as a pool: one row for each meeting that can run at once, and who uses them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q
from django.utils import timezone

from centres.domain.booking.preview import use_of
from centres.domain.booking.spans import WEEK, moment
from centres.models import Booking, Centre, Venue
from centres.states import UseKind
from centres.week import WEEK_SLOTS, label, split, week_slot

MOST_AT_ONCE = 50


@dataclass(frozen=True)
class PartOfWeek:
    """How many licences of the pool each kind of use has in it, and what is free."""

    week_slot: str
    groups: int
    organisations: int
    events: int
    free: tuple[Venue, ...]

    @property
    def is_used(self) -> bool:
        return bool(self.groups or self.organisations or self.events)

    @property
    def words(self) -> str:
        return str(label(self.week_slot))

    @property
    def weekday(self) -> int:
        return split(self.week_slot)[0]


@dataclass(frozen=True)
class Pool:
    """Licences of one provider at one centre, or of all centres together."""

    provider: str
    centre: Centre | None
    licences: tuple[Venue, ...]
    parts: tuple[PartOfWeek, ...]

    @property
    def in_use(self) -> list[PartOfWeek]:
        """The parts of the week in which not all are free."""
        return [part for part in self.parts if part.is_used]


def pools_of(centres: Iterable[Centre], monday: date) -> list[Pool]:
    """The pools of ``centres`` and those that all share, in the week from ``monday``.

    Two queries. A meeting counts in the part of the day in which it starts.
    """
    licences = Venue.objects.licences().filter(Q(centre__in=centres) | Q(centre=None))
    rows = licences.select_related("centre").order_by("provider", "centre__name", "name")
    by_pool: dict[tuple[str, int | None], list[Venue]] = defaultdict(list)
    for row in rows:
        by_pool[row.provider, row.centre_id].append(row)
    used = _used([row.pk for row in rows], monday)
    return [
        Pool(provider, pool[0].centre, tuple(pool), tuple(_part(pool, used, s) for s in WEEK_SLOTS))
        for (provider, _centre), pool in by_pool.items()
    ]


_Used = dict[tuple[int, str], set[UseKind]]


def _used(licences: list[int], monday: date) -> _Used:
    within = DateTimeTZRange(moment(monday), moment(monday + WEEK))
    bookings = Booking.objects.taking_the_venue().filter(venue__in=licences, span__overlap=within)
    used: _Used = defaultdict(set)
    for booking in bookings.select_related("slot"):
        starts = timezone.localtime(booking.span.lower)
        if monday <= starts.date() < monday + timedelta(days=7):
            part = week_slot(starts.weekday(), starts.time())
            used[booking.venue_id, part].add(use_of(booking))
    return used


def _part(pool: list[Venue], used: _Used, slot: str) -> PartOfWeek:
    def count(*kinds: UseKind) -> int:
        return sum(1 for row in pool if used[row.pk, slot].intersection(kinds))

    return PartOfWeek(
        week_slot=slot,
        groups=count(UseKind.GROUP),
        organisations=count(UseKind.ORGANISATION),
        events=count(UseKind.EVENT, UseKind.HOUSE),
        free=tuple(row for row in pool if not used[row.pk, slot]),
    )


@transaction.atomic
def add_pool(licence: Venue, *, at_once: int) -> list[Venue]:
    """So many licences like the unsaved ``licence``, with numbers behind its name when several."""
    if at_once == 1:
        licence.save()
        return [licence]
    made: list[Venue] = []
    names = set(Venue.objects.filter(centre=licence.centre).values_list("name", flat=True))
    number = 0
    while len(made) < at_once:
        number += 1
        name = f"{licence.name} {number}"
        if name in names:
            continue
        fields = {f.attname: getattr(licence, f.attname) for f in Venue._meta.concrete_fields}
        made.append(Venue(**fields | {"id": None, "name": name}))
    Venue.objects.bulk_create(made)
    return made
