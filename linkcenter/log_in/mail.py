"""What the system says to those who log in to it."""

from datetime import datetime
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import translation

from linkcenter.messages import outbox, texts
from linkcenter.models import Channel, Message, User

NEW_PASSWORD = "new_password"  # noqa: S105  what a message is about


def password_path(language: str) -> str:
    return _with_token("new-password", language)


def _with_token(name: str, language: str) -> str:
    with translation.override(language):
        return reverse(name, args=["TOKEN"]).replace("TOKEN", "{token}")


def new_password(user: User, *, link: outbox.Link, now: datetime | None = None) -> Message:
    return _tell(user, "new_password", matter=NEW_PASSWORD, link=link, now=now)


def log_in_changed(user: User, *, now: datetime | None = None) -> Message:
    """Their password or second factor is another. One such mail a time is enough."""
    return _tell(user, "log_in_changed", matter="log_in", now=now)


def address_changed(user: User, *, before: str, now: datetime | None = None) -> Message:
    """Somebody else has given them another address: the one of before hears of it."""
    return _tell(user, "log_in_moved", matter="address", to=before, now=now)


def account_unused(user: User, *, closes_on: Any, now: datetime | None = None) -> Message:
    return _tell(user, "account_unused", matter="account", now=now, closes_on=closes_on)


class Failures(NamedTuple):
    """How much has gone wrong, and nothing of whom it is about."""

    mails: int = 0
    late: int = 0
    given_up: int = 0
    no_backup: bool = False


def failures(user: User, failures: Failures, *, now: datetime | None = None) -> Message:
    return _tell(user, "failures", matter="failures", now=now, failures=failures)


def _tell(
    user: User,
    kind: str,
    *,
    matter: str,
    to: str | None = None,
    link: outbox.Link | None = None,
    now: datetime | None = None,
    **context: Any,
) -> Message:
    rendered = texts.write(
        kind, language=user.language, gap=outbox.GAP if link else "", user=user, **context
    )
    return outbox.queue(
        user,
        matter=matter,
        kind=kind,
        channel=Channel.EMAIL,
        to=to or user.email,
        language=user.language,
        subject=rendered.subject,
        text=rendered.text,
        link=link,
        now=now,
    )
