from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DoneAct(models.Model):
    """An act on several rows that has been done: the same page sent again does it no second time.

    The key is made for one showing of the page, and says nothing about who saw it.
    """

    key = models.UUIDField(primary_key=True)
    act = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("act that is done")
        verbose_name_plural = _("acts that are done")
        indexes = [models.Index(fields=["at"], name="done_act_old")]

    def __str__(self) -> str:
        return self.act
