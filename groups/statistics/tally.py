"""What people who are deleted still count in half-years that are not told yet."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import F, Min
from django.utils import timezone

from centres.models import Enquiry
from groups.models import Initiator, StatisticsSnapshot, Tally
from groups.states import StatisticsScope
from groups.statistics.counting import contributions, of_initiator
from groups.statistics.half_years import HalfYear, half_years
from linkcenter.database.statements import stand_in_line
from linkcenter.personal_data.register import register
from participants.models import Participant, Registration

LOCK = 7_106_155  # any number that nothing else locks


def lock() -> None:
    """Wait for whoever is telling or deleting: nobody is counted twice, or not at all, between."""
    stand_in_line(LOCK)


def not_told_yet(first: date) -> list[HalfYear]:
    """The half-years from ``first`` until today whose numbers are still open."""
    told = set(
        StatisticsSnapshot.objects.filter(scope=StatisticsScope.COUNTRY).values_list(
            "first_day", flat=True
        )
    )
    return [each for each in half_years(first, timezone.localdate()) if each.first_day not in told]


def first_day_of_use() -> date | None:
    """When the first person came or wrote whom anything is known of; None if nobody has yet."""
    came = Registration.objects.aggregate(at=Min("registered_at"))["at"]
    wrote = Enquiry.objects.aggregate(at=Min("created_at"))["at"]
    gone = Tally.objects.aggregate(day=Min("first_day"))["day"]
    days = [timezone.localdate(at) for at in (came, wrote) if at]
    return min([*days, *([gone] if gone else [])], default=None)


@register.when_erased
def keep_counting(participant: Participant) -> None:
    """Add to the sums what ``participant``, who is being deleted, contributed."""
    mine = Registration.objects.filter(participant=participant)
    first = mine.aggregate(at=Min("registered_at"))["at"]
    if first is None:
        return
    lock()
    for half_year in not_told_yet(timezone.localdate(first)):
        for centre, counts in contributions(half_year, participant=participant).items():
            add(centre, half_year, counts.items())


@transaction.atomic
def delete_initiator(initiator: Initiator) -> None:
    """The initiator is deleted, and still counted where they count in a half-year not told yet."""
    if initiator.trained_on:
        lock()
        for half_year in not_told_yet(initiator.trained_on):
            for centre, keys, count in of_initiator(half_year, initiator):
                add(centre, half_year, [(key, count) for key in keys])
    initiator.delete()


def add(centre: int, half_year: HalfYear, counts: Iterable[tuple[str, int]]) -> None:
    """Each sum is as much larger. Counts are by key, such as "registrations.gender.woman"."""
    for key, count in counts:
        measure, _dot, value = key.partition(".")
        row, is_new = Tally.objects.get_or_create(
            centre_id=centre,
            first_day=half_year.first_day,
            measure=measure,
            value=value,
            defaults={"count": count},
        )
        if not is_new:
            Tally.objects.filter(pk=row.pk).update(count=F("count") + count)


def tallied(half_year: HalfYear) -> Iterable[tuple[int, str, int]]:
    """Centre, key and sum of each."""
    for row in Tally.objects.filter(first_day=half_year.first_day):
        key = f"{row.measure}.{row.value}" if row.value else row.measure
        yield row.centre_id, key, row.count
