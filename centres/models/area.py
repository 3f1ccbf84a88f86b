from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from centres.names import slug_of
from centres.states import WrittenNorm

from .sorting import sort_key


class Municipality(models.Model):
    """One of Norway's municipalities, known by its number since two names occur twice."""

    number = models.CharField(_("number"), max_length=4, primary_key=True)
    name = models.CharField(_("name"), max_length=60)
    other_names = ArrayField(
        models.CharField(max_length=60),
        verbose_name=_("names in Sami and Kven"),
        default=list,
        blank=True,
        help_text=_("With commas between. People may search by them."),
    )
    county = models.CharField(_("county"), max_length=40)
    latitude = models.DecimalField(
        _("latitude"), max_digits=4, decimal_places=2, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=4, decimal_places=2, null=True, blank=True
    )
    written_norm = models.CharField(_("written norm"), max_length=7, choices=WrittenNorm)
    sort_name = sort_key("name")

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["sort_name", "number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__regex=r"^[0-9]{4}$"),
                name="municipality_number_four_digits",
                violation_error_message=_("Write the number with four digits, such as 0301."),
            ),
            models.CheckConstraint(
                condition=Q(written_norm__in=WrittenNorm.values), name="municipality_norm_known"
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(57, 72),
                    longitude__range=(4, 32),
                ),
                name="municipality_place_in_norway",
                violation_error_message=_("Fill in both, for a place in Norway."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("centres:municipality", args=[self.number, self.slug])

    @property
    def slug(self) -> str:
        """The readable half of its address; the number is the half that counts."""
        return slug_of(self.name)

    @property
    def county_slug(self) -> str:
        """The address of the page with its county's municipalities."""
        return slug_of(self.county)


class PostalCode(models.Model):
    """A postcode of the official register, and the municipality that it lies in.

    Those of Svalbard and Jan Mayen lie in none.
    """

    code = models.CharField(_("postcode"), max_length=4, primary_key=True)
    place = models.CharField(_("postal place"), max_length=60)
    municipality = models.ForeignKey(
        Municipality,
        models.CASCADE,
        related_name="postal_codes",
        null=True,
        blank=True,
        verbose_name=_("municipality"),
    )

    class Meta:
        verbose_name = _("postcode")
        verbose_name_plural = _("postcodes")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{4}$"), name="postal_code_four_digits"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.place}"
