"""Settings from the environment, and the development keys that stand in for them.

A missing or wrong setting raises ``environs.EnvError``, which ``manage.py`` and ``wsgi.py`` turn
into one sentence that names it.
"""

import re
import secrets
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from cryptography.fernet import Fernet
from environs import Env, EnvError

env = Env()

MODES = ("development", "production")
SHORTEST_SECRET = 32
FEWEST_CHARACTERS = 10  # different ones: a random text of 32 has at least so many
SENDER = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
MAIL_PORTS = {"smtp": 25, "submission": 587, "smtps": 465}


def mode() -> str:
    """``LINK_ENV``: development (the default) or production."""
    chosen = env.str("LINK_ENV", "development")
    if chosen not in MODES:
        raise EnvError(f'LINK_ENV must be "development" or "production", not "{chosen}".')
    if chosen == "development" and env.str("LINK_FIELD_KEYS", ""):
        raise EnvError("LINK_ENV must be production where LINK_FIELD_KEYS is set.")
    return chosen


def text(name: str) -> str:
    """A setting that production cannot do without."""
    value = env.str(name, "").strip()
    if not value:
        raise EnvError(f"{name} is missing. Production needs it.")
    return value


def secret(name: str) -> str:
    """A secret of at least 32 characters. What is wrong with it is told without showing it."""
    value = text(name)
    if len(value) < SHORTEST_SECRET:
        raise EnvError(f"{name} must be a random text of at least {SHORTEST_SECRET} characters.")
    if len(set(value)) < FEWEST_CHARACTERS:
        raise EnvError(f"{name} must be a random text, and says the same again and again.")
    return value


def refuse_equal(**secrets_by_name: str) -> None:
    """Each secret is its own: whoever learns one of them shall not have another."""
    first: dict[str, str] = {}
    for name, value in secrets_by_name.items():
        if (other := first.setdefault(value, name)) != name:
            raise EnvError(f"{name} must be another than {other}.")


def secret_or_nothing(name: str) -> str:
    """A secret that switches something on, which is off without it."""
    return secret(name) if env.str(name, "").strip() else ""


def log_format(name: str, default: str) -> str:
    """How a line of the log is written: ``text`` to read, ``json`` for programs."""
    chosen = env.str(name, default)
    if chosen not in ("text", "json"):
        raise EnvError(f'{name} must be "text" or "json", not "{chosen}".')
    return chosen


def field_keys(names: str) -> list[str]:
    """The Fernet keys of a list setting: the first writes, all read."""
    keys = [key.strip() for key in text(names).split(",")]
    for key in keys:
        try:
            Fernet(key)
        except ValueError as error:
            raise EnvError(
                f"{names} must hold Fernet keys of 44 characters, divided by commas."
            ) from error
    return keys


def public_address(name: str) -> str:
    """The address that people write: https, a host, and nothing after it."""
    value = text(name).rstrip("/")
    parts = urlsplit(value)
    if value != f"https://{parts.netloc}" or not parts.hostname or "@" in parts.netloc:
        raise EnvError(f"{name} must be the public address, such as https://link.example.org.")
    return value


def bind(name: str, default: str) -> str:
    """Address and port to listen on."""
    value = env.str(name, default)
    if not re.fullmatch(r"(\[[0-9a-fA-F:]+\]|[\w.-]+):\d{1,5}", value):
        raise EnvError(f'{name} must be an address and a port such as {default}, not "{value}".')
    return value


def sender(name: str) -> str:
    """Who mails come from: an address, with or without a name before it."""
    value = text(name)
    if not SENDER.fullmatch(parseaddr(value)[1]):
        raise EnvError(f"{name} must be an address, such as LINK <post@link.example.org>.")
    return value


def proxies(name: str, default: int) -> int:
    """How many proxies of our own stand in front, each of which adds the address it saw.

    There are at least as many as by ``default``: production never stands alone on the net.
    """
    value = env.str(name, str(default))
    if not re.fullmatch(r"[0-9]", value) or int(value) < default:
        raise EnvError(f'{name} must be the number of proxies in front, such as 1, not "{value}".')
    return int(value)


def postgres(name: str) -> dict[str, Any] | None:
    """The database that a URL names; nothing if the setting is empty."""
    url = env.str(name, "").strip()
    if not url:
        return None
    wrong = f"{name} must look like postgresql://user:password@host:5432/database."
    try:
        database = dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)
    except ValueError:
        raise EnvError(wrong) from None  # the cause holds the password
    if database["ENGINE"] != "django.db.backends.postgresql" or not database["NAME"]:
        raise EnvError(wrong)
    return dict(database)


def mail_server(name: str) -> dict[str, Any]:
    """The settings of the mail server that a URL names: encrypted from the start (``smtps``), after
    a greeting (``submission``), or not at all (``smtp``).
    """
    value = text(name)
    wrong = EnvError(f"{name} must look like submission://user:password@host:587.")
    try:
        url = urlsplit(value)
        usual_port = MAIL_PORTS[url.scheme]
        port = url.port or usual_port
    except (KeyError, ValueError):
        raise wrong from None  # the cause holds the password
    if not url.hostname:
        raise wrong
    return {
        "EMAIL_HOST": url.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_SSL": url.scheme == "smtps",
        "EMAIL_USE_TLS": url.scheme == "submission",
    }


def development_secret(folder: Path, name: str) -> str:
    """A random secret of this checkout, made on first use and kept in ``folder``.

    Each checkout gets its own, so that no key stands in the source.
    """
    file = folder / f"{name}.secret"
    try:
        if not file.exists():
            _make_secret(file)
        return file.read_text()
    except PermissionError as error:
        raise EnvError(
            f"{folder} belongs to another user. Run LINK as that user, or set LINK_STATE_DIR to "
            "a folder of your own."
        ) from error


def _make_secret(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    fresh.touch(mode=0o600)
    fresh.write_text(Fernet.generate_key().decode())
    try:
        file.hardlink_to(fresh)  # whoever comes first wins; the others read the same key
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
