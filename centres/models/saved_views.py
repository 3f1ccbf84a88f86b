from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .centre import Centre


class SavedView(models.Model):
    """Filters of a list that somebody has kept under a name, alone or for the whole centre."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="saved_views",
        verbose_name=_("staff account"),
    )
    centre = models.ForeignKey(
        Centre,
        models.CASCADE,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("shared with"),
    )
    list = models.CharField(_("list"), max_length=60)  # such as "participants.registration"
    name = models.CharField(_("name"), max_length=40)
    query = models.CharField(_("filters"), max_length=600)  # as in the list's address

    class Meta:
        verbose_name = _("saved filters")
        verbose_name_plural = _("saved filters")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "list", "name"], name="saved_view_once"),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
