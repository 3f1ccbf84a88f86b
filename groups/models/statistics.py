from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from groups.states import StatisticsScope


class Tally(models.Model):
    """What people who have been deleted still count in the numbers of a half-year.

    Nothing but sums: how many, of one measure with one value, at one centre.
    """

    centre = models.ForeignKey(
        "centres.Centre", models.CASCADE, related_name="+", verbose_name=_("centre")
    )
    first_day = models.DateField(_("half-year from"))
    measure = models.CharField(_("measure"), max_length=40)
    value = models.CharField(_("value"), max_length=80, blank=True)
    count = models.PositiveIntegerField(_("count"))

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "first_day", "measure", "value"], name="tally_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.first_day}"


class StatisticsSnapshot(models.Model):
    """The numbers of a closed half-year as they were told: coarse, none from 1 to 4, never changed.

    The database refuses to change or remove one.
    """

    scope = models.CharField(_("about"), max_length=12, choices=StatisticsScope)
    scope_key = models.CharField(_("which"), max_length=20, blank=True)
    first_day = models.DateField(_("half-year from"))
    counts = models.JSONField(_("numbers"))
    frozen_at = models.DateTimeField(_("frozen"))

    class Meta:
        verbose_name = _("numbers of a half-year")
        verbose_name_plural = _("numbers of half-years")
        ordering = ["-first_day", "scope", "scope_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "scope_key", "first_day"], name="statistics_snapshot_once"
            ),
            models.CheckConstraint(
                condition=Q(first_day__month__in=[1, 7], first_day__day=1)
                & Q(scope__in=StatisticsScope.values),
                name="statistics_snapshot_half_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_scope_display()} {self.first_day}"
