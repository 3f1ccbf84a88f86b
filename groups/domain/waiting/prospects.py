"""What somebody who waits can be told: how long it has taken others, and what stands in the way.

Nothing here names anybody, and no number from 1 to 4 is told.
"""

from collections import Counter
from collections.abc import Sequence
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
EITHER = "either"  # of GroupKind and of MeetingFormat
OTHER: dict[str, str] = {
    GroupKind.SOCIAL: GroupKind.SELF_HELP,
    GroupKind.SELF_HELP: GroupKind.SOCIAL,
    MeetingFormat.PHYSICAL: MeetingFormat.DIGITAL,
    MeetingFormat.DIGITAL: MeetingFormat.PHYSICAL,
}

Other = tuple[list[str], str, str]  # when they can, format, kind


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
        is_newcomer=False,  # they came to a group that had started
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
    """Whether some others want much the same at the person's own times, and at which they could.

    Where there are none at any time: the kind or the format that some meet in at the person's own.
    """

    some_at_own_times: bool
    some_with: tuple[str, ...]  # parts of the week that are not the person's, such as "tue-evening"
    some_if: str = ""  # of GroupKind or MeetingFormat, such as "digital"


def in_the_way(registration: Registration, *, today: date) -> InTheWay:
    """What a person who waits can do to have a group sooner. One query, whoever waits."""
    others = list(_who_fit(registration, today=today).values_list("availability", "format", "kind"))
    counts = _at_slots(others, registration.format, registration.kind)
    own = set(registration.availability)
    further = [slot for slot in WEEK_SLOTS if slot not in own and counts[slot] >= SOME]
    further.sort(key=lambda slot: (-counts[slot], WEEK_SLOTS.index(slot)))
    at_own_times = any(counts[slot] >= SOME for slot in own)
    return InTheWay(
        some_at_own_times=at_own_times,
        some_with=tuple(further[:MOST_SUGGESTED]),
        some_if="" if at_own_times or further else _some_if(registration, others),
    )


def _some_if(registration: Registration, others: Sequence[Other]) -> str:
    """The other kind, or else the other format, if some have it at the person's own times."""
    kind, format = OTHER.get(registration.kind), OTHER.get(registration.format)
    for other, counts in (
        (kind, _at_slots(others, registration.format, kind)),
        (format, _at_slots(others, format, registration.kind)),
    ):
        if other and any(counts[slot] >= SOME for slot in registration.availability):
            return str(other)
    return ""


def _at_slots(others: Sequence[Other], format: str | None, kind: str | None) -> Counter[str]:
    """How many of the others could come at each part of the week."""
    return Counter(
        slot
        for times, their_format, their_kind in others
        if EITHER in (format, their_format) or format == their_format
        if EITHER in (kind, their_kind) or kind == their_kind
        for slot in times
    )


def _who_fit(registration: Registration, *, today: date) -> QuerySet[Registration]:
    """The others at the centre who wait, and differ in time, format and kind at most.

    Each rule is the matcher's own, for two people: role, language, theme, gender and age. Pairs to
    be kept apart are counted like others, so that nothing said here tells of them.
    """
    person = registration.participant
    waiting = waiting_without_seat(person.centre, today=today)
    return waiting.exclude(pk=registration.pk).filter(
        _theme(registration),
        _gender(registration),
        _age(registration, today=today),
        role=registration.role,
        languages__overlap=registration.languages,
    )


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
