from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linkcenter.encryption import EncryptedTextField
from participants.states import LinkPurpose

LIVE_LINK = Q(used_at__isnull=True, superseded_at__isnull=True)


class PersonalLinkQuerySet(models.QuerySet["PersonalLink"]):
    def live(self) -> "PersonalLinkQuerySet":
        """Neither used nor replaced. Whether it has expired depends on the moment."""
        return self.filter(LIVE_LINK)


class PersonalLink(models.Model):
    """A link that lets one person do one thing without logging in."""

    participant = models.ForeignKey(
        "participants.Participant", models.CASCADE, related_name="links"
    )
    purpose = models.CharField(_("purpose"), max_length=8, choices=LinkPurpose)
    seed = models.CharField(max_length=32)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("works until"))
    used_at = models.DateTimeField(_("used"), null=True)
    superseded_at = models.DateTimeField(_("replaced by a newer one"), null=True)
    # Null but on a link that confirms an address: it was sent there, and nowhere else.
    new_email = EncryptedTextField(_("new e-mail address"), null=True)

    objects = PersonalLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("personal link")
        verbose_name_plural = _("personal links")
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "purpose"],
                condition=LIVE_LINK,
                name="personal_link_one_live",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=LinkPurpose.values), name="personal_link_purpose_known"
            ),
            models.CheckConstraint(
                condition=Q(purpose=LinkPurpose.ADDRESS, new_email__isnull=False)
                | (~Q(purpose=LinkPurpose.ADDRESS) & Q(new_email__isnull=True)),
                name="personal_link_new_email",
            ),
        ]

    def __str__(self) -> str:
        return self.get_purpose_display()
