"""Accounts that nobody uses: warned of after half a year, and closed a month later.

An old account is a door that nobody watches. An administrator can open it again.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from linkcenter.log_in import mail
from linkcenter.models import User
from linkcenter.periods import days

JOB = "linkcenter.unused_accounts"
WARN_AFTER = days(180)
CLOSE_AFTER = days(30)  # after the warning


def _accounts() -> QuerySet[Any]:
    """Those in use, with when each was last logged in to, opened or made."""
    seen = Greatest(Coalesce("last_login", "date_joined"), Coalesce("opened_at", "date_joined"))
    return User.objects.filter(is_active=True).annotate(seen_at=seen)


def to_warn(now: datetime) -> QuerySet[Any]:
    not_warned = Q(warned_at=None) | Q(warned_at__lt=F("seen_at"))
    return _accounts().filter(not_warned, seen_at__lte=now - WARN_AFTER)


def to_close(now: datetime) -> QuerySet[Any]:
    """Warned long enough ago, and not logged in to since."""
    return _accounts().filter(warned_at__lte=now - CLOSE_AFTER, warned_at__gte=F("seen_at"))


@transaction.atomic
def warn(*, now: datetime | None = None) -> int:
    """Whoever has not logged in for so long gets a letter; returns how many."""
    now = now or timezone.now()
    users = list(to_warn(now).select_for_update(of=("self",), no_key=True).order_by("pk"))
    for user in users:
        user.warned_at = now
        user.save(update_fields=["warned_at"])
        mail.account_unused(user, closes_on=timezone.localdate(now + CLOSE_AFTER), now=now)
    return len(users)


@transaction.atomic
def close(*, now: datetime | None = None) -> int:
    """Accounts that were warned and are still not used let nobody in; returns how many."""
    now = now or timezone.now()
    users = list(to_close(now).select_for_update(of=("self",), no_key=True).order_by("pk"))
    for user in users:
        user.is_active = False
        user.save(update_fields=["is_active"])
    return len(users)


def open_again(user: User, *, now: datetime | None = None) -> None:
    """The account lets its owner in, and counts as new for another half year."""
    user.is_active = True
    user.opened_at = now or timezone.now()
    user.save(update_fields=["is_active", "opened_at"])
