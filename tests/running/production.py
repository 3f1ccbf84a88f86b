"""What an operator says to a program in production, made up. As a program: manage.py with that."""

import os
import secrets
import sys
from pathlib import Path

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.management import execute_from_command_line

HOST = "link.example.org"


def environment(**own: str) -> dict[str, str]:
    """With keys that open nothing. ``own`` is said instead, or besides."""
    return {
        "DJANGO_SETTINGS_MODULE": "linkcenter.settings",
        "LINK_ENV": "production",
        "LINK_SECRET_KEY": secrets.token_urlsafe(50),
        "LINK_FIELD_KEYS": Fernet.generate_key().decode(),
        "LINK_INDEX_KEY": secrets.token_urlsafe(50),
        "LINK_LINK_KEY": secrets.token_urlsafe(50),
        "LINK_BACKUP_KEY": secrets.token_urlsafe(50),
        "LINK_BASE_URL": f"https://{HOST}",
        "LINK_FROM_EMAIL": f"LINK <post@{HOST}>",
        "DATABASE_URL": "postgresql://link:secret@localhost:5432/link",
        "EMAIL_URL": "submission://link:secret@localhost",
        **own,
    }


def with_our_keys(state: Path, database: str, **own: str) -> dict[str, str]:
    """For a program on ``database`` that reads what this process has written there."""
    ours = {
        "LINK_STATE_DIR": str(state),
        "LINK_SECRET_KEY": settings.SECRET_KEY,
        "LINK_FIELD_KEYS": settings.FIELD_KEYS[0],
        "LINK_INDEX_KEY": settings.INDEX_KEY,
        "LINK_LINK_KEY": settings.LINK_KEY,
        "LINK_BACKUP_KEY": settings.BACKUP_KEY,
        "DATABASE_URL": database,
        "EMAIL_URL": "smtp://127.0.0.1",
    }
    return os.environ | environment(**{**ours, **own})


if __name__ == "__main__":
    os.environ.update(environment())
    execute_from_command_line(sys.argv)
