from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from participants.states import ConsentPurpose, GivenBy


class ConsentText(models.Model):
    """What a person says yes to, word for word: one version, in one language, for one purpose.

    The database refuses to change a text that somebody has said yes to.
    """

    operator = models.ForeignKey(
        "centres.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("operator"),
        help_text=_("Empty: for every operator without a text of its own."),
    )
    purpose = models.CharField(_("purpose"), max_length=7, choices=ConsentPurpose)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    version = models.PositiveSmallIntegerField(_("version"))
    text = models.TextField(_("text"), max_length=600)

    class Meta:
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        ordering = ["purpose", "language", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["operator", "purpose", "language", "version"],
                name="consent_text_version_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=ConsentPurpose.values), name="consent_text_purpose_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.language} {self.version}"


class ConsentQuerySet(models.QuerySet["Consent"]):
    def withdraw(self, now: datetime) -> int:
        """None of these holds any more; returns how many. Not before it was given: a machine's
        clock may have been set back since.
        """
        return self.update(withdrawn_at=Greatest("given_at", now))


class Consent(models.Model):
    """A person's yes to one text, how it was given, and since when it no longer holds."""

    participant = models.ForeignKey(
        "participants.Participant", models.CASCADE, related_name="consents"
    )
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="consents")
    given_at = models.DateTimeField(_("given"))
    given_by = models.CharField(_("how"), max_length=6, choices=GivenBy)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "text"],
                condition=Q(withdrawn_at__isnull=True),
                name="consent_once",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
                name="consent_withdrawn_after_given",
            ),
            models.CheckConstraint(
                condition=Q(given_by=GivenBy.WEB, recorded_by__isnull=True)
                | Q(given_by__in=[GivenBy.SPOKEN, GivenBy.PAPER], recorded_by__isnull=False),
                name="consent_recorded_by_staff",
            ),
        ]

    def __str__(self) -> str:
        return str(self.text)
