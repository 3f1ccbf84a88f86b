from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Case, F, Func, Q, Value, When
from django.utils.translation import gettext_lazy as _

from centres.states import HoursKind
from centres.week import WEEKDAY_NAMES

from .centre import Centre

WEEKDAY_CHOICES = list(enumerate(WEEKDAY_NAMES))


class ClockRange(Func):
    """Two times of day as a range, laid on a day that means nothing. Two nulls are a whole day."""

    template = "tsrange(%(expressions)s + '2000-01-01'::date)"
    arg_joiner = " + '2000-01-01'::date, "
    output_field = DateTimeRangeField()


class DayRange(Func):
    """The days from the first to the last, both counted."""

    template = "daterange(%(expressions)s, '[]')"
    output_field = DateRangeField()


class OpeningHours(models.Model):
    """A span of a weekday in which a centre can be visited, rung or met by appointment."""

    centre = models.ForeignKey(
        Centre, models.CASCADE, related_name="opening_hours", verbose_name=_("centre")
    )
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=WEEKDAY_CHOICES)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))
    kind = models.CharField(_("kind"), max_length=11, choices=HoursKind, default=HoursKind.DROP_IN)

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering = ["weekday", "opens", "kind"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens__lt=F("closes")),
                name="opening_hours_open_before_close",
                violation_error_message=_("Let it open before it closes."),
            ),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="opening_hours_weekday_known"),
            models.CheckConstraint(
                condition=Q(kind__in=HoursKind.values), name="opening_hours_kind_known"
            ),
            ExclusionConstraint(
                name="opening_hours_no_overlap",
                expressions=[
                    ("centre", RangeOperators.EQUAL),
                    ("weekday", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (ClockRange("opens", "closes"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Two spans of the same kind overlap on this weekday."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H.%M}–{self.closes:%H.%M}"


class OpeningException(models.Model):
    """Days on which a centre is closed, or keeps other hours than in an ordinary week.

    The days of an exception follow it alone, also on a public holiday.
    """

    centre = models.ForeignKey(
        Centre, models.CASCADE, related_name="opening_exceptions", verbose_name=_("centre")
    )
    first_date = models.DateField(_("first day"))
    last_date: Any = models.DateField(  # empty in the form means the first day
        _("last day"), blank=True, help_text=_("Leave it empty for a single day.")
    )
    opens = models.TimeField(
        _("opens"), null=True, blank=True, help_text=_("Leave both times empty for closed.")
    )
    closes = models.TimeField(_("closes"), null=True, blank=True)
    kind = models.CharField(
        _("kind"),
        max_length=11,
        choices=HoursKind,
        blank=True,
        help_text=_("Leave it empty for closed."),
    )
    reason = models.CharField(
        _("reason"), max_length=80, blank=True, help_text=_("Shown on the page.")
    )

    class Meta:
        verbose_name = _("exception from the opening hours")
        verbose_name_plural = _("exceptions from the opening hours")
        ordering = ["first_date", "opens"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_date__lte=F("last_date")),
                name="opening_exception_days_ordered",
                violation_error_message=_("Let the first day come before the last."),
            ),
            models.CheckConstraint(
                condition=Q(opens__isnull=True, closes__isnull=True, kind="")
                | Q(
                    opens__isnull=False,
                    closes__isnull=False,
                    opens__lt=F("closes"),
                    kind__in=HoursKind.values,
                ),
                name="opening_exception_closed_or_open",
                violation_error_message=_(
                    "Fill in kind, opens and closes, or leave all three empty for closed."
                ),
            ),
            ExclusionConstraint(
                name="opening_exception_no_overlap",
                expressions=[
                    ("centre", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (DayRange("first_date", "last_date"), RangeOperators.OVERLAPS),
                    (ClockRange("opens", "closes"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Another exception covers some of these days."),
            ),
            ExclusionConstraint(
                name="opening_exception_closed_alone",
                expressions=[
                    ("centre", RangeOperators.EQUAL),
                    (DayRange("first_date", "last_date"), RangeOperators.OVERLAPS),
                    (
                        Case(When(opens__isnull=True, then=Value(1)), default=Value(0)),
                        RangeOperators.NOT_EQUAL,
                    ),
                ],
                violation_error_message=_("The centre cannot be open and closed on one day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_date:%d.%m.%Y}–{self.last_date:%d.%m.%Y}"

    def clean(self) -> None:
        if self.last_date is None:
            self.last_date = self.first_date
