from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participants.states import Door


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
    door = models.CharField(_("what was opened"), max_length=9, choices=Door)
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
        ]

    def __str__(self) -> str:
        return self.get_door_display()
