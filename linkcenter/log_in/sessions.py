"""Ending what somebody is logged in to."""

from django.contrib.auth import update_session_auth_hash
from django.db.models import F
from django.http import HttpRequest

from linkcenter.models import User


def end_all(user: User) -> None:
    """Whoever is logged in as ``user``, wherever, is so no longer with the next request."""
    User.objects.filter(pk=user.pk).update(session_round=F("session_round") + 1)
    user.refresh_from_db(fields=["session_round"])


def end_others(request: HttpRequest, user: User) -> None:
    """As ``end_all``, but for the session that asks for it, which gets a new number."""
    end_all(user)
    update_session_auth_hash(request, user)
