"""Where a password or a code is compared, as often as ``login_limits`` says."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.core import context
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from linkcenter.login_limits import CODE, take
from linkcenter.models import User


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


class LimitedCodeMixin:
    """For the forms that ask for a code of the app or one on paper."""

    user: User

    def clean_code(self) -> str:
        tried = take(context.request, self.user.email, what=CODE)
        code: str = super().clean_code()  # type: ignore[misc]  # of allauth's form beside it
        tried.give_back()
        return code
