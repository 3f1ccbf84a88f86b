"""Whether a centre is open at a given moment, and when it opens next.

A dated exception wins over a public holiday, and both win over the ordinary week. All spans are on
the clock in Norway, whatever the server's zone.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet
from django.utils import timezone
from django.utils.functional import Promise

from centres.models import Centre, OpeningException, OpeningHours
from centres.models.rows import rows, typed
from centres.states import CentreStatus, HoursKind
from linkcenter.database.prepared import Given

from .public_holidays import public_holiday

LOOK_AHEAD = timedelta(days=120)  # longer than any summer holiday
ANNOUNCE = timedelta(days=45)  # how early the page tells of other hours

# Somebody is there, or picks up the telephone. Hours by appointment open no door.
STAFFED = (HoursKind.DROP_IN, HoursKind.PHONE)


@dataclass(frozen=True, order=True)
class Span:
    """From when to when on one day, and in which way the centre can be reached then."""

    opens: time
    closes: time
    kind: str = HoursKind.DROP_IN

    @property
    def kind_label(self) -> str | Promise:
        return HoursKind(self.kind).label


@dataclass(frozen=True)
class Day:
    """The hours of one date, and the reason if they are not those of an ordinary week."""

    date: date
    spans: tuple[Span, ...]
    reason: str | Promise = ""


@dataclass(frozen=True)
class Period:
    """Days in a row with other hours than usual; no spans means closed."""

    first: date
    last: date
    spans: tuple[Span, ...]
    reason: str | Promise = ""


@dataclass(frozen=True)
class OpeningStatus:
    """What a reader wants to know at one moment.

    ``kind`` is how the centre can be reached until ``until``. When it is closed, ``next_opens`` is
    the next moment it can be reached, and ``reason`` says why today is not an ordinary day. A
    centre without any hours is ``is_known`` no: it may well be open, but nobody has told when.
    """

    is_open: bool
    is_known: bool = True
    kind: str = ""
    until: datetime | None = None
    next_opens: datetime | None = None
    next_kind: str = ""
    reason: str | Promise = ""


def with_timetables(
    centres: QuerySet[Centre], *, today: date | Given | None = None
) -> QuerySet[Centre]:
    """The same centres with hours and exceptions read in the same query."""
    hours = OpeningHours.objects.filter(centre=OuterRef("pk"))
    exceptions = OpeningException.objects.filter(
        centre=OuterRef("pk"), last_date__gte=today or timezone.localdate()
    )
    return centres.annotate(
        hours_rows=rows(hours, "weekday", "opens", "closes", "kind"),
        exception_rows=rows(
            exceptions,
            *("first_date", "last_date", "opens", "closes", "kind"),
            *("reason_nb", "reason_nn", "reason_en"),
        ),
    )


def opening_status(centre: Centre, now: datetime | None = None) -> OpeningStatus:
    """Whether ``centre`` can be visited or rung at ``now``, until when, and when it opens next.

    Only a centre whose status is open can be open. Spans that touch count as one.
    """
    moment = timezone.localtime(now or timezone.now())
    timetable = _Timetable(centre)
    if centre.status != CentreStatus.OPEN:
        return OpeningStatus(is_open=False)
    if not timetable.has_hours:
        return OpeningStatus(is_open=False, is_known=False)
    today = timetable.day(moment.date())
    span = _span_at(today.spans, moment.time())
    if span is not None:
        until = _moment(today.date, _end_of_run(today.spans, span))
        return OpeningStatus(is_open=True, kind=span.kind, until=until)
    following = _next_span(timetable, moment)
    return OpeningStatus(
        is_open=False,
        next_opens=_moment(following[0], following[1].opens) if following else None,
        next_kind=following[1].kind if following else "",
        reason="" if today.spans else today.reason,
    )


def hours_on(centre: Centre, day: date) -> Day:
    """The hours of ``centre`` on one date, with the reason where they are not the usual ones."""
    return _Timetable(centre).day(day)


def ordinary_week(centre: Centre) -> list[tuple[Span, ...]]:
    """The spans of each weekday from Monday on; an empty list if there are none at all."""
    timetable = _Timetable(centre)
    if not any(timetable.week):
        return []
    return timetable.week


def special_periods(centre: Centre, *, today: date | None = None) -> list[Period]:
    """What soon differs from the ordinary week: exceptions, and holidays that fall on hours.

    Told some weeks ahead, in the order of the calendar. Nothing for a centre without hours.
    """
    today = today or timezone.localdate()
    timetable = _Timetable(centre)
    if not timetable.has_hours:
        return []
    periods = {
        (found.first_date, found.last_date)
        for found in timetable.exceptions
        if found.last_date >= today and found.first_date <= today + ANNOUNCE
    }
    days = [today + timedelta(days=ahead) for ahead in range(ANNOUNCE.days + 1)]
    periods |= {
        (day, day) for day in days if timetable.week[day.weekday()] and timetable.is_holiday(day)
    }
    return [
        Period(first, last, timetable.day(first).spans, timetable.day(first).reason)
        for first, last in sorted(periods)
    ]


@dataclass(frozen=True)
class _Exception:
    first_date: date
    last_date: date
    reason: str
    span: Span | None


class _Timetable:
    """All that the database says about a centre's hours, from its annotations or its rows."""

    def __init__(self, centre: Centre) -> None:
        self.week: list[tuple[Span, ...]] = [()] * 7
        hours = getattr(centre, "hours_rows", None)
        rows: Iterable[Mapping[str, Any]] = (
            centre.opening_hours.values() if hours is None else hours
        )
        for row in rows:
            self.week[row["weekday"]] = tuple(sorted((*self.week[row["weekday"]], _span(row))))
        self.exceptions = list(_exceptions(centre))

    @property
    def has_hours(self) -> bool:
        return any(self.week) or any(found.span for found in self.exceptions)

    def _exceptions_on(self, day: date) -> list[_Exception]:
        return [each for each in self.exceptions if each.first_date <= day <= each.last_date]

    def is_holiday(self, day: date) -> bool:
        """Whether ``day`` is a public holiday that no exception speaks of."""
        return public_holiday(day) is not None and not self._exceptions_on(day)

    def day(self, day: date) -> Day:
        found = self._exceptions_on(day)
        if found:
            spans = tuple(sorted(each.span for each in found if each.span is not None))
            return Day(day, spans, next((each.reason for each in found if each.reason), ""))
        holiday = public_holiday(day)
        if holiday is not None:
            return Day(day, (), holiday)
        return Day(day, self.week[day.weekday()])


def _exceptions(centre: Centre) -> Iterator[_Exception]:
    rows: Iterable[OpeningException]
    fetched = getattr(centre, "exception_rows", None)
    if fetched is None:
        rows = centre.opening_exceptions.all()
    else:
        rows = (OpeningException(**typed(OpeningException, row)) for row in fetched)
    for row in rows:
        span = None
        if row.opens is not None and row.closes is not None:
            span = Span(row.opens, row.closes, row.kind)
        yield _Exception(row.first_date, row.last_date, row.reason or "", span)


def _span(row: Mapping[str, Any]) -> Span:
    return Span(_time(row["opens"]), _time(row["closes"]), row["kind"])


def _time(value: time | str) -> time:
    return value if isinstance(value, time) else time.fromisoformat(value)


def _moment(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))


def _span_at(spans: Iterable[Span], clock: time) -> Span | None:
    """The staffed span at ``clock``; where the door and the telephone are both open, the door."""
    open_now = [s for s in spans if s.kind in STAFFED and s.opens <= clock < s.closes]
    return min(open_now, key=lambda span: STAFFED.index(HoursKind(span.kind)), default=None)


def _end_of_run(spans: tuple[Span, ...], span: Span) -> time:
    closes = span.closes
    for later in spans:
        if later.kind == span.kind and later.opens == closes:
            closes = later.closes
    return closes


def _next_span(timetable: _Timetable, moment: datetime) -> tuple[date, Span] | None:
    for ahead in range(LOOK_AHEAD.days):
        day = timetable.day(moment.date() + timedelta(days=ahead))
        for span in day.spans:
            if span.kind in STAFFED and (ahead or span.opens > moment.time()):
                return day.date, span
    return None
