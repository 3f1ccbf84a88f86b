"""What wants a log-in that is fresh: files with people, deleting many, roles, second factors.

Whoever logged in longer ago than ten minutes is asked for the password or the second factor first.
A form that was posted waits meanwhile, and is sent by a press when its writer is back.

    @fresh                                   a view, an act on an admin's page, an action of a list
    class RoleAdmin(FreshChangesMixin, ...)  whatever the pages of a ModelAdmin write
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from linkcenter.log_in import kept_forms, second_factor, session
from linkcenter.models import User
from linkcenter.web import known_browsers

FRESH = timedelta(seconds=settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)


def proved_at(request: HttpRequest) -> datetime | None:
    """When password, code or passkey were last given in this session.

    None where a password alone was given and the account has more than that.
    """
    if not isinstance(request.user, User):
        return None
    if not second_factor.has_used_one(request) and second_factor.has_one(request.user):
        return None
    records = get_authentication_records(request, request.user)
    if not records:
        return session.began_at(request)  # not opened by the page for it
    return datetime.fromtimestamp(records[-1]["at"], UTC)


def is_fresh(request: HttpRequest) -> bool:
    """Whether it is so short a time ago that a dangerous act needs no new proof."""
    at = proved_at(request)
    return at is not None and abs(timezone.now() - at) < FRESH


def ask_again(request: HttpRequest) -> HttpResponse | None:
    """The way to the page that asks who it is, with the form kept; None for who is fresh.

    For use where only some of what a view does is dangerous.
    """
    if is_fresh(request):
        return None
    there = request.get_full_path()
    if request.method == "POST" and isinstance(request.user, User):
        there = kept_forms.keep(request, known_browsers.mark(request.user.email)).address
    return redirect_to_login(there, reverse("account_reauthenticate"))


def fresh(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """``view`` is for those who have just shown who they are. Others do so first."""

    @wraps(view)
    def inner(*args: Any, **kwargs: Any) -> HttpResponse:
        request = next(each for each in args if isinstance(each, HttpRequest))
        return ask_again(request) or view(*args, **kwargs)

    return inner


class FreshChangesMixin:
    """For a ModelAdmin: everybody who may, reads; who adds, changes or deletes is fresh."""

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _ask_to_write(request) or _pages(super()).changelist_view(request, *args, **kwargs)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _ask_to_write(request) or _pages(super()).changeform_view(request, *args, **kwargs)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _ask_to_write(request) or _pages(super()).delete_view(request, *args, **kwargs)


def _pages(of: Any) -> Any:
    """The ModelAdmin that stands beside the mixin."""
    return of


def _ask_to_write(request: HttpRequest) -> HttpResponse | None:
    return ask_again(request) if request.method == "POST" else None
