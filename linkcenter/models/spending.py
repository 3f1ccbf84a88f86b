from django.db import models
from django.utils.translation import gettext_lazy as _


class Spending(models.Model):
    """How often one address has done something that is limited, in one window of time.

    Whose address it is cannot be read: the key is a digest with the day in it.
    """

    pk = models.CompositePrimaryKey("key", "begins_at")
    key = models.CharField(max_length=22)
    begins_at = models.DateTimeField()
    times = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("use of a limit")
        verbose_name_plural = _("uses of limits")
        constraints = [
            models.CheckConstraint(condition=models.Q(times__gte=1), name="spending_at_least_once")
        ]
        indexes = [models.Index(fields=["begins_at"], name="spending_old")]

    def __str__(self) -> str:
        return f"{self.begins_at:%H.%M}"
