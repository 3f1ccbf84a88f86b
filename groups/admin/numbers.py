"""Reports of what was told, and who waits against what there is, for those who work here."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from centres.access import Scope, centres_of, request_scope
from centres.admin.scope import CentreScopedAdmin
from centres.models import Centre, Municipality, Organisation
from centres.states import PartnerRole
from groups.models import StatisticsSnapshot
from groups.states import StatisticsScope
from groups.statistics import charts, report
from groups.statistics.demand import demand_page
from groups.statistics.half_years import HalfYear
from linkcenter.admin.pages import StaffRequest, staff_page
from linkcenter.spreadsheets import csv_file

Choice = tuple[str, str]  # "centre:12" and its words
CURVES = ("registrations", "places")
LATEST = 4  # half-years in the picture


@admin.register(StatisticsSnapshot)
class NumbersAdmin(CentreScopedAdmin):
    """The yearly report in place of a list: nothing here is ever changed."""

    admin_site: Any

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request_scope(request).is_staff

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request_scope(request).is_staff

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return StatisticsSnapshot.objects.none()  # they are read in reports, and not by the row

    def get_urls(self) -> list[URLPattern]:
        begin, site = "groups_statisticssnapshot", self.admin_site
        return [
            path("", site.numbers_view(self.report_view), name=f"{begin}_changelist"),
            path("file/", site.numbers_view(self.file_view), name=f"{begin}_file"),
            path("demand/", site.admin_view(self.demand_view), name=f"{begin}_demand"),
            *super().get_urls(),
        ]

    def report_view(self, request: StaffRequest) -> HttpResponse:
        """A year of a centre, a municipality, a funder or the country."""
        groups = _choices(request_scope(request))
        chosen, words = _chosen(request, groups)
        scope, told, year = _told(request, chosen)
        in_order = told[:LATEST][::-1]
        curves = report.overview([each.counts for each in in_order], CURVES)
        times = [HalfYear(each.first_day) for each in in_order]
        context = {
            "has_permission": True,
            "title": _("Yearly report"),
            "is_staff": request_scope(request).is_staff,
            "groups": groups,
            "chosen": chosen,
            "words": words,
            "years": sorted({each.first_day.year for each in told}, reverse=True),
            "report": report.report(scope, told, year),
            "year": year,
            "today": timezone.localdate(),
            "trend": charts.trend(
                [str(each) for each in times], [(line.words, line.numbers) for line in curves]
            ),
        }
        return staff_page(self, request, "admin/groups/statisticssnapshot/report.html", context)

    def file_view(self, request: StaffRequest) -> HttpResponse:
        """The same numbers for a spreadsheet."""
        chosen, words = _chosen(request, _choices(request_scope(request)))
        scope, told, year = _told(request, chosen)
        found = report.report(scope, told, year)
        if found is None:
            raise Http404
        lines = report.lines(found.columns, found.sections)
        return csv_file(lines, name=f"{slugify(words)}-{year}")

    def demand_view(self, request: StaffRequest) -> HttpResponse:
        """Who waits and what there is for them, at one of the reader's centres."""
        own = centres_of(request.user).order_by("name")
        text = request.GET.get("centre", "")
        if text and not (text.isascii() and text.isdigit() and len(text) < 19):
            raise Http404
        centre = get_object_or_404(own, pk=int(text)) if text else own.first()
        if centre is None:
            raise Http404
        context = {
            "title": _("Who waits, and what there is"),
            "centre": centre,
            "tabs": [(each, f"?centre={each.pk}", each == centre) for each in own],
            "page": demand_page(centre, today=timezone.localdate()),
            "bar": charts.BAR,
        }
        return staff_page(self, request, "admin/groups/statisticssnapshot/demand.html", context)


def _choices(scope: Scope) -> list[tuple[str, list[Choice]]]:
    """What the reader may choose, under headings, what concerns them most first.

    That is what has to do with the own centres; or all, from the whole country on.
    """
    centres = Centre.objects.only("pk", "name")
    places = Municipality.objects.filter(
        number__in=_keys_told(StatisticsScope.MUNICIPALITY)
    ).order_by("name", "number")
    funders = Organisation.objects.filter(
        pk__in=[int(key) for key in _keys_told(StatisticsScope.FUNDER)]
    )
    if not scope.reads_numbers:
        own = scope.centre_ids
        centres = centres.filter(pk__in=own)
        places = places.filter(centres__in=own).distinct()
        funders = funders.filter(
            partnerships__centre__in=own, partnerships__role=PartnerRole.FUNDER
        ).distinct()
    else:
        told = [int(key) for key in _keys_told(StatisticsScope.CENTRE)]
        centres = centres.filter(pk__in=told)
    found = {
        _("Centres"): [(f"{StatisticsScope.CENTRE}:{each.pk}", str(each)) for each in centres],
        _("Municipalities"): [
            (f"{StatisticsScope.MUNICIPALITY}:{each.number}", each.name) for each in places
        ],
        _("Funders"): [(f"{StatisticsScope.FUNDER}:{each.pk}", str(each)) for each in funders],
    }
    everybody = {_("Everybody"): [(f"{StatisticsScope.COUNTRY}:", _("The whole country"))]}
    found = everybody | found if scope.reads_numbers else found | everybody
    return [(heading, choices) for heading, choices in found.items() if choices]


def _keys_told(scope: StatisticsScope) -> list[str]:
    told = StatisticsSnapshot.objects.filter(scope=scope).order_by()
    return list(told.values_list("scope_key", flat=True).distinct())


def _chosen(request: HttpRequest, groups: list[tuple[str, list[Choice]]]) -> Choice:
    """What the address names, of what the reader may choose; else the first."""
    choices = [choice for _heading, choices in groups for choice in choices]
    asked_for = request.GET.get("about", "")
    if not asked_for:
        return choices[0]
    found = next((choice for choice in choices if choice[0] == asked_for), None)
    if found is None:
        raise Http404
    return found


def _told(
    request: HttpRequest, chosen: str
) -> tuple[StatisticsScope, list[StatisticsSnapshot], int]:
    """About whom, what is told of it, and the year that the address names; else the last one."""
    scope, _colon, key = chosen.partition(":")
    told = list(report.of_scope(StatisticsScope(scope), key))
    last = told[0].first_day.year if told else timezone.localdate().year
    text = request.GET.get("year", "")
    if text and not (text.isascii() and text.isdigit() and len(text) == 4):
        raise Http404
    return StatisticsScope(scope), told, int(text) if text else last
