"""How long ago whoever asks has proved who they are."""

from datetime import UTC, datetime, timedelta

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from linkcenter.log_in import second_factor
from linkcenter.models import User

FRESH = timedelta(seconds=settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)


def proved_at(request: HttpRequest) -> datetime | None:
    """When password, code or passkey were last given in this session.

    None where a password alone was given and the account has more than that.
    """
    if not isinstance(request.user, User):
        return None
    records = get_authentication_records(request, request.user)
    if not records:
        return None
    if not second_factor.has_used_one(request) and second_factor.has_one(request.user):
        return None
    return datetime.fromtimestamp(records[-1]["at"], UTC)


def is_fresh(request: HttpRequest, *, now: datetime | None = None) -> bool:
    """Whether it is so short a time ago that a dangerous act needs no new proof."""
    at = proved_at(request)
    return at is not None and abs((now or timezone.now()) - at) < FRESH
