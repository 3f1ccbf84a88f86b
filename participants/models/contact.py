from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linkcenter.encryption import EncryptedTextField
from participants.states import LinkPurpose, PointedTo, TalkKind, TalkOutcome


class Talk(models.Model):
    """One contact that staff had, or tried to have, with a person about their interest."""

    registration = models.ForeignKey(
        "participants.Registration", models.CASCADE, related_name="talks"
    )
    kind = models.CharField(_("what"), max_length=5, choices=TalkKind)
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who")
    )
    outcome = models.CharField(_("outcome"), max_length=11, choices=TalkOutcome)
    pointed_to = models.CharField(_("pointed to"), max_length=12, choices=PointedTo, blank=True)
    next_try = models.DateField(_("next try"), null=True, blank=True)
    note = EncryptedTextField(_("note"), blank=True, validators=[MaxLengthValidator(500)])

    class Meta:
        verbose_name = _("talk")
        verbose_name_plural = _("talks")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=TalkKind.values) & Q(outcome__in=TalkOutcome.values),
                name="talk_choices_known",
            ),
            models.CheckConstraint(
                condition=Q(next_try__isnull=True)
                | Q(outcome__in=[TalkOutcome.NO_ANSWER, TalkOutcome.AGAIN]),
                name="talk_next_try_only_if_open",
            ),
            models.CheckConstraint(
                condition=Q(pointed_to="")
                | Q(pointed_to__in=PointedTo.values, outcome=TalkOutcome.REFERRED_ON),
                name="talk_pointed_to_if_referred",
            ),
        ]
        indexes = [models.Index(fields=["registration", "-at"], name="talk_latest")]

    def __str__(self) -> str:
        return self.get_kind_display()


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
