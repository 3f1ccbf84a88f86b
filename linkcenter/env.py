"""Settings from the environment, and the development keys that stand in for them.

A missing or wrong setting raises ``environs.EnvError``, which ``manage.py`` and ``wsgi.py`` turn
into one sentence that names it.
"""

import secrets
from pathlib import Path

from cryptography.fernet import Fernet
from environs import Env, EnvError

env = Env()

MODES = ("development", "production")


def mode() -> str:
    """``LINK_ENV``: development (the default) or production. Raises ``EnvError`` on other words."""
    chosen = env.str("LINK_ENV", "development")
    if chosen not in MODES:
        raise EnvError(f'LINK_ENV must be "development" or "production", not "{chosen}".')
    return chosen


def field_keys(names: str) -> list[str]:
    """The Fernet keys of a list setting. Raises ``EnvError`` if one of them is no key."""
    keys = env.list(names)
    for key in keys:
        try:
            Fernet(key)
        except ValueError as error:
            raise EnvError(f"{names} must hold Fernet keys, 44 characters each.") from error
    if not keys:
        raise EnvError(f"{names} must hold at least one key.")
    return keys


def development_secret(folder: Path, name: str) -> str:
    """A random secret of this checkout, made on first use and kept in ``folder``.

    Each checkout gets its own, so that no key stands in the source.
    """
    file = folder / f"{name}.secret"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        fresh = folder / f".{name}.{secrets.token_hex(4)}"
        fresh.touch(mode=0o600)
        fresh.write_text(Fernet.generate_key().decode())
        try:
            file.hardlink_to(fresh)  # whoever comes first wins; the others read the same key
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return file.read_text().strip()
