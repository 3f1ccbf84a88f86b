from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from centres.week import WEEK_SLOTS
from groups.states import GroupState
from linkcenter.encryption import EncryptedTextField
from participants.models.registration import norwegian
from participants.states import SpokenLanguage


class InitiatorQuerySet(models.QuerySet["Initiator"]):
    def with_load(self) -> "InitiatorQuerySet":
        """Adds ``load``: the groups they are putting on their feet now."""
        at_work = Q(groups__state__in=[GroupState.FORMING, GroupState.SETTLED])
        return self.annotate(load=Count("groups", filter=at_work, distinct=True))

    def available(self) -> "InitiatorQuerySet":
        """Trained, bound by an agreement, active, and with room for one more group."""
        return self.with_load().filter(
            active=True,
            trained_on__isnull=False,
            agreement_on__isnull=False,
            max_groups__gt=F("load"),
        )


class Initiator(models.Model):
    """Somebody who helps groups through their first meetings, and then leaves them to themselves.

    The database refuses more groups at once than they have agreed to.
    """

    centre = models.ForeignKey(
        "centres.Centre", models.PROTECT, related_name="initiators", verbose_name=_("centre")
    )
    name = EncryptedTextField(_("name"), validators=[MaxLengthValidator(80)])
    phone = EncryptedTextField(_("phone"), null=True, blank=True)
    email = EncryptedTextField(_("e-mail"), null=True, blank=True)
    trained_on = models.DateField(_("trained"), null=True, blank=True)
    agreement_on = models.DateField(_("agreement signed"), null=True, blank=True)
    digital = models.BooleanField(_("also digital groups"), default=False)
    languages = ArrayField(
        models.CharField(max_length=2, choices=SpokenLanguage),
        default=norwegian,
        verbose_name=_("languages"),
    )
    availability = ArrayField(
        models.CharField(max_length=13), default=list, blank=True, verbose_name=_("can meet")
    )
    max_groups = models.PositiveSmallIntegerField(_("most groups at once"), default=1)
    active = models.BooleanField(_("active"), default=True)

    load: int  # added by ``with_load``

    objects = InitiatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("initiator")
        verbose_name_plural = _("initiators")
        constraints = [
            models.CheckConstraint(
                condition=Q(phone__isnull=False) | Q(email__isnull=False),
                name="initiator_can_be_reached",
            ),
            models.CheckConstraint(
                condition=Q(availability__contained_by=list(WEEK_SLOTS)),
                name="initiator_availability_known",
            ),
            models.CheckConstraint(
                condition=Q(languages__contained_by=SpokenLanguage.values)
                & Q(languages__len__gte=1),
                name="initiator_has_language",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return f"I-{self.pk or 0}"
