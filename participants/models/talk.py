from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linkcenter.encryption import EncryptedTextField
from participants.states import PointedTo, TalkKind, TalkOutcome


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
