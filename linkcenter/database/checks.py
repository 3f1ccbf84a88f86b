"""What has to be so before LINK serves people, and ``check --database default`` asks as well."""

import logging
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import OperationalError, connection
from environs import EnvError

from linkcenter.database.rights import dangers, unseen_damage
from linkcenter.database.server_log import quoting

logger = logging.getLogger(__name__)


@register(Tags.database)
def database_is_safe(
    app_configs: Any, databases: Sequence[str] | None, **kwargs: Any
) -> list[CheckMessage]:
    """No crash takes what was acknowledged, and the role cannot rewrite the past."""
    if settings.DEVELOPMENT or not databases:
        return []
    return [
        *(Error(text, id="linkcenter.E001") for text in dangers()),
        *(Warning(text, id="linkcenter.W001") for text in quoting()),
        *(Warning(text, id="linkcenter.W002") for text in unseen_damage()),
    ]


def refuse_unsafe_database() -> None:
    """Raises ``EnvError`` in production, with what is wrong with the database.

    One that is away just now is no reason: ``/readyz`` says so, and it may be back in a moment.
    """
    if settings.DEVELOPMENT:
        return
    try:
        found = dangers()
        if quoting():
            logger.warning("PostgreSQL's own log may quote people: check --database default")
    except OperationalError:
        return
    finally:
        connection.close()  # the workers are forked, and none shall have another's
    if found:
        raise EnvError(" ".join(found))
