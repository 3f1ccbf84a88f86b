from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centres.states import EnquiryChannel, EnquiryKind
from linkcenter.encryption import EncryptedTextField
from linkcenter.periods import days, years

from .area import Municipality
from .centre import Centre

OPEN_ENQUIRY = Q(handled_at__isnull=True, forgotten_at__isnull=True)
HANDLED = Q(handled_at__isnull=False)
REMEMBERED = Q(forgotten_at__isnull=True)

KEEP_HANDLED = days(90)  # after it was taken care of
KEEP_OPEN = years(1)  # after it came, if nobody took care of it
WARN = timedelta(days=7)

# What was written, and by whom.
PERSONAL = ("name", "email", "phone", "text")


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    def open(self) -> "EnquiryQuerySet":
        """Those that nobody has taken care of yet, the oldest first."""
        return self.filter(OPEN_ENQUIRY).order_by("created_at", "pk")

    def handled(self) -> "EnquiryQuerySet":
        return self.filter(HANDLED)

    def to_forget(self, now: datetime) -> "EnquiryQuerySet":
        """Those whose time is up at ``now``."""
        return self.filter(REMEMBERED).filter(
            Q(handled_at__lte=now - KEEP_HANDLED)
            | Q(handled_at__isnull=True, created_at__lte=now - KEEP_OPEN)
        )

    def soon_forgotten(self, now: datetime) -> "EnquiryQuerySet":
        """Open ones that will be forgotten within a week without anybody having answered."""
        return self.open().filter(created_at__lte=now - KEEP_OPEN + WARN)


class Enquiry(models.Model):
    """Something that somebody asks or tells a centre, without registering interest.

    The row stays for the yearly count; what was written, and by whom, is forgotten.
    """

    kind = models.CharField(_("what"), max_length=13, choices=EnquiryKind)
    centre = models.ForeignKey(
        Centre,
        models.CASCADE,
        related_name="enquiries",
        null=True,
        blank=True,
        verbose_name=_("centre"),
        help_text=_("Empty for what the administrators answer."),
    )
    channel = models.CharField(
        _("how it came"), max_length=5, choices=EnquiryChannel, default=EnquiryChannel.WEB
    )
    municipality = models.ForeignKey(
        Municipality,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("municipality"),
    )
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    # Null when there is none: an encrypted column can be tested for null and for nothing else.
    name = EncryptedTextField(_("name"), null=True, blank=True, validators=[MaxLengthValidator(80)])
    email = EncryptedTextField(_("e-mail"), null=True, blank=True)
    phone = EncryptedTextField(_("phone"), null=True, blank=True)
    text = EncryptedTextField(
        _("what it is about"), null=True, blank=True, validators=[MaxLengthValidator(2000)]
    )
    page = models.CharField(_("page"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    created_at = models.DateTimeField(_("came"), default=timezone.now)
    form_id = models.UUIDField(  # the same form twice is one enquiry
        unique=True, null=True, editable=False
    )
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("who answers"),
    )
    handled_at = models.DateTimeField(_("taken care of"), null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("by"),
    )
    forgotten_at = models.DateTimeField(_("forgotten"), null=True, blank=True, editable=False)

    activities = GenericRelation("linkcenter.Activity", "subject_id", "subject_type")
    messages = GenericRelation(
        "linkcenter.Message", "recipient_id", "recipient_type", related_query_name="enquiry"
    )

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["centre", "handled_at", "created_at"], name="enquiry_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=EnquiryKind.values) & Q(channel__in=EnquiryChannel.values),
                name="enquiry_choices_known",
            ),
            models.CheckConstraint(
                condition=Q(handled_at__isnull=True, handled_by__isnull=True)
                | Q(handled_at__isnull=False, handled_by__isnull=False),
                name="enquiry_handled_by_somebody",
            ),
            models.CheckConstraint(
                condition=REMEMBERED
                | Q(organisation="", page="", **{f"{name}__isnull": True for name in PERSONAL}),
                name="enquiry_forgotten_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
