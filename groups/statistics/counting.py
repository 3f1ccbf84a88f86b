"""Counting, from the rows there are, what each centre did in a half-year."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from centres.models import Booking, Enquiry, Event, Key
from centres.states import KeyActivity, VenueKind
from groups.match_input import band_of
from groups.models import Initiator, Seat, SelfHelpGroup
from groups.states import SeatActivity, SeatEndReason
from groups.statistics.half_years import HalfYear
from linkcenter.models import Activity
from participants.models import Participant, Registration, Talk
from participants.states import (
    CloseReason,
    PersonActivity,
    RegistrationState,
    TalkKind,
    TalkOutcome,
)

Counts = Counter[str]  # by key: "registrations", "registrations.gender.woman"
Counted = tuple[int, Sequence[str], int]  # the centre, the keys, how many

HELD = Q(state=RegistrationState.HELD)
DUPLICATE = Q(close_reason=CloseReason.DUPLICATE)
WAITED = "waited"  # weeks that somebody with a place had waited; never told by itself


def contributions(
    half_year: HalfYear, *, participant: Participant | None = None
) -> dict[int, Counts]:
    """What is counted at each centre in ``half_year``; of one person alone, if one is given.

    Neither what looked like a program's nor whoever registered twice is counted, and who moved
    from another centre is counted where they came first.
    """
    found: dict[int, Counts] = defaultdict(Counter)
    of_people = _of_people(half_year, participant)
    for centre, keys, count in of_people if participant else (*of_people, *_of_houses(half_year)):
        if centre is not None:
            for key in keys:
                found[centre][key] += count
    return found


def _within(half_year: HalfYear, field: str) -> dict[str, datetime]:
    return {f"{field}__gte": half_year.begins_at, f"{field}__lt": half_year.next.begins_at}


def _keys(measure: str, **parts: str | int | None) -> list[str]:
    """The key of the measure, and of each part that is known."""
    return [measure, *(f"{measure}.{table}.{value}" for table, value in parts.items() if value)]


def _of_people(half_year: HalfYear, participant: Participant | None) -> Iterator[Counted]:
    mine = {"participant": participant} if participant else {}
    theirs = {"registration__participant": participant} if participant else {}
    came = _registered(half_year).filter(**mine)
    yield from _registrations(half_year, came)
    for centre, theme in came.filter(themes__isnull=False).values_list(
        "participant__centre", "themes__slug"
    ):
        yield centre, [f"registrations.theme.{theme}"], 1

    talks = Talk.objects.filter(**_within(half_year, "at"), **theirs).exclude(
        Q(kind=TalkKind.TRIED) | Q(outcome=TalkOutcome.NO_ANSWER)
    )
    for centre, outcome in talks.values_list("registration__participant__centre", "outcome"):
        yield centre, _keys("talks", outcome=outcome), 1

    closed = Registration.objects.filter(**_within(half_year, "closed_at"), **mine)
    for centre, reason in closed.exclude(DUPLICATE).values_list(
        "participant__centre", "close_reason"
    ):
        yield centre, _keys("closed", reason=reason), 1

    seats = Seat.objects.filter(**theirs)
    at = "registration__participant__centre"
    for centre in seats.filter(**_within(half_year, "asked_at")).values_list(at, flat=True):
        yield centre, ["asked"], 1
    said_no = seats.filter(**_within(half_year, "ended_at"), end_reason=SeatEndReason.NO)
    for centre, reason in said_no.values_list(at, "no_reason"):
        yield centre, _keys("no", reason=reason), 1
    yield from _places(half_year, theirs)


def _registered(half_year: HalfYear) -> Any:
    moved_here = Activity.objects.filter(
        registration=OuterRef("pk"), what=PersonActivity.MOVED_HERE
    )
    rows = Registration.objects.filter(**_within(half_year, "registered_at"))
    return rows.exclude(HELD | DUPLICATE).filter(~Exists(moved_here)).order_by()


def _registrations(half_year: HalfYear, came: Any) -> Iterator[Counted]:
    for centre, channel, heard_from, role, gender, birth_year, municipality in came.values_list(
        *("participant__centre", "channel", "heard_from", "role", "participant__gender"),
        *("participant__birth_year", "participant__municipality"),
    ).iterator():
        yield (
            centre,
            _keys(
                "registrations",
                channel=channel,
                heard_from=heard_from,
                role=role,
                gender=gender,
                age=band_of(None if birth_year is None else half_year.year - birth_year),
                municipality=municipality,
            ),
            1,
        )


def _places(half_year: HalfYear, theirs: dict[str, Any]) -> Iterator[Counted]:
    placed = Activity.objects.filter(
        **_within(half_year, "at"), what=SeatActivity.PLACED, registration__isnull=False, **theirs
    )
    at = "registration__participant"
    for centre, municipality, registered_at, placed_at in placed.values_list(
        f"{at}__centre", f"{at}__municipality", "registration__registered_at", "at"
    ):
        weeks = max(0, (placed_at - registered_at).days // 7)
        keys = _keys("places", municipality=municipality)
        yield centre, [*keys, f"{WAITED}.{weeks:03}"], 1


def _of_houses(half_year: HalfYear) -> Iterator[Counted]:
    enquiries = Enquiry.objects.filter(**_within(half_year, "created_at"))
    for centre, channel, kind, municipality in enquiries.values_list(
        "centre", "channel", "kind", "municipality"
    ):
        yield centre, _keys("enquiries", channel=channel, kind=kind, municipality=municipality), 1

    events = Event.objects.filter(
        Q(published=True) | Q(came__isnull=False),
        **_within(half_year, "starts_at"),
        cancelled_at__isnull=True,
    )
    for centre, kind, came in events.values_list("centre", "kind", "came"):
        yield centre, _keys("events", kind=kind), 1
        yield centre, ["came"], came or 0
    yield from _groups(half_year)
    yield from _bookings(half_year)
    yield from _keys_lent(half_year)
    yield from _initiators(half_year)


def _groups(half_year: HalfYear) -> Iterator[Counted]:
    begun = SelfHelpGroup.objects.filter(started_on__lte=half_year.last_day)
    for centre in begun.filter(started_on__gte=half_year.first_day).values_list(
        "centre", flat=True
    ):
        yield centre, ["started"], 1
    for centre, reason in begun.filter(ended_on__range=half_year.days).values_list(
        "centre", "end_reason"
    ):
        yield centre, _keys("ended", reason=reason), 1
    # One on a break is not counted. So what runs is never what ran before and began, less what
    # ended, and none of the three follows from the others.
    last = half_year.last_day
    on_a_break = Q(paused_from__lte=last, paused_until__gt=last)
    running = begun.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=last)).exclude(on_a_break)
    for centre in running.values_list("centre", flat=True):
        yield centre, ["running"], 1


def _bookings(half_year: HalfYear) -> Iterator[Counted]:
    bookings = (
        Booking.objects.taking_the_venue()
        .filter(span__startswith__gte=half_year.begins_at)
        .filter(span__startswith__lt=half_year.next.begins_at)
        .annotate(
            at=Coalesce("venue__centre", "slot__centre", "event__centre"),
            tenant=Coalesce("slot__holder", "holder"),
        )
        .values_list("at", "venue__kind", "span", "slot", "tenant", "event", "held", "head_count")
        .order_by()
    )
    for centre, kind, span, slot, tenant, event, held, heads in bookings.iterator():
        what = "rooms" if kind == VenueKind.ROOM else "licences"
        holder = "lent" if tenant else "event" if event else "group"
        yield centre, _keys(what, holder=holder), 1
        minutes = (span.upper - span.lower).total_seconds() / 60
        yield centre, [f"{what.removesuffix('s')}_minutes"], round(minutes)
        if held and slot and not tenant and heads is not None:
            yield centre, ["meetings"], 1
            yield centre, ["heads"], heads


def _keys_lent(half_year: HalfYear) -> Iterator[Counted]:
    lent = Activity.objects.filter(
        **_within(half_year, "at"),
        what=KeyActivity.LENT,
        subject_type=ContentType.objects.get_for_model(Key),
    )
    for centre in lent.values_list("key__venue__centre", flat=True):
        yield centre, ["keys"], 1


def _initiators(half_year: HalfYear) -> Iterator[Counted]:
    for initiator in Initiator.objects.filter(trained_on__lte=half_year.last_day):
        yield from of_initiator(half_year, initiator)


def of_initiator(half_year: HalfYear, initiator: Initiator) -> Iterator[Counted]:
    """What one initiator counts for: trained in the half-year, and active on its last day."""
    last = half_year.last_day
    if initiator.trained_on is None or initiator.trained_on > last:
        return
    if initiator.trained_on >= half_year.first_day:
        yield initiator.centre_id, ["trained"], 1
    stopped = initiator.inactive_since
    if initiator.agreement_on and (initiator.active or (stopped is not None and stopped > last)):
        yield initiator.centre_id, ["active"], 1


def weeks_waited(counts: Iterable[tuple[str, int]]) -> list[int]:
    """The weeks of each who got a place, the shortest first."""
    weeks = sorted(
        (int(key.removeprefix(f"{WAITED}.")), count)
        for key, count in counts
        if key.startswith(f"{WAITED}.")
    )
    return [week for week, count in weeks for _each in range(count)]


def hours(counts: Counts) -> None:
    """Add whole hours, of the minutes that were counted."""
    for what in ("room", "licence"):
        counts[f"{what}_hours"] = counts[f"{what}_minutes"] // 60
