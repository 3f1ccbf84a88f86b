"""A missing or wrong setting stops the start with one sentence that names it."""

import os
import runpy
import secrets
import socket
import subprocess
import sys
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.conf import settings
from environs import EnvError

PRODUCTION = {
    "LINK_ENV": "production",
    "LINK_SECRET_KEY": "".join(chr(33 + n) for n in range(60)),
    "LINK_FIELD_KEYS": Fernet.generate_key().decode(),
    "LINK_INDEX_KEY": secrets.token_urlsafe(50),
    "LINK_LINK_KEY": secrets.token_urlsafe(50),
    "LINK_BACKUP_KEY": secrets.token_urlsafe(50),
    "LINK_BASE_URL": "https://link.example.org",
    "LINK_FROM_EMAIL": "LINK <post@link.example.org>",
    "DATABASE_URL": "postgresql://link:secret@localhost:5432/link",
    "EMAIL_URL": "submission://link:secret@localhost",
}

# DJANGO_ALLOW_ASYNC_UNSAFE is set by the journeys, for Playwright.
OTHERS = (
    "BIND",
    "DJANGO_ALLOW_ASYNC_UNSAFE",
    "DJANGO_SETTINGS_MODULE",
    "LINK_DEBUG",
    "LINK_LOG_FORMAT",
    "LINK_LOG_LEVEL",
    "LINK_METRICS_TOKEN",
    "LINK_PROXIES",
)


@pytest.fixture
def environment(monkeypatch):
    for name in (*PRODUCTION, *OTHERS):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.fixture
def production(environment):
    for name, value in PRODUCTION.items():
        environment.setenv(name, value)
    return environment


def read_settings() -> dict[str, Any]:
    return runpy.run_path(str(settings.BASE_DIR / "linkcenter/settings.py"))


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  our own programs
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env=os.environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_settings_of_development_need_no_environment(environment):
    read = read_settings()

    assert read["BASE_URL"] == "http://127.0.0.1:8000"


def test_settings_of_development_take_the_address_from_bind(environment):
    environment.setenv("BIND", "127.0.0.1:8123")

    assert read_settings()["BASE_URL"] == "http://127.0.0.1:8123"


def test_settings_of_production_are_not_taken_for_those_of_development(production):
    """Whoever forgets that one line gets no log-in without a second factor."""
    production.delenv("LINK_ENV")

    with pytest.raises(EnvError, match=r"^LINK_ENV must be production where LINK_FIELD_KEYS"):
        read_settings()


@pytest.mark.parametrize("name", [name for name in PRODUCTION if name != "LINK_ENV"])
def test_settings_name_what_is_missing(production, name):
    production.delenv(name)

    with pytest.raises(EnvError, match=f"^{name} is missing. Production needs it.$"):
        read_settings()


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("LINK_ENV", "prod"),
        ("LINK_SECRET_KEY", "hush-hush"),
        ("LINK_FIELD_KEYS", "hush-hush"),
        ("LINK_INDEX_KEY", "hush-hush"),
        ("LINK_LINK_KEY", "hush-hush"),
        ("LINK_BASE_URL", "http://link.example.org"),
        ("LINK_SECRET_KEY", "hush-hush" * 5),
        ("LINK_INDEX_KEY", PRODUCTION["LINK_SECRET_KEY"]),
        ("LINK_BACKUP_KEY", PRODUCTION["LINK_LINK_KEY"]),
        ("LINK_FIELD_KEYS", f"{PRODUCTION['LINK_FIELD_KEYS']},hush-hush"),
        ("LINK_BASE_URL", "https://link.example.org/under"),
        ("LINK_BASE_URL", "https://link.example.org?hush-hush"),
        ("LINK_BASE_URL", "https://link:hush-hush@link.example.org"),
        ("LINK_BASE_URL", "link.example.org"),
        ("LINK_FROM_EMAIL", "LINK"),
        ("LINK_FROM_EMAIL", "post@localhost"),
        ("LINK_PROXIES", "0"),
        ("LINK_PROXIES", "many"),
        ("LINK_DEBUG", "on"),
        ("LINK_DEBUG", "perhaps"),
        ("LINK_LOG_LEVEL", "LOUD"),
        ("LINK_LOG_FORMAT", "xml"),
        ("LINK_METRICS_TOKEN", "hush-hush"),
        ("BIND", "8123"),
        ("DATABASE_URL", "localhost/link"),
        ("DATABASE_URL", "sqlite:///link.sqlite3"),
        ("DATABASE_URL", "postgresql://link:hush-hush@localhost:five/link"),
        ("DATABASE_URL", "postgresql://link:hush-hush@localhost"),
        ("EMAIL_URL", "mail.example.org"),
        ("EMAIL_URL", "console://"),
        ("EMAIL_URL", "smtp://link:hush-hush@localhost:five"),
    ],
    # Not by their values: some are random, and each of the processes that test has its own.
    ids=lambda value: value if value in (*PRODUCTION, *OTHERS) else "wrong",
)
def test_settings_name_what_is_wrong_and_show_no_secret(production, name, wrong):
    production.setenv(name, wrong)

    with pytest.raises(EnvError) as caught:
        read_settings()

    assert str(caught.value).removeprefix('Environment variable "').startswith(name)
    assert "hush-hush" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "port", "ssl", "tls"),
    [
        ("smtp://mail.example.org", 25, False, False),
        ("submission://mail.example.org", 587, False, True),
        ("smtps://mail.example.org", 465, True, False),
        ("submission://mail.example.org:2525", 2525, False, True),
    ],
)
def test_mail_url_says_how_the_way_is_encrypted(production, url, port, ssl, tls):
    production.setenv("EMAIL_URL", url)

    read = read_settings()

    assert read["EMAIL_HOST"] == "mail.example.org"
    assert (read["EMAIL_PORT"], read["EMAIL_USE_SSL"], read["EMAIL_USE_TLS"]) == (port, ssl, tls)


def test_settings_of_production_pass_the_deployment_check(production):
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING")

    assert done.returncode == 0, done.stderr


def test_manage_stops_at_a_missing_setting_with_one_sentence(production):
    production.delenv("LINK_INDEX_KEY")

    done = run("manage.py", "migrate")

    assert done.returncode == 1
    assert done.stderr == ("LINK cannot start: LINK_INDEX_KEY is missing. Production needs it.\n")


def test_manage_stops_without_postgresql_with_one_sentence(environment):
    environment.setenv("LINK_PG_BINDIR", "/nowhere")

    done = run("manage.py", "migrate")

    assert done.returncode == 1
    assert done.stderr == ("LINK cannot start: LINK_PG_BINDIR: there is no initdb in /nowhere.\n")


def test_gunicorn_stops_at_a_missing_setting_and_says_which(production):
    production.delenv("LINK_INDEX_KEY")

    done = run("-m", "gunicorn", "--bind", "127.0.0.1:0")

    assert done.returncode == 3
    assert "LINK cannot start: LINK_INDEX_KEY is missing. Production needs it.\n" in done.stderr
    assert "Traceback" not in done.stderr


def test_up_refuses_an_address_that_is_in_use(environment):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        environment.setenv("BIND", address)

        done = run("manage.py", "up")

    assert done.returncode == 1
    assert done.stderr.startswith(f"CommandError: LINK cannot listen on {address}")
    assert done.stderr.count("\n") == 1


def test_up_refuses_production(production):
    done = run("manage.py", "up")

    assert done.returncode == 1
    assert done.stderr.startswith("CommandError: This is for development.")
