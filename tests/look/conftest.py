"""The whole public site as it stands on one day, rendered once for every test that looks at it."""

from datetime import UTC, datetime
from functools import cache
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker
from time_machine import travel

from tests.look import site
from tests.look.furniture import furnish

TUESDAY = datetime(2026, 11, 24, 11, tzinfo=UTC)  # noon in Norway: some centres are open


@cache
def _rendered(languages: tuple[str, ...]) -> dict[str, list[site.Answer]]:
    """In one transaction that is taken back: no other test meets what is made here.

    The tests are marked ``django_db`` although they ask nothing: without it there is no database
    of tests.
    """
    assert str(connection.settings_dict["NAME"]).startswith("test_")
    with transaction.atomic(), travel(TUESDAY, tick=False):
        call_command("load_reference", stdout=StringIO())
        call_command("seed_demo", registrations=56, stdout=StringIO())
        furnish()
        found = {language: _walked(language) for language in languages}
        transaction.set_rollback(True)
    connection.close()
    return found


def _walked(language: str) -> list[site.Answer]:
    """What the walk's own presses of buttons change is taken back, too."""
    with transaction.atomic():
        found = list(site.walk(language))
        transaction.set_rollback(True)
    return found


@pytest.fixture(scope="session")
def answers(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> list[site.Answer]:
    """Every public answer in Bokmål."""
    with django_db_blocker.unblock():
        return _rendered(("nb",))["nb"]


@pytest.fixture(scope="session")
def pages(answers: list[site.Answer]) -> list[site.Answer]:
    """Those of them that are pages for people."""
    return site.pages(answers)


@pytest.fixture(scope="session")
def pages_in_other_languages(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> list[site.Answer]:
    with django_db_blocker.unblock():
        found = _rendered(("nn", "en"))
    return [page for answers in found.values() for page in site.pages(answers)]
