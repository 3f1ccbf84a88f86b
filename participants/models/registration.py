from datetime import date

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from centres.week import WEEK_SLOTS
from linkcenter.encryption import EncryptedTextField
from participants.models.registration_queries import RegistrationQuerySet
from participants.states import (
    CLOSED,
    HELD,
    OPEN,
    CloseReason,
    EntryChannel,
    GenderWish,
    GroupKind,
    HeardFrom,
    HeldBecause,
    MeetingFormat,
    Need,
    RegistrationState,
    Role,
    SpokenLanguage,
    TalkWay,
)


def norwegian() -> list[str]:
    return [SpokenLanguage.NORWEGIAN.value]


class Registration(models.Model):
    """One interest in a group: an enquiry, not a place. Its date is never lost."""

    participant = models.ForeignKey(
        "participants.Participant", models.CASCADE, related_name="registrations"
    )
    # Always the person's. The database writes it, so that one index serves the list of a centre.
    centre = models.ForeignKey(
        "centres.Centre",
        models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
        db_index=False,
    )
    registered_at = models.DateTimeField(_("registered"))
    # The person's last sign of life: they did something themselves, or were talked with.
    heard_at = models.DateTimeField(_("last heard from"))
    still_asked_on = models.DateField(_("asked if still interested"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=RegistrationState, default=RegistrationState.RECEIVED
    )
    held_because = models.CharField(
        _("why held back"), max_length=5, choices=HeldBecause, blank=True
    )
    close_reason = models.CharField(_("why closed"), max_length=11, choices=CloseReason, blank=True)
    closed_at = models.DateTimeField(pgettext_lazy("registration", "closed"), null=True, blank=True)
    channel = models.CharField(_("came by"), max_length=7, choices=EntryChannel)
    role = models.CharField(_("for whom"), max_length=3, choices=Role)
    kind = models.CharField(
        _("kind of group"), max_length=9, choices=GroupKind, default=GroupKind.EITHER
    )
    format = models.CharField(
        _("how to meet"), max_length=8, choices=MeetingFormat, default=MeetingFormat.EITHER
    )
    themes = models.ManyToManyField(
        "participants.Theme", blank=True, related_name="registrations", verbose_name=_("themes")
    )
    any_theme = models.BooleanField(_("a mixed group is fine"), default=True)
    availability = ArrayField(
        models.CharField(max_length=13), default=list, blank=True, verbose_name=_("can meet")
    )
    languages = ArrayField(
        models.CharField(max_length=2, choices=SpokenLanguage),
        default=norwegian,
        verbose_name=_("languages in the group"),
    )
    gender_wish = models.CharField(
        _("who else is in the group"), max_length=5, choices=GenderWish, default=GenderWish.ANY
    )
    age_near_mine = models.BooleanField(_("about my own age"), default=False)
    needs = ArrayField(
        models.CharField(max_length=12, choices=Need),
        default=list,
        blank=True,
        verbose_name=_("needs of the room"),
    )
    practical_needs = EncryptedTextField(
        _("other practical needs"), blank=True, validators=[MaxLengthValidator(200)]
    )
    message = EncryptedTextField(_("message"), blank=True, validators=[MaxLengthValidator(500)])
    heard_from = models.CharField(
        _("heard of us from"), max_length=12, choices=HeardFrom, blank=True
    )
    would_initiate = models.BooleanField(_("might help groups to start"), default=False)
    digital_elsewhere = models.BooleanField(
        _("may be offered a digital group at another centre"), default=False
    )
    paused_until = models.DateField(_("paused until"), null=True, blank=True)
    # The talk that is agreed on and still to come.
    talk_at = models.DateTimeField(_("booked talk"), null=True, blank=True)
    talk_kind = models.CharField(_("how"), max_length=5, choices=TalkWay, blank=True)
    talk_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who holds it"),
    )
    # The person cannot come when we said, and may have ticked when they can.
    talk_declined_at = models.DateTimeField(
        _("the time of the talk did not suit"), null=True, blank=True
    )
    talk_wishes = ArrayField(
        models.CharField(max_length=13), default=list, blank=True, verbose_name=_("can talk")
    )
    # The other registration of the same person, which goes on for this one, too.
    merged_into = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("goes on as"),
    )
    # Whose case it is at the centre: who talked with the person first, unless it is given on.
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsible"),
    )
    # The form's own key: the same form sent twice is one registration.
    submission_key = models.UUIDField(unique=True, null=True, editable=False)

    activities = GenericRelation(
        "linkcenter.Activity", "subject_id", "subject_type", related_query_name="registration"
    )

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        constraints = [
            models.UniqueConstraint(
                fields=["participant"], condition=~CLOSED, name="registration_one_open"
            ),
            models.CheckConstraint(
                condition=(~CLOSED & Q(close_reason="", closed_at__isnull=True))
                | Q(
                    state=RegistrationState.CLOSED,
                    close_reason__in=CloseReason.values,
                    closed_at__isnull=False,
                ),
                name="registration_closed_with_reason",
            ),
            models.CheckConstraint(
                condition=(HELD & Q(held_because__in=HeldBecause.values))
                | (~HELD & Q(held_because="")),
                name="registration_held_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=RegistrationState.values), name="registration_state_known"
            ),
            models.CheckConstraint(
                condition=Q(talk_at__isnull=True, talk_by__isnull=True, talk_kind="")
                | (
                    OPEN
                    & Q(talk_at__isnull=False, talk_by__isnull=False, talk_kind__in=TalkWay.values)
                ),
                name="registration_talk_whole",
            ),
            models.CheckConstraint(
                condition=Q(talk_declined_at__isnull=True, talk_wishes=[])
                | (OPEN & Q(talk_declined_at__isnull=False, talk_at__isnull=True)),
                name="registration_talk_declined",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True)
                | Q(close_reason=CloseReason.DUPLICATE) & ~Q(merged_into=F("pk")),
                name="registration_merged_is_closed",
            ),
            models.CheckConstraint(
                condition=Q(talk_wishes__contained_by=list(WEEK_SLOTS)),
                name="registration_talk_wishes_known",
            ),
            models.CheckConstraint(
                condition=Q(availability__contained_by=list(WEEK_SLOTS)),
                name="registration_availability_known",
            ),
            models.CheckConstraint(
                condition=Q(languages__contained_by=SpokenLanguage.values)
                & Q(languages__len__gte=1),
                name="registration_has_language",
            ),
            models.CheckConstraint(
                condition=Q(needs__contained_by=Need.values), name="registration_needs_known"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=EntryChannel.values)
                & Q(role__in=Role.values)
                & Q(kind__in=GroupKind.values)
                & Q(format__in=MeetingFormat.values)
                & Q(gender_wish__in=GenderWish.values)
                & Q(heard_from__in=["", *HeardFrom.values]),
                name="registration_choices_known",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "registered_at"], name="registration_by_state"),
            models.Index(fields=["-registered_at", "-id"], name="registration_latest"),
            models.Index(
                fields=["centre", "-registered_at", "-id"], name="registration_latest_here"
            ),
            models.Index(
                fields=["centre", "state", "registered_at", "id"], name="registration_at_centre"
            ),
            models.Index(
                fields=["centre", "talk_at"],
                condition=Q(talk_at__isnull=False),
                name="registration_talk_booked",
            ),
            models.Index(
                fields=["centre", "talk_declined_at"],
                condition=Q(talk_declined_at__isnull=False),
                name="registration_other_time",
            ),
            models.Index(
                fields=["centre", "still_asked_on"],
                condition=Q(still_asked_on__isnull=False),
                name="registration_still_asked",
            ),
            models.Index(
                fields=["centre", "closed_at"], condition=CLOSED, name="registration_closed_long"
            ),
            models.Index(
                fields=["centre"], condition=Q(would_initiate=True), name="registration_would_help"
            ),
        ]

    def __str__(self) -> str:
        return self.participant.reference

    @property
    def is_open(self) -> bool:
        return self.state in (RegistrationState.RECEIVED, RegistrationState.WAITING)

    def is_paused(self, today: date) -> bool:
        return self.is_open and self.paused_until is not None and self.paused_until > today
