"""What somebody who waits can be told: how long it has taken others, and what stands in the way.

Nothing here names anybody, and no number from 1 to 4 is told.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import quantiles

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from centres.models import Centre
from centres.week import WEEK_SLOTS
from groups.match_input import AGE_BANDS, band_of, waiting_without_seat
from groups.models import Seat
from groups.states import SeatEndReason, SeatState
from participants.models import Registration
from participants.states import Gender, GenderWish, GroupKind, MeetingFormat

YEARS_BACK = timedelta(days=2 * 365)
FEWEST_TO_TELL_OF = 10
SOME = 5  # fewer are "few": how many is not told
MOST_SUGGESTED = 2


@dataclass(frozen=True)
class WaitBand:
    """Weeks from registering to the first meeting, of those whose groups have started."""

    shortest: int  # a quarter waited no longer
    middle: int
    longest: int  # three quarters waited no longer


def wait_band(centre: Centre, *, today: date) -> WaitBand | None:
    """How long the people of the groups that started in the last two years had waited.

    None if they are fewer than ten. Who has stopped before, or waits still, is not counted.
    """
    stayed = Q(end_reason=SeatEndReason.LEFT, ended_at__date__gte=F("group__started_on"))
    members = Seat.objects.filter(
        Q(state=SeatState.YES) | stayed,
        group__centre=centre,
        group__started_on__range=(today - YEARS_BACK, today),
    )
    waits = [
        (started - timezone.localdate(registered)).days
        for started, registered in members.values_list(
            "group__started_on", "registration__registered_at"
        )
        if started
    ]
    if len(waits) < FEWEST_TO_TELL_OF:
        return None
    return WaitBand(*(max(1, round(days / 7)) for days in quantiles(waits, n=4)))


@dataclass(frozen=True)
class InTheWay:
    """Whether some others want much the same at the person's own times, and at which they could."""

    some_at_own_times: bool
    some_with: tuple[str, ...]  # parts of the week that are not the person's, such as "tue-evening"


def in_the_way(registration: Registration, *, today: date) -> InTheWay:
    """What a person who waits can do to have a group sooner. One query, whoever waits."""
    counts = Counter(
        slot
        for times in _who_fit(registration, today=today).values_list("availability", flat=True)
        for slot in times
    )
    own = set(registration.availability)
    others = [slot for slot in WEEK_SLOTS if slot not in own and counts[slot] >= SOME]
    others.sort(key=lambda slot: (-counts[slot], WEEK_SLOTS.index(slot)))
    return InTheWay(
        some_at_own_times=any(counts[slot] >= SOME for slot in own),
        some_with=tuple(others[:MOST_SUGGESTED]),
    )


def _who_fit(registration: Registration, *, today: date) -> QuerySet[Registration]:
    """The others at the centre who wait, and could be in one group with the person but for time.

    Each rule is the matcher's own, for two people: format, kind, role, language, theme, gender
    and age.
    """
    person = registration.participant
    waiting = waiting_without_seat(person.centre, today=today)
    return waiting.exclude(pk=registration.pk).filter(
        _same(MeetingFormat, "format", registration.format),
        _same(GroupKind, "kind", registration.kind),
        _theme(registration),
        _gender(registration),
        _age(registration, today=today),
        role=registration.role,
        languages__overlap=registration.languages,
    )


def _same(choices: type[MeetingFormat] | type[GroupKind], name: str, mine: str) -> Q:
    either = choices.EITHER
    return Q() if mine == either else Q(**{f"{name}__in": [mine, either]})


def _theme(registration: Registration) -> Q:
    shared = Registration.themes.through.objects.filter(theme__in=registration.themes.all())
    found = Q(pk__in=shared.values("registration"))
    return found | Q(any_theme=True) if registration.any_theme else found


def _gender(registration: Registration) -> Q:
    mine, wish = registration.participant.gender, registration.gender_wish
    mixed = Q(gender_wish=GenderWish.ANY) if wish == GenderWish.ANY else Q(pk__in=[])
    for gender, alone in ((Gender.WOMAN, GenderWish.WOMEN), (Gender.MAN, GenderWish.MEN)):
        if mine == gender and wish in (GenderWish.ANY, alone):
            mixed |= Q(participant__gender=gender, gender_wish__in=[GenderWish.ANY, alone])
    return mixed


def _age(registration: Registration, *, today: date) -> Q:
    year = registration.participant.birth_year
    band = band_of(None if year is None else today.year - year)
    no_wish = Q(age_near_mine=False) | Q(participant__birth_year__isnull=True)
    if band is None:
        return no_wish
    youngest, oldest = AGE_BANDS[band]
    in_band = Q(participant__birth_year__range=(today.year - oldest, today.year - youngest))
    return in_band if registration.age_near_mine else no_wish | in_band
