from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centres.states import (
    ACTIVE,
    CURRENT,
    CentreKind,
    CentreStatus,
    GroupWording,
    InitiatorWording,
    LegalBasis,
)
from centres.web_address import web_address

from .area import Municipality
from .sorting import sort_key


class CentreQuerySet(models.QuerySet["Centre"]):
    def current(self) -> "CentreQuerySet":
        """Those that are, or will be, somewhere to turn: neither closed nor historic."""
        return self.filter(CURRENT)

    def takes_interest(self) -> "CentreQuerySet":
        """Those a resident can register with, here or at the centre it forwards to."""
        return self.filter(Q(takes_registrations=True) | Q(forwards_to__takes_registrations=True))


class Centre(models.Model):
    """A LINK, a local contact point or a district office: somewhere people turn for self-help."""

    slug = models.SlugField(
        _("address on this site"),
        unique=True,
        help_text=_("The last part of the page's address. Keep it once others link to it."),
    )
    name = models.CharField(_("name"), max_length=120, help_text=_("As they write it."))
    full_name = models.CharField(_("full name"), max_length=160, blank=True)
    kind = models.CharField(_("kind"), max_length=15, choices=CentreKind, default=CentreKind.LINK)
    status = models.CharField(_("status"), max_length=12, choices=CentreStatus)
    operator = models.ForeignKey(
        "centres.Organisation",
        models.PROTECT,
        related_name="operated_centres",
        null=True,
        blank=True,
        verbose_name=_("operator"),
        help_text=_("The body that runs it and answers for personal data."),
    )
    sort_name = sort_key("name")

    visiting_address = models.CharField(_("visiting address"), max_length=120, blank=True)
    postal_code = models.CharField(_("postcode"), max_length=4, blank=True)
    postal_place = models.CharField(_("postal place"), max_length=60, blank=True)
    latitude = models.DecimalField(
        _("latitude"), max_digits=7, decimal_places=5, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    phones = ArrayField(
        models.CharField(max_length=20),
        verbose_name=_("telephone numbers"),
        default=list,
        blank=True,
        help_text=_("As they are written on the page, with commas between."),
    )
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.CharField(
        _("website"), max_length=120, blank=True, help_text=_("As they write it themselves.")
    )
    facebook = models.CharField(
        _("Facebook"), max_length=120, blank=True, help_text=_("An address or the page's name.")
    )

    vision = models.TextField(_("vision"), blank=True)
    description = models.TextField(_("description"), blank=True)
    notice = models.TextField(
        _("notice"), blank=True, help_text=_("A short message at the top of the page.")
    )
    notice_from = models.DateField(_("show the notice from"), null=True, blank=True)
    notice_until = models.DateField(_("show the notice until"), null=True, blank=True)

    municipalities = models.ManyToManyField(
        Municipality, related_name="centres", blank=True, verbose_name=_("serves")
    )
    former_area = models.CharField(
        _("former area"),
        max_length=120,
        blank=True,
        help_text=_("The area's name when it was of use, such as a county that is no more."),
    )
    forwards_to = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="forwarded_from",
        null=True,
        blank=True,
        verbose_name=_("forwards registrations to"),
    )
    takes_registrations = models.BooleanField(_("takes registrations"), default=False)

    wording_group = models.CharField(
        _("word for a group"),
        max_length=18,
        choices=GroupWording,
        default=GroupWording.SELF_HELP_GROUP,
    )
    wording_initiator = models.CharField(
        _("word for an initiator"),
        max_length=9,
        choices=InitiatorWording,
        default=InitiatorWording.INITIATOR,
    )
    greeting = models.CharField(
        _("greeting"), max_length=60, blank=True, help_text=_("Messages begin with it.")
    )
    signature = models.TextField(_("signature"), blank=True, help_text=_("Messages end with it."))

    looks_through = models.BooleanField(
        _("look through before sending"),
        default=False,
        help_text=_("What your acts in the groups cause waits as a draft until you send it."),
    )
    names_readers = models.BooleanField(
        _("tell people by name who has opened their record"),
        default=True,
        help_text=_("Else they read that it was somebody at the centre, and when."),
    )

    min_to_start = models.PositiveSmallIntegerField(_("fewest to start a group"), default=4)
    target_size = models.PositiveSmallIntegerField(_("usual size of a group"), default=6)
    max_size = models.PositiveSmallIntegerField(_("most in a group"), default=8)
    age_span = models.PositiveSmallIntegerField(
        _("age span"), default=15, help_text=_("Staff are warned of groups with more years.")
    )
    answer_days = models.PositiveSmallIntegerField(
        _("days to answer"), default=7, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    initiator_meetings = models.PositiveSmallIntegerField(
        _("meetings with an initiator"), default=2
    )
    follow_up_weeks = models.PositiveSmallIntegerField(_("weeks to the follow-up"), default=6)
    hand_over_weeks = models.PositiveSmallIntegerField(
        _("weeks from the hand-over until only the contact is kept"), default=12
    )

    legal_basis = models.CharField(
        _("legal basis"),
        max_length=11,
        choices=LegalBasis,
        default=LegalBasis.CONSENT,
        help_text=_("A municipality can seldom build on consent."),
    )
    accessibility_statement_url = models.URLField(_("accessibility statement"), blank=True)

    holidays_approved_until = models.DateField(
        _("public holidays looked through until"), null=True, blank=True
    )
    verified_on = models.DateField(_("checked on"), null=True, blank=True)
    verified_by = models.CharField(_("checked by"), max_length=80, blank=True)
    doubts = models.TextField(
        _("not confirmed"),
        blank=True,
        help_text=_("What should be checked with the centre. Seen by staff only."),
    )
    valid_from = models.DateField(_("opened"), null=True, blank=True)
    valid_to = models.DateField(_("closed"), null=True, blank=True)

    objects = CentreQuerySet.as_manager()

    class Meta:
        verbose_name = _("centre")
        verbose_name_plural = _("centres")
        ordering = ["sort_name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=CentreKind.values,
                    status__in=CentreStatus.values,
                    wording_group__in=GroupWording.values,
                    wording_initiator__in=InitiatorWording.values,
                    legal_basis__in=LegalBasis.values,
                ),
                name="centre_choices_known",
            ),
            models.CheckConstraint(
                condition=Q(min_to_start__gte=2)
                & Q(min_to_start__lte=F("target_size"))
                & Q(target_size__lte=F("max_size")),
                name="centre_sizes_ordered",
                violation_error_message=_(
                    "Let the fewest be two or more, the usual size no less, and the most no less."
                ),
            ),
            models.CheckConstraint(
                condition=Q(takes_registrations=False) | ~Q(email="") | Q(phones__len__gt=0),
                name="centre_reachable",
                violation_error_message=_(
                    "A centre that takes registrations needs a telephone number or an e-mail."
                ),
            ),
            models.CheckConstraint(
                condition=Q(takes_registrations=False) | ACTIVE,
                name="centre_active_if_taking",
                violation_error_message=_(
                    "Only a centre that is open or being established can take registrations."
                ),
            ),
            models.CheckConstraint(
                condition=Q(takes_registrations=False) | Q(forwards_to__isnull=True),
                name="centre_takes_or_forwards",
                violation_error_message=_("A centre takes registrations or forwards them."),
            ),
            models.CheckConstraint(
                condition=Q(forwards_to__isnull=True) | ~Q(forwards_to=F("pk")),
                name="centre_forwards_to_other",
                violation_error_message=_("A centre cannot forward to itself."),
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_from__lt=F("valid_to")),
                name="centre_opened_before_closed",
                violation_error_message=_("A centre opens before it closes."),
            ),
            models.CheckConstraint(
                condition=Q(notice_from__isnull=True)
                | Q(notice_until__isnull=True)
                | Q(notice_from__lte=F("notice_until")),
                name="centre_notice_days_ordered",
                violation_error_message=_("Let the notice begin before it ends."),
            ),
            models.CheckConstraint(
                condition=Q(postal_code="") | Q(postal_code__regex=r"^[0-9]{4}$"),
                name="centre_postal_code_four_digits",
                violation_error_message=_("Write the postcode with four digits."),
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(57, 81),
                    longitude__range=(-10, 34),
                ),
                name="centre_place_in_norway",
                violation_error_message=_("Fill in both, for a place in Norway."),
            ),
            models.CheckConstraint(
                condition=Q(answer_days__range=(1, 60)), name="centre_answer_days_in_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("centres:centre", args=[self.slug])

    @property
    def website_url(self) -> str:
        """Where the website's link goes: letters such as ø as browsers send them."""
        return web_address(self.website)

    @property
    def is_current(self) -> bool:
        return self.status not in (CentreStatus.CLOSED, CentreStatus.HISTORIC)

    def registers_at(self) -> "Centre | None":
        """The centre that a resident's registration goes to: this one, the other one, or none."""
        if self.takes_registrations:
            return self
        if self.forwards_to is not None and self.forwards_to.takes_registrations:
            return self.forwards_to
        return None

    def notice_on(self, day: date | None = None) -> str:
        """The notice if it is to be shown on ``day``, else nothing."""
        day = day or timezone.localdate()
        begun = self.notice_from is None or self.notice_from <= day
        over = self.notice_until is not None and day > self.notice_until
        return self.notice if begun and not over else ""
