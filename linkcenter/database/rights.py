"""Two roles in the database: one owns the tables and migrates, the other does the daily work.

The second has no right to change what has happened, nor to make, alter or empty a table. What the
code forgot, or somebody who broke in through it tries, PostgreSQL refuses.
"""

from django.apps import apps
from django.conf import settings

from linkcenter.database import catalogue

SAFE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}

REMEDY = "Let the owner of the tables run: manage.py grant_rights"


def grant(role: str) -> None:
    """``role`` may do the daily work, and no more: also after it had more. For the owner to run.

    Rows of ``NEVER_CHANGED`` can be added and, together with whom they are about, deleted.
    """
    catalogue.grant(role, never_changed=_never_changed())


def dangers() -> list[str]:
    """What would lose what was acknowledged after a crash, or let the web change its own past."""
    unsafe = [
        f"PostgreSQL has {name} = {found}. Set it to {safe}."
        for name, safe in SAFE.items()
        if (found := catalogue.setting(name)) != safe
    ]
    return unsafe + _too_mighty()


def unseen_damage() -> list[str]:
    """What a broken disk could do to the tables without anybody noticing."""
    if catalogue.setting("data_checksums") == "on":
        return []
    return ["PostgreSQL has data_checksums = off. Stop it and run: pg_checksums --enable"]


def _too_mighty() -> list[str]:
    if catalogue.is_mighty():
        return ["The role in DATABASE_URL may do everything. Give the web a role of its own."]
    if catalogue.may_update_any(_never_changed()):
        return [f"The role in DATABASE_URL may change what has happened. {REMEDY}"]
    return []


def _never_changed() -> list[str]:
    return [apps.get_model(label)._meta.db_table for label in settings.NEVER_CHANGED]
