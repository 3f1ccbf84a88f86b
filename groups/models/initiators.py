from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from centres.models import Centre
from centres.states import EventKind
from centres.week import WEEK_SLOTS
from groups.states import GroupLinkPurpose, GroupState
from linkcenter.encryption import EncryptedTextField
from linkcenter.models import Channel
from linkcenter.tokens import hash_token, new_seed, token_for
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
    training = models.ForeignKey(
        "centres.Event",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"kind": EventKind.INITIATOR_TRAINING},
        verbose_name=_("trained at"),
    )
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
    language = models.CharField(
        _("language of messages"), max_length=2, choices=settings.LANGUAGES, default="nb"
    )
    active = models.BooleanField(_("active"), default=True)
    inactive_since = models.DateField(_("inactive since"), null=True, editable=False)

    activities = GenericRelation("linkcenter.Activity", "subject_id", "subject_type")
    messages = GenericRelation("linkcenter.Message", "recipient_id", "recipient_type")

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

    @property
    def first_name(self) -> str:
        """The first word of the name."""
        return (self.name.split() or [""])[0]

    @property
    def channel(self) -> Channel:
        return Channel.EMAIL if self.email else Channel.SMS

    @property
    def address(self) -> str:
        return self.email or self.phone or ""


LIVE_LINK = Q(used_at__isnull=True, superseded_at__isnull=True)
OF_INITIATOR = Q(purpose=GroupLinkPurpose.INITIATE, initiator__isnull=False, group__isnull=True)
OF_GROUP = Q(
    purpose__in=[GroupLinkPurpose.TAKE_OVER, GroupLinkPurpose.BEGIN_AGAIN],
    initiator__isnull=True,
    group__isnull=False,
)


class GroupLinkQuerySet(models.QuerySet["GroupLink"]):
    def live(self) -> "GroupLinkQuerySet":
        """Neither used nor replaced. Whether it has expired depends on the moment."""
        return self.filter(LIVE_LINK)

    def usable(self, now: datetime) -> "GroupLinkQuerySet":
        """Those that open something at that moment."""
        return self.live().filter(expires_at__gt=now)

    def opened_by(
        self, token: str, purpose: GroupLinkPurpose, *, now: datetime
    ) -> "GroupLinkQuerySet":
        """The one that ``token`` opens, if it does."""
        return self.usable(now).filter(purpose=purpose, token_hash=hash_token(token))

    def issue(
        self,
        purpose: GroupLinkPurpose,
        *,
        centre: Centre,
        now: datetime,
        until: datetime,
        **of: Any,
    ) -> "GroupLink":
        """A new link ``of`` an initiator or a group. Whoever makes it has closed the one before."""
        seed = new_seed()
        return self.create(
            purpose=purpose,
            centre=centre,
            seed=seed,
            token_hash=hash_token(token_for(seed)),
            created_at=now,
            expires_at=until,
            **of,
        )


class GroupLink(models.Model):
    """The right to do one thing with a group, for somebody who is not a registered person.

    Whoever holds the token holds the right. Only its hash is kept, and the seed it is made from.
    """

    centre = models.ForeignKey(
        "centres.Centre", models.CASCADE, related_name="+", verbose_name=_("centre")
    )
    purpose = models.CharField(_("for"), max_length=11, choices=GroupLinkPurpose)
    initiator = models.ForeignKey(
        Initiator, models.CASCADE, null=True, related_name="links", verbose_name=_("initiator")
    )
    group = models.ForeignKey(
        "groups.SelfHelpGroup",
        models.CASCADE,
        null=True,
        related_name="links",
        verbose_name=_("group"),
    )
    seed = models.CharField(max_length=32)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("works until"))
    used_at = models.DateTimeField(_("used"), null=True)
    superseded_at = models.DateTimeField(_("replaced"), null=True)

    objects = GroupLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            models.CheckConstraint(condition=OF_INITIATOR | OF_GROUP, name="group_link_of_one"),
            models.UniqueConstraint(
                fields=["purpose", "initiator", "group"],
                condition=LIVE_LINK,
                nulls_distinct=False,
                name="group_link_one_live",
            ),
        ]

    def __str__(self) -> str:
        return self.get_purpose_display()
