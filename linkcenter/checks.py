"""What has to be so before LINK serves people, and ``check --database default`` asks as well."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import OperationalError, connection
from environs import EnvError

from linkcenter.database_rights import dangers


@register(Tags.database)
def database_is_safe(
    app_configs: Any, databases: Sequence[str] | None, **kwargs: Any
) -> list[CheckMessage]:
    """No crash takes what was acknowledged, and the role cannot rewrite the past."""
    if settings.DEVELOPMENT or not databases:
        return []
    return [Error(text, id="linkcenter.E001") for text in dangers()]


def refuse_unsafe_database() -> None:
    """Raises ``EnvError`` in production, with what is wrong with the database.

    One that is away just now is no reason: ``/readyz`` says so, and it may be back in a moment.
    """
    if settings.DEVELOPMENT:
        return
    try:
        found = dangers()
    except OperationalError:
        return
    finally:
        connection.close()  # the workers are forked, and none shall have another's
    if found:
        raise EnvError(" ".join(found))
