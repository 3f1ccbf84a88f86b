"""A command of manage.py with the settings of production, and keys that open nothing."""

import os
import secrets
import sys

from cryptography.fernet import Fernet
from django.core.management import execute_from_command_line


def environment() -> dict[str, str]:
    """What an operator has to say, made up."""
    return {
        "DJANGO_SETTINGS_MODULE": "linkcenter.settings",
        "LINK_ENV": "production",
        "LINK_SECRET_KEY": secrets.token_urlsafe(50),
        "LINK_FIELD_KEYS": Fernet.generate_key().decode(),
        "LINK_INDEX_KEY": secrets.token_urlsafe(50),
        "LINK_LINK_KEY": secrets.token_urlsafe(50),
        "LINK_BACKUP_KEY": secrets.token_urlsafe(50),
        "LINK_BASE_URL": "https://link.example.org",
        "LINK_FROM_EMAIL": "LINK <post@link.example.org>",
        "DATABASE_URL": "postgresql://link:secret@localhost:5432/link",
        "EMAIL_URL": "submission://link:secret@localhost",
    }


if __name__ == "__main__":
    os.environ.update(environment())
    execute_from_command_line(sys.argv)
