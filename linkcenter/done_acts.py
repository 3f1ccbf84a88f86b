"""Which acts on several rows were done, for as long as somebody may send the same page again."""

from datetime import datetime

from django.db.models import QuerySet

from linkcenter.models import DoneAct
from linkcenter.periods import days

KEEP = days(7)  # nobody sends a page again after that


def old_keys(now: datetime) -> QuerySet[DoneAct]:
    return DoneAct.objects.filter(at__lte=now - KEEP)
