"""A set-up that breaks off lets the next one in."""

import pytest
from django.db import connection

from linkcenter.database.statements import one_at_a_time
from tests.database import InBackground

pytestmark = pytest.mark.django_db(transaction=True)

NUMBER = 57


def is_free() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [NUMBER])
        return cursor.fetchone()[0]


@pytest.fixture
def background():
    background = InBackground()
    yield background
    background.stop()


def test_nobody_else_comes_in_meanwhile(background):
    with one_at_a_time(NUMBER):
        assert not background.start(is_free).result(10)


def test_the_next_comes_in_after_an_error(background):
    with pytest.raises(ValueError, match="broken off"), one_at_a_time(NUMBER):
        raise ValueError("broken off")

    assert background.start(is_free).result(10)
