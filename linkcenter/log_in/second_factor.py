"""Who has a second factor, who has used it in this session, and who still needs one."""

from datetime import datetime

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse

from linkcenter.encryption import decrypt, encrypt
from linkcenter.log_in import mail, session
from linkcenter.models import User

Type = Authenticator.Type
KINDS = (Type.TOTP, Type.WEBAUTHN)  # recovery codes stand in for one of these
METHOD = "mfa"  # as allauth notes it in the session
ENCRYPTED = ("secret", "seed")  # what apps and recovery codes are made from


@transaction.atomic
def reset(user: User, *, now: datetime | None = None) -> None:
    """All of it is gone, with the visits that it opened, and the owner hears of it.

    For who has lost the telephone and the codes. Where a second factor is required, the owner sets
    up a new one with the next log-in.
    """
    Authenticator.objects.filter(user_id=user.pk).delete()
    session.end_all(user)
    mail.log_in_changed(user, now=now)


def has_one(user: User | AnonymousUser) -> bool:
    return Authenticator.objects.filter(user_id=user.pk, type__in=KINDS).exists()


def has_used_one(request: HttpRequest) -> bool:
    """Whether the session has seen more than a password."""
    if not isinstance(request.user, User):
        return False
    records = get_authentication_records(request, request.user)
    return any(record["method"] == METHOD for record in records)


def is_missing(request: HttpRequest) -> bool:
    """Whether who asks is kept out of the staff's pages until a second factor is set up.

    A session from before it was set up has not seen it, and stays outside as well.
    """
    if not settings.SECOND_FACTOR_REQUIRED:
        return False
    return not (has_used_one(request) and has_one(request.user))


def way_in(request: HttpRequest) -> str:
    """The page on which whoever lacks it shows the second factor, or sets one up."""
    if not has_one(request.user):
        return reverse("mfa_index")
    ways: list[dict[str, str]] = get_adapter().get_reauthentication_methods(request.user)
    return ways[0]["url"]


@transaction.atomic
def write_anew() -> int:
    """What is encrypted is encrypted with the first of the keys; returns of how many."""
    held = Authenticator.objects.exclude(type=Type.WEBAUTHN).select_for_update().order_by("pk")
    for authenticator in held:
        data = authenticator.data
        anew = {name: encrypt(decrypt(data[name])) for name in ENCRYPTED if name in data}
        authenticator.data = data | anew
        authenticator.save(update_fields=["data"])
    return len(held)
