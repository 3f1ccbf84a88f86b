from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class MatchRun(models.Model):
    """One run of the matcher: what it was given and what it proposed, kept as they were.

    Both hold references such as D-1042 and codes, never a name, so that a proposal can be
    explained a month later without keeping anybody's data.
    """

    centre = models.ForeignKey(
        "centres.Centre", models.PROTECT, related_name="match_runs", verbose_name=_("centre")
    )
    run_at = models.DateTimeField(_("run"))
    run_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("run by"),
    )
    problem = models.JSONField(_("input"))
    result = models.JSONField(_("result"))

    class Meta:
        verbose_name = _("proposals")
        verbose_name_plural = _("proposals")
        ordering = ["-run_at"]
        indexes = [models.Index(fields=["centre", "-run_at"], name="match_run_latest")]

    def __str__(self) -> str:
        return str(_("Proposals %(number)s") % {"number": self.pk})
