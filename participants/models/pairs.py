"""Two people of whom staff have said something: keep them apart, or they only look like one."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class KeepApart(models.Model):
    """Two people who must not be put in one group. Staff alone know of it."""

    first = models.ForeignKey("participants.Participant", models.CASCADE, related_name="+")
    second = models.ForeignKey("participants.Participant", models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("keep apart")
        verbose_name_plural = _("keep apart")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="keep_apart_once"),
            models.CheckConstraint(
                condition=Q(first_id__lt=F("second_id")), name="keep_apart_ordered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} / {self.second}"


class TwoPeople(models.Model):
    """Two with the same telephone or e-mail of whom staff have said that they are not the same."""

    first = models.ForeignKey("participants.Participant", models.CASCADE, related_name="+")
    second = models.ForeignKey("participants.Participant", models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("two people")
        verbose_name_plural = _("two people")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="two_people_once"),
            models.CheckConstraint(
                condition=Q(first_id__lt=F("second_id")), name="two_people_ordered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} / {self.second}"


def pair_of(one: Any, other: Any) -> models.QuerySet[TwoPeople]:
    """What staff have said of these two people, whichever comes first."""
    return TwoPeople.objects.filter(Q(first=one, second=other) | Q(first=other, second=one))


def not_told_apart(registrations: models.QuerySet[Any]) -> Q:
    """Of rows that are like another: those like one of ``registrations`` that is not told apart."""
    pairs = TwoPeople.objects.all()
    # Most are in no pair at all, and nobody need look for whoever is like them.
    in_no_pair = ~Q(participant__in=pairs.values("first")) & ~Q(
        participant__in=pairs.values("second")
    )
    me, them = OuterRef(OuterRef("participant")), OuterRef("participant")
    others = registrations.filter(
        ~Exists(pair_of(me, them)),
        centre=OuterRef("centre"),
        participant__reach_keys__overlap=OuterRef("participant__reach_keys"),
    )
    return in_no_pair | Q(Exists(others.exclude(participant=OuterRef("participant"))))
