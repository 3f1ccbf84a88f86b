from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from centres.states import CENTRE_ROLES, NATIONAL_ROLES, Role

from .centre import Centre


class StaffRole(models.Model):
    """What somebody who works here may do, at one centre or for all of them."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="staff_roles",
        verbose_name=_("staff account"),
    )
    centre = models.ForeignKey(
        Centre,
        models.CASCADE,
        related_name="staff_roles",
        null=True,
        blank=True,
        verbose_name=_("centre"),
        help_text=_("Empty for administrators and for statistics."),
    )
    role = models.CharField(_("role"), max_length=13, choices=Role)
    # A right of its own: what is on a file is out of our hands.
    may_export = models.BooleanField(
        _("may take out lists"),
        default=False,
        db_default=False,
        help_text=_("Files with people or groups, for a spreadsheet. Each one is written down."),
    )

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["user", "centre", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "centre", "role"],
                nulls_distinct=False,
                name="staff_role_once",
                violation_error_message=_("This person already has this role."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=CENTRE_ROLES, centre__isnull=False)
                | Q(role__in=NATIONAL_ROLES, centre__isnull=True),
                name="staff_role_at_centre_or_national",
                violation_error_message=_(
                    "Coordinators and leads have a centre. Administrators and statistics do not."
                ),
            ),
            models.CheckConstraint(
                condition=Q(may_export=False) | Q(role__in=CENTRE_ROLES),
                name="staff_role_takes_out_own_lists",
                violation_error_message=_("Only coordinators and leads take out lists."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
