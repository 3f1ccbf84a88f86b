"""Numbers of half-years before anybody of the demo was here: sums, told as all others are."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from centres.models import Centre
from groups.models import StatisticsSnapshot, Tally
from groups.statistics.counting import WAITED
from groups.statistics.half_years import HalfYear
from groups.statistics.measures import MEASURES, Table
from groups.statistics.snapshots import freeze_closed
from linkcenter.jobs import job_run

HALF_YEARS = 4
# The share in the rest of a table.
REST = {"role": 0.75, "channel": 0.5, "holder": 0.6, "kind": 0.35}
NOT_SAID = 0.15
BUSY = 60  # registrations of a large centre in half a year

# How many of each there are for one registration.
SHARES = {
    "enquiries": 2.4,
    "talks": 0.9,
    "closed": 0.25,
    "asked": 0.8,
    "no": 0.12,
    "places": 0.55,
    "started": 0.11,
    "running": 0.4,
    "ended": 0.07,
    "meetings": 0.5,
    "events": 0.25,
    "rooms": 5.5,
    "licences": 0.9,
    "keys": 0.12,
    "trained": 0.1,
    "active": 0.2,
}
EACH = {"heads": ("meetings", 6), "came": ("events", 14)}


@transaction.atomic
def tell_numbers(*, seed: int, now: datetime) -> None:
    """The last half-years that are over have numbers, unless some are told already."""
    if StatisticsSnapshot.objects.exists():
        return
    random = Random(seed)  # noqa: S311  # repeatable, and no secret
    half_years = [HalfYear.of(now.date())]
    for _each in range(HALF_YEARS):
        half_years.append(HalfYear.of(half_years[-1].first_day - timedelta(days=1)))
    centres = list(
        Centre.objects.filter(takes_registrations=True)
        .prefetch_related("municipalities")
        .order_by("slug")
    )
    for centre in centres:
        size = random.uniform(0.3, 1)
        for growth, half_year in enumerate(reversed(half_years[1:])):
            people = round(BUSY * size * (1 + growth * 0.12) * random.uniform(0.85, 1.15))
            counts = Counter(dict(_made_up(random, centre, people)))
            Tally.objects.bulk_create(_rows(centre, half_year, counts))
    with job_run("groups.tell_numbers") as told:
        told["half-years"] = freeze_closed(now=now)


def _made_up(random: Random, centre: Centre, people: int) -> Iterator[tuple[str, int]]:
    totals = {"registrations": people}
    for code, share in SHARES.items():
        totals[code] = round(people * share * random.uniform(0.8, 1.2))
    for code, (of, each) in EACH.items():
        totals[code] = totals[of] * each
    for code, total in totals.items():
        yield code, total
        for name, table in MEASURES[code].tables.items():
            for value, count in _divided(random, centre, name, table, total).items():
                yield f"{code}.{name}.{value}", count
    weeks = Counter(min(40, round(random.gammavariate(3, 4))) for _each in range(totals["places"]))
    yield from ((f"{WAITED}.{week:03}", count) for week, count in weeks.items())
    yield "room_minutes", totals["rooms"] * 120
    yield "licence_minutes", totals["licences"] * 90


def _divided(random: Random, centre: Centre, name: str, table: Table, total: int) -> dict[str, int]:
    values = (
        [place.number for place in centre.municipalities.all()]
        if name == "municipality"
        else [value for value, _words in table.parts()]
    )
    if not values:
        return {}
    weights = [random.uniform(0.5, 1) * 0.8**place for place in range(len(values))]
    said = sum(random.random() > REST.get(name, NOT_SAID) for _each in range(total))
    return Counter(random.choices(values, weights, k=said))


def _rows(centre: Centre, half_year: HalfYear, counts: Counter[str]) -> Sequence[Tally]:
    return [
        Tally(
            centre=centre,
            first_day=half_year.first_day,
            measure=key.partition(".")[0],
            value=key.partition(".")[2],
            count=count,
        )
        for key, count in counts.items()
        if count
    ]
