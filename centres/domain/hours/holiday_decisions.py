"""Public holidays, looked through by staff before the public reads of them.

Holidays are computed, and close a centre by themselves. Staff say where it is otherwise: open as
usual, other hours, or closed on a day beside a holiday as well. What they say becomes exceptions
from the opening hours; where the computed day holds, there is none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import override

from centres.models import Centre, OpeningException
from centres.states import HolidayChoice, HoursKind

from .opening import Day, Span, hours_on, ordinary_week
from .public_holidays import SpecialDay, special_days

HORIZON = timedelta(days=425)  # fourteen months
EARLY = time(12)  # when many go home on the Wednesday before Easter


@dataclass(frozen=True)
class Decision:
    """What staff say of one day; ``span`` is there for own hours."""

    choice: str
    span: Span | None = None


@dataclass(frozen=True)
class Holiday:
    """A special day on which the centre would have been open: what holds, or is proposed."""

    special: SpecialDay
    usual: tuple[Span, ...]
    now: Day  # as the public reads it now
    decision: Decision | None  # none where a longer exception speaks for the day
    is_proposal: bool

    @property
    def day(self) -> date:
        return self.special.day

    @property
    def name(self) -> Promise:
        return self.special.name


def horizon(today: date) -> date:
    """The last day that is looked through on ``today``."""
    return today + HORIZON


def holidays_ahead(centre: Centre, *, today: date | None = None) -> list[Holiday]:
    """The special days of the coming fourteen months that fall on the centre's hours."""
    today = today or timezone.localdate()
    week = ordinary_week(centre)
    if not week:
        return []
    exceptions = list(centre.opening_exceptions.filter(last_date__gte=today))
    approved = centre.holidays_approved_until
    found = []
    for special in special_days(today, horizon(today)):
        usual = week[special.day.weekday()]
        rows = [row for row in exceptions if row.first_date <= special.day <= row.last_date]
        if not usual and not rows:
            continue
        is_looked_at = bool(rows) or (approved is not None and special.day <= approved)
        proposal = None if is_looked_at else _proposal(special, usual)
        found.append(
            Holiday(
                special=special,
                usual=usual,
                now=hours_on(centre, special.day),
                decision=proposal or _standing(special, usual, rows),
                is_proposal=proposal is not None,
            )
        )
    return found


@transaction.atomic
def decide_holidays(
    centre: Centre, decisions: Mapping[date, Decision], *, today: date | None = None
) -> int:
    """Let ``decisions`` hold, and note how far ahead the holidays have been looked through.

    Only days that :func:`holidays_ahead` lists and no longer exception speaks for. The same
    decisions twice change nothing. Tells on how many days the hours changed.
    """
    today = today or timezone.localdate()
    locked = Centre.objects.select_for_update().get(pk=centre.pk)
    changed = 0
    for holiday in holidays_ahead(locked, today=today):
        decision = decisions.get(holiday.day)
        if decision is None or holiday.decision is None:
            continue
        if decision == holiday.decision and not holiday.is_proposal:
            continue
        _write(locked, holiday.special, _spans(holiday, decision))
        changed += hours_on(locked, holiday.day).spans != holiday.now.spans
    locked.holidays_approved_until = centre.holidays_approved_until = horizon(today)
    locked.save(update_fields=["holidays_approved_until"])
    return changed


def _proposal(special: SpecialDay, usual: tuple[Span, ...]) -> Decision | None:
    """What most centres do on the days beside a holiday. A holiday itself is closed anyway."""
    if special.is_public:
        return None
    morning = usual[0]
    if special.day.month < 12 and morning.opens < EARLY < morning.closes:
        return Decision(HolidayChoice.OWN, Span(morning.opens, EARLY, morning.kind))
    return Decision(HolidayChoice.CLOSED)


def _standing(
    special: SpecialDay, usual: tuple[Span, ...], rows: list[OpeningException]
) -> Decision | None:
    if not rows:
        return Decision(HolidayChoice.CLOSED if special.is_public else HolidayChoice.USUAL)
    if any(row.first_date != row.last_date for row in rows):
        return None
    spans = tuple(
        sorted(
            Span(row.opens, row.closes, row.kind)
            for row in rows
            if row.opens is not None and row.closes is not None
        )
    )
    if not spans:
        return Decision(HolidayChoice.CLOSED)
    if spans == usual:
        return Decision(HolidayChoice.USUAL)
    return Decision(HolidayChoice.OWN, spans[0]) if len(spans) == 1 else None


def _spans(holiday: Holiday, decision: Decision) -> tuple[Span, ...] | None:
    """The spans of the exception that ``decision`` asks for; none where none is needed."""
    if decision.choice == HolidayChoice.OWN and decision.span is not None:
        return (decision.span,)
    if decision.choice == HolidayChoice.USUAL:
        return holiday.usual if holiday.special.is_public else None
    return None if holiday.special.is_public else ()


def _write(centre: Centre, special: SpecialDay, spans: tuple[Span, ...] | None) -> None:
    """Put the exceptions of one day in the place of those that were there."""
    centre.opening_exceptions.filter(first_date=special.day, last_date=special.day).delete()
    if spans is None:
        return
    about: dict[str, Any] = {"first_date": special.day, "last_date": special.day}
    for language, _name in settings.LANGUAGES:
        with override(language):
            about[f"reason_{language}"] = str(special.name)
    clocks: list[dict[str, Any]] = [
        {"opens": span.opens, "closes": span.closes, "kind": span.kind} for span in spans
    ]
    for clock in clocks or [{}]:
        OpeningException.objects.create(centre=centre, **about, **clock)


def own_span(holiday: Holiday, opens: time, closes: time) -> Span:
    """Own hours on that day, of the kind that the centre otherwise has then."""
    standing = holiday.decision.span if holiday.decision else None
    kinds = [span.kind for span in (standing, *holiday.usual) if span is not None]
    return Span(opens, closes, kinds[0] if kinds else HoursKind.DROP_IN)
