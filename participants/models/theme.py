from django.db import models
from django.utils.translation import gettext_lazy as _


class Theme(models.Model):
    """What a group may be about, in words broad enough for anybody to choose."""

    slug = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    position = models.PositiveSmallIntegerField(_("order"), default=100)
    active = models.BooleanField(_("can be chosen"), default=True)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.name
