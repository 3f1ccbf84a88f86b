"""The open numbers: the same for everybody, and the same as in every report."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from centres.models import Centre
from groups.models import StatisticsSnapshot
from groups.states import StatisticsScope
from groups.statistics import charts, report
from groups.statistics.half_years import HalfYear
from linkcenter.spreadsheets import csv_file

SHOWN = 4  # half-years
IN_SHORT = ("enquiries", "registrations", "talks", "places", "started", "running", "events")
CURVES = ("registrations", "places")
BESIDE = ("registrations", "places", "running")
DIVIDED = (  # the other tables are in the file
    "enquiries.channel",
    "enquiries.kind",
    *(f"registrations.{table}" for table in ("heard_from", "role", "gender", "age", "theme")),
)


@require_safe
def country(request: HttpRequest) -> HttpResponse:
    """The country, and the latest of each centre."""
    told = report.latest(half_years=SHOWN)
    context = _numbers(told, StatisticsScope.COUNTRY)
    if told:
        context["centres"] = [
            (each, [counts.get(code, 0) for code in BESIDE])
            for each, counts in report.centres_in(HalfYear(told[0].first_day))
        ]
    context["file"] = reverse("groups:statistics-file")
    return render(request, "groups/statistics.html", context)


@require_safe
def centre(request: HttpRequest, slug: str) -> HttpResponse:
    """One centre."""
    found = get_object_or_404(Centre, slug=slug)
    told = list(report.of_scope(StatisticsScope.CENTRE, str(found.pk))[:SHOWN])
    context = _numbers(told, StatisticsScope.CENTRE) | {
        "centre": found,
        "file": reverse("groups:statistics-centre-file", args=[slug]),
    }
    return render(request, "groups/statistics.html", context)


@require_safe
def country_file(request: HttpRequest) -> HttpResponse:
    """Every half-year of the country, for a spreadsheet."""
    return _file(list(report.of_scope(StatisticsScope.COUNTRY)), StatisticsScope.COUNTRY, "norge")


@require_safe
def centre_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Every half-year of a centre, for a spreadsheet."""
    found = get_object_or_404(Centre, slug=slug)
    told = list(report.of_scope(StatisticsScope.CENTRE, str(found.pk)))
    return _file(told, StatisticsScope.CENTRE, slug)


def _numbers(latest_first: list[StatisticsSnapshot], scope: StatisticsScope) -> dict[str, Any]:
    told = latest_first[::-1]
    if not told:
        return {}
    half_years = [HalfYear(each.first_day) for each in told]
    counts = [each.counts for each in told]
    curves = report.overview(counts, CURVES)
    return {
        "half_years": half_years,
        "latest": half_years[-1],
        "lines": report.overview(counts, IN_SHORT),
        "trend": charts.trend(
            [str(each) for each in half_years], [(line.words, line.numbers) for line in curves]
        ),
        "sections": list(report.sections(counts[-1:], scope=scope, only=DIVIDED)),
        "bar": charts.BAR,
    }


def _file(told: list[StatisticsSnapshot], scope: StatisticsScope, name: str) -> HttpResponse:
    told.reverse()
    columns = [HalfYear(each.first_day).in_full for each in told]
    sections = list(report.sections([each.counts for each in told], scope=scope)) if told else []
    return csv_file(report.lines(columns, sections), name=_("numbers") + f"-{name}")
