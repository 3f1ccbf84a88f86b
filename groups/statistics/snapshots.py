"""Telling the numbers of a half-year, once and for good."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from statistics import median_low

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from centres.models import Centre, Partnership
from centres.states import CentreStatus, PartnerRole
from groups.models import StatisticsSnapshot, Tally
from groups.states import StatisticsScope
from groups.statistics import tally
from groups.statistics.counting import Counts, contributions, hours, weeks_waited
from groups.statistics.half_years import HalfYear, half_years
from groups.statistics.measures import FEWEST_FOR_WAIT, WAIT, layouts
from groups.statistics.suppression import Told, tell_centre, tell_country, tell_sum

# Long enough to write down what was held before the turn, and before much is deleted.
TOLD_AFTER = timedelta(days=15)

OF_A_PLACE = ("enquiries", "registrations", "places")  # told by municipality


def freeze_closed(*, now: datetime | None = None) -> int:
    """Tell each half-year that is over since fifteen days and not told yet; returns how many."""
    now = now or timezone.now()
    first = tally.first_day_of_use()
    if first is None:
        return 0
    closed = half_years(first, timezone.localdate(now) - TOLD_AFTER)
    over = [each for each in closed if each.last_day + TOLD_AFTER <= timezone.localdate(now)]
    return sum(freeze(each, now=now) for each in over)


@transaction.atomic
def freeze(half_year: HalfYear, *, now: datetime | None = None) -> bool:
    """The numbers of ``half_year`` stand, for centres, municipalities, funders and the country.

    The sums of those who were deleted are gone after that. False if they stand already.
    """
    now = now or timezone.now()
    tally.lock()
    if is_told(half_year.first_day):
        return False
    counts = counted(half_year)
    # Every one that there may have been, whether or not anything is counted there: who is among
    # them must not depend on it.
    unused = [CentreStatus.PLANNED, CentreStatus.HISTORIC]
    pks = list(
        Centre.objects.exclude(status__in=unused).order_by("pk").values_list("pk", flat=True)
    )
    layout = layouts()
    told = {pk: _with_wait(tell_centre(counts[pk], layout), counts[pk]) for pk in pks}
    country = tell_country([counts[pk] for pk in pks], layout)
    if days := _wait_of_all(told.values()):
        country[WAIT] = days
    rows: list[tuple[str, str, Told]] = [(StatisticsScope.COUNTRY, "", country)]
    rows += [(StatisticsScope.CENTRE, str(pk), each) for pk, each in told.items()]
    rows += [
        (StatisticsScope.MUNICIPALITY, number, each)
        for number, each in _by_municipality(country).items()
    ]
    rows += [
        (StatisticsScope.FUNDER, str(funder), _together(told[pk] for pk in theirs if pk in told))
        for funder, theirs in _funded(half_year).items()
    ]
    StatisticsSnapshot.objects.bulk_create(
        StatisticsSnapshot(
            scope=scope,
            scope_key=key,
            first_day=half_year.first_day,
            counts=dict(sorted(each.items())),
            frozen_at=now,
        )
        for scope, key, each in rows
    )
    Tally.objects.filter(first_day=half_year.first_day).delete()
    return True


def is_told(first_day: date) -> bool:
    country = StatisticsSnapshot.objects.filter(scope=StatisticsScope.COUNTRY)
    return country.filter(first_day=first_day).exists()


def counted(half_year: HalfYear) -> Mapping[int, Counts]:
    """What each centre did, with what those who are deleted contributed. Never shown as it is."""
    counts: dict[int, Counts] = defaultdict(Counter)
    for centre, found in contributions(half_year).items():
        counts[centre].update(found)
    for centre, key, count in tally.tallied(half_year):
        counts[centre][key] += count
    for each in counts.values():
        hours(each)
    return counts


def _with_wait(told: Told, counts: Counts) -> Told:
    """With the median of the wait, where those who waited are ten or more in what is told."""
    weeks = weeks_waited(counts.items())
    if told.get("places", 0) < FEWEST_FOR_WAIT or not weeks:
        return told
    return told | {WAIT: 7 * median_low(weeks)}


def _wait_of_all(told: Iterable[Told]) -> int | None:
    """The middle of what the centres tell, each as often as it gave a place."""
    days = [each[WAIT] for each in told if WAIT in each for _place in range(each["places"])]
    return median_low(days) if days else None


def _together(told: Iterable[Told]) -> Told:
    each_told = list(told)
    days = _wait_of_all(each_told)
    total = {key: count for key, count in tell_sum(each_told).items() if key != WAIT}
    return total | {WAIT: days} if days else total


def _by_municipality(country: Told) -> dict[str, Told]:
    """What the country tells of each municipality."""
    found: dict[str, Told] = defaultdict(dict)
    for measure in OF_A_PLACE:
        begin = f"{measure}.municipality."
        for key, count in country.items():
            if key.startswith(begin):
                found[key.removeprefix(begin)][measure] = count
    return found


def _funded(half_year: HalfYear) -> dict[int, list[int]]:
    """The centres that each funder pays for in the year."""
    year = half_year.year
    found: dict[int, list[int]] = defaultdict(list)
    pays = Partnership.objects.filter(
        Q(from_year__isnull=True) | Q(from_year__lte=year),
        Q(to_year__isnull=True) | Q(to_year__gte=year),
        role=PartnerRole.FUNDER,
    )
    for funder, centre in pays.order_by("organisation", "centre").values_list(
        "organisation", "centre"
    ):
        found[funder].append(centre)
    return found
