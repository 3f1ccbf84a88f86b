from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from centres.states import EventKind

from .centre import Centre


class Event(models.Model):
    """An open meeting, a course or a gathering that a centre invites people to."""

    centre = models.ForeignKey(
        Centre, models.CASCADE, related_name="events", verbose_name=_("centre")
    )
    kind = models.CharField(_("kind"), max_length=18, choices=EventKind)
    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=160, blank=True)
    digital = models.BooleanField(_("digital"), default=False)
    audience = models.CharField(_("for whom"), max_length=120, blank=True)
    published = models.BooleanField(_("shown on the page"), default=False)
    note = models.TextField(_("note"), blank=True, help_text=_("Seen by staff only."))

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EventKind.values), name="event_kind_known"),
            models.CheckConstraint(
                condition=Q(published=False) | Q(starts_at__isnull=False),
                name="event_published_has_time",
                violation_error_message=_("Fill in when it starts before you show it."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True)
                | Q(starts_at__isnull=False, starts_at__lt=F("ends_at")),
                name="event_starts_before_end",
                violation_error_message=_("Let it start before it ends."),
            ),
        ]

    def __str__(self) -> str:
        return self.title
