"""Opening hours as plain data, for programs: the same that the centre's page says in words."""

from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import override

from centres.domain.hours.opening import Span, ordinary_week, special_periods
from centres.models import Centre
from centres.week import WEEKDAYS


def hours_data(centre: Centre, *, today: date) -> dict[str, Any]:
    """The ordinary week of ``centre``, and what soon differs, with reasons in each language.

    The clock is that of ``time_zone``. A period without spans is closed. Without any hours
    ``is_known`` is false: the centre may well be open, but nobody has told when.
    """
    week = ordinary_week(centre)
    in_each = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            in_each[language] = [
                (period, str(period.reason)) for period in special_periods(centre, today=today)
            ]
    first, *_others = in_each.values()
    return {
        "time_zone": settings.TIME_ZONE,
        "is_known": bool(week) or bool(first),
        "week": [
            {"weekday": weekday, **_span(span)}
            for weekday, spans in zip(WEEKDAYS, week, strict=False)
            for span in spans
        ],
        "exceptions": [
            {
                "first_date": period.first.isoformat(),
                "last_date": period.last.isoformat(),
                "spans": [_span(span) for span in period.spans],
                "reason": {
                    language: found[number][1]
                    for language, found in in_each.items()
                    if found[number][1]
                },
            }
            for number, (period, _reason) in enumerate(first)
        ],
    }


def _span(span: Span) -> dict[str, str]:
    return {
        "kind": span.kind,
        "opens": f"{span.opens:%H:%M}",
        "closes": f"{span.closes:%H:%M}",
    }
