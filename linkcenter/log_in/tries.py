"""How often somebody may try to log in. Nobody can be locked out by somebody else.

Tries are counted for an account from one network address, for an account from everywhere, and for
an address; the count begins anew after a while, and what succeeds counts for nothing. A browser in
which the account has logged in before has a count of its own, so that strangers who try passwords
anywhere do not keep its owner waiting. An account that does not exist is counted alike.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils import timezone

from linkcenter.web import known_browsers
from linkcenter.web.limits import Limit, end, give_back, sender, spend

ACCOUNT_AND_ADDRESS = Limit("log-ins to an account from an address", 5, timedelta(minutes=15))
ACCOUNT = Limit("log-ins to an account", 20, timedelta(hours=1))
ADDRESS = Limit("log-ins from an address", 100, timedelta(hours=1))
KNOWN_BROWSER = Limit("log-ins in a known browser", 5, timedelta(minutes=15))

PASSWORD = "password"  # noqa: S105  what is tried
CODE = "code"


class TooManyTries(Exception):
    """Not now: ``until`` then. Nothing was looked up, and no password was compared."""

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


@dataclass(frozen=True)
class Try:
    """One try to log in, with what it was counted as."""

    counted: list[tuple[Limit, str]]
    at: datetime

    def give_back(self) -> None:
        """It was right, so it counts for nothing."""
        for limit, who in self.counted:
            give_back(limit, who, now=self.at)


def take(
    request: HttpRequest, email: str, *, what: str = PASSWORD, now: datetime | None = None
) -> Try:
    """Count a try to log in to the account ``email``; ``TooManyTries`` if it is one too many."""
    now = now or timezone.now()
    account, address = known_browsers.mark(email), sender(request)
    of_account = f"{what}:{account}"
    browser = known_browsers.number_for(request, account)
    if browser is not None:
        counts = [(KNOWN_BROWSER, f"{of_account}:{browser}")]
    else:  # one address must not use up what an account has from everywhere
        counts = [
            (ACCOUNT_AND_ADDRESS, f"{of_account}:{address}"),
            (ADDRESS, address),
            (ACCOUNT, of_account),
        ]
    for limit, who in counts:
        if not spend(limit, who, now=now):
            raise TooManyTries(end(limit, now=now))
    return Try(counts, now)


class LimitedBackend(AuthenticationBackend):
    """Compares e-mail and password, so many times."""

    def authenticate(
        self, request: HttpRequest | None, **credentials: Any
    ) -> AbstractBaseUser | None:
        if request is None:  # nobody outside asks
            return super().authenticate(request, **credentials)
        tried = take(request, credentials.get("email") or credentials.get("username") or "")
        user = super().authenticate(request, **credentials)
        if user is not None:
            tried.give_back()
        return user
