"""The two centres of the access tests, made once for all the tests of a file."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.security.world import World, two_centres


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """For tests that share what is in the database. A mark would empty it after each of them."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="module")
def world(db: None) -> Iterator[World]:
    """Whoever changes something here takes it back."""
    with two_centres() as world:
        yield world
