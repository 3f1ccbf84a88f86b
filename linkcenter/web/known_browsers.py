"""Browsers in which somebody has logged in before, and as whom.

A signed cookie says it. It opens nothing. But whoever tries passwords in another browser cannot
keep the right person out of this one: see ``login_limits``. It names nobody: an account stands in
it as a digest that only we can make.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from linkcenter.encryption import keyed_digest
from linkcenter.models import User

SALT = "linkcenter.web.known_browsers"
KEPT = timedelta(days=180)
MOST_ACCOUNTS = 5  # at a desk that is shared


@dataclass(frozen=True)
class Known:
    """One account that has logged in here; ``number`` tells this browser from others."""

    account: str
    number: str


def mark(email: str) -> str:
    """The account with that address, or whatever was typed as one, as we can write it down."""
    return keyed_digest(f"account:{email.strip().casefold()}")


def known(request: HttpRequest) -> list[Known]:
    """The accounts that this browser has seen, the latest first."""
    try:
        told = signing.loads(
            request.COOKIES.get(settings.BROWSER_COOKIE_NAME, ""), salt=SALT, max_age=KEPT
        )
        return [Known(account, number) for account, number in told]
    except (signing.BadSignature, ValueError, TypeError):
        return []


def number_for(request: HttpRequest, account: str) -> str | None:
    """The number of this browser if ``account`` has logged in with it."""
    return next((each.number for each in known(request) if each.account == account), None)


def note(request: HttpRequest, user: User) -> None:
    """``user`` has logged in: the answer to ``request`` tells the browser."""
    request.logged_in_account = mark(user.email)  # type: ignore[attr-defined]  # on this request


def logged_in(request: HttpRequest) -> str | None:
    """The account that this very request has logged in."""
    return getattr(request, "logged_in_account", None)


def remember(request: HttpRequest, response: HttpResponseBase, account: str) -> None:
    """Let the browser tell from now on that ``account`` has logged in with it."""
    others = [[each.account, each.number] for each in known(request) if each.account != account]
    told = [[account, secrets.token_hex(8)], *others[: MOST_ACCOUNTS - 1]]
    response.set_cookie(
        settings.BROWSER_COOKIE_NAME,
        signing.dumps(told, salt=SALT),
        max_age=KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
