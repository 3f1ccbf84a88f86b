from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from centres.states import PartnerRole

from .centre import Centre
from .sorting import sort_key


class Organisation(models.Model):
    """A body that runs, pays for, works with or borrows a room from a centre."""

    name = models.CharField(_("name"), max_length=160, unique=True)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    website = models.CharField(
        _("website"),
        max_length=120,
        blank=True,
        help_text=_("As they write it themselves, such as www.selvhjelp.no."),
    )
    note = models.TextField(_("note"), blank=True, help_text=_("Seen by staff only."))
    sort_name = sort_key("name")

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["sort_name"]

    def __str__(self) -> str:
        return self.name


class Partnership(models.Model):
    """What an organisation is to a centre: who pays, who works with it, who tells people of it."""

    centre = models.ForeignKey(
        Centre, models.CASCADE, related_name="partnerships", verbose_name=_("centre")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="partnerships", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=8, choices=PartnerRole)
    amount = models.PositiveIntegerField(
        _("amount"), null=True, blank=True, help_text=_("Kroner in all.")
    )
    years = models.PositiveSmallIntegerField(_("over how many years"), null=True, blank=True)
    from_year = models.PositiveSmallIntegerField(_("from year"), null=True, blank=True)
    to_year = models.PositiveSmallIntegerField(_("to year"), null=True, blank=True)
    note = models.CharField(
        _("what it is about"), max_length=160, blank=True, help_text=_("Shown on the page.")
    )

    class Meta:
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        ordering = ["role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "organisation", "role"], name="partnership_once"
            ),
            models.CheckConstraint(
                condition=Q(role__in=PartnerRole.values), name="partnership_role_known"
            ),
            models.CheckConstraint(
                condition=Q(from_year__isnull=True)
                | Q(to_year__isnull=True)
                | Q(from_year__lte=F("to_year")),
                name="partnership_years_ordered",
                violation_error_message=_("Let the first year come before the last."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.pk}"


class ContactPerson(models.Model):
    """Somebody, or a post such as "coordinator", that residents or partners can ask for."""

    centre = models.ForeignKey(
        Centre,
        models.CASCADE,
        related_name="people",
        null=True,
        blank=True,
        verbose_name=_("centre"),
    )
    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        related_name="people",
        null=True,
        blank=True,
        verbose_name=_("organisation"),
    )
    name = models.CharField(_("name"), max_length=80, blank=True)
    title = models.CharField(_("title"), max_length=120, blank=True)
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    languages = ArrayField(
        models.CharField(max_length=40),
        verbose_name=_("languages"),
        default=list,
        blank=True,
        help_text=_("With commas between."),
    )
    published = models.BooleanField(
        _("shown on the page"),
        default=False,
        help_text=_("Tick this when the person has said yes to it."),
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    note = models.TextField(_("note"), blank=True, help_text=_("Seen by staff only."))

    class Meta:
        verbose_name = _("contact person")
        verbose_name_plural = _("contact people")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(centre__isnull=True) ^ Q(organisation__isnull=True),
                name="contact_person_of_one",
                violation_error_message=_("Choose either a centre or an organisation."),
            ),
            models.CheckConstraint(
                condition=~Q(name="", title=""),
                name="contact_person_named",
                violation_error_message=_("Write a name or a title."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
