from datetime import date

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linkcenter.encryption import EncryptedTextField

from .house import Slot, Venue


class KeyQuerySet(models.QuerySet["Key"]):
    def at_home(self) -> "KeyQuerySet":
        return self.filter(since__isnull=True, lost_on__isnull=True)

    def out(self) -> "KeyQuerySet":
        return self.filter(since__isnull=False, lost_on__isnull=True)

    def overdue(self, today: date) -> "KeyQuerySet":
        return self.out().filter(due__lt=today)

    def lost(self) -> "KeyQuerySet":
        return self.filter(lost_on__isnull=False)


class Key(models.Model):
    """A numbered key to a room: in the house, with somebody who signed for it, or lost.

    Who has it stands here for as long as they have it, and nowhere afterwards.
    """

    venue = models.ForeignKey(Venue, models.PROTECT, related_name="keys", verbose_name=_("room"))
    number = models.CharField(_("number"), max_length=20, help_text=_("As it stands on the key."))
    # Null where there is none: an encrypted column can be tested for null and for nothing else.
    holder = EncryptedTextField(_("who has it"), null=True, blank=True)
    phone = EncryptedTextField(_("phone"), null=True, blank=True)
    slot = models.ForeignKey(
        Slot,
        models.SET_NULL,
        related_name="keys",
        null=True,
        blank=True,
        verbose_name=_("for the weekly time"),
    )
    since = models.DateField(_("lent out"), null=True, blank=True)
    due = models.DateField(_("back by"), null=True, blank=True)
    lost_on = models.DateField(_("lost"), null=True, blank=True)

    activities = GenericRelation(
        "linkcenter.Activity", "subject_id", "subject_type", related_query_name="key"
    )

    objects = KeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("key")
        verbose_name_plural = _("keys")
        ordering = ["venue", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["venue", "number"],
                name="key_number_once",
                violation_error_message=_("There is a key with this number already."),
            ),
            models.CheckConstraint(
                condition=Q(holder__isnull=True, phone__isnull=True)
                & Q(slot__isnull=True, since__isnull=True, due__isnull=True)
                | Q(holder__isnull=False, since__isnull=False),
                name="key_holder_and_since",
            ),
            models.CheckConstraint(
                condition=Q(due__isnull=True) | Q(due__gte=F("since")), name="key_due_after_since"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.venue} {self.number}"
