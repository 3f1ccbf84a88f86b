from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centres.states import Role
from participants.states import Door, ReadReason


class HourOf(Func):
    """The hour that a moment lies in, by a clock that is never changed."""

    template = "date_trunc('hour', %(expressions)s AT TIME ZONE 'UTC')"


class ReadLog(models.Model):
    """Somebody who works at the centre has opened what is kept of one person.

    One row for each who, whom, through what and hour. The database refuses to change one; it goes
    only together with the person.
    """

    participant = models.ForeignKey(
        "participants.Participant", models.CASCADE, related_name="readings"
    )
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who")
    )
    # As what they worked, and where, when they opened it.
    role = models.CharField(_("role"), max_length=13, choices=Role, blank=True, db_default="")
    centre = models.ForeignKey(
        "centres.Centre",
        models.PROTECT,
        related_name="+",
        null=True,
        verbose_name=_("centre"),
    )
    door = models.CharField(_("what was opened"), max_length=9, choices=Door)
    # Empty where it is one's own case, or where what was opened says why.
    reason = models.CharField(_("why"), max_length=9, choices=ReadReason, blank=True, db_default="")
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("opening of the record")
        verbose_name_plural = _("openings of the record")
        constraints = [
            models.UniqueConstraint(
                F("participant"),
                F("reader"),
                F("door"),
                HourOf(F("at")),
                name="read_log_once_an_hour",
            ),
            models.CheckConstraint(condition=Q(door__in=Door.values), name="read_log_door_known"),
            models.CheckConstraint(
                condition=Q(reason__in=["", *ReadReason.values]) & Q(role__in=["", *Role.values]),
                name="read_log_reason_known",
            ),
        ]
        indexes = [
            models.Index(fields=["-at", "-id"], name="read_log_latest"),
            models.Index(
                fields=["at"],
                condition=~Q(reason="") | Q(door=Door.EXPORT),
                name="read_log_to_look_through",
            ),
        ]

    def __str__(self) -> str:
        return self.get_door_display()


class LookThrough(models.Model):
    """Whoever leads a centre has looked through who opened what, up to a moment."""

    centre = models.ForeignKey(
        "centres.Centre", models.CASCADE, related_name="+", verbose_name=_("centre")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who")
    )
    until = models.DateTimeField(_("looked through until"))
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("look through the openings")
        verbose_name_plural = _("looks through the openings")
        constraints = [
            models.UniqueConstraint(fields=["centre", "until"], name="look_through_once")
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
