from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from centres.states import CENTRE_ROLES, NATIONAL_ROLES, Role

from .centre import Centre

OPEN_INVITATION = Q(accepted_at=None, withdrawn_at=None)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> "InvitationQuerySet":
        """Neither accepted nor withdrawn. The link may be too old all the same."""
        return self.filter(OPEN_INVITATION)


class Invitation(models.Model):
    """Somebody is asked to work here with a role, and has a link to say yes with."""

    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=80)
    role = models.CharField(_("role"), max_length=13, choices=Role)
    centre = models.ForeignKey(
        Centre,
        models.CASCADE,
        related_name="invitations",
        null=True,
        blank=True,
        verbose_name=_("centre"),
        help_text=_("Empty for administrators and for statistics."),
    )
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        verbose_name=_("invited by"),
    )
    seed = models.CharField(max_length=32)
    token_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField(_("sent"))
    expires_at = models.DateTimeField(_("works until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["email", "centre", "role"],
                condition=OPEN_INVITATION,
                nulls_distinct=False,
                name="invitation_open_once",
            ),
            models.CheckConstraint(
                condition=Q(role__in=CENTRE_ROLES, centre__isnull=False)
                | Q(role__in=NATIONAL_ROLES, centre__isnull=True),
                name="invitation_at_centre_or_national",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="invitation_email_lower_case"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("sent_at")), name="invitation_lasts"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None), name="invitation_one_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def is_open(self, now: datetime) -> bool:
        """Whether the link works."""
        return self.accepted_at is None and self.withdrawn_at is None and now < self.expires_at
