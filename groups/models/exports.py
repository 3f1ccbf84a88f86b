from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centres.states import CENTRE_ROLES, Role
from groups.states import ExportList
from participants.states import ReadReason


class Export(models.Model):
    """A list that somebody has taken out of here as a file: which, why, and what stood in it.

    The rows themselves are not kept. Whom it names is in the log of readings, by the same moment.
    """

    centre = models.ForeignKey(
        "centres.Centre", models.PROTECT, related_name="+", verbose_name=_("centre")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who")
    )
    role = models.CharField(_("role"), max_length=13, choices=Role)
    at = models.DateTimeField(_("when"), default=timezone.now)
    what = models.CharField(_("list"), max_length=7, choices=ExportList)
    reason = models.CharField(_("why"), max_length=9, choices=ReadReason)
    columns = ArrayField(models.CharField(max_length=20), verbose_name=_("columns"))
    rows = models.PositiveIntegerField(_("rows"))

    class Meta:
        verbose_name = _("list that was taken out")
        verbose_name_plural = _("lists that were taken out")
        constraints = [
            models.CheckConstraint(
                condition=Q(what__in=ExportList.values)
                & Q(reason__in=ReadReason.values)
                & Q(role__in=CENTRE_ROLES),
                name="export_choices_known",
            )
        ]
        indexes = [models.Index(fields=["centre", "-at"], name="export_latest")]

    def __str__(self) -> str:
        return self.get_what_display()
