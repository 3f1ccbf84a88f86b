"""What the database breaks off is done once more, unless something of it is left."""

import threading

import pytest
from django.db import connection, transaction
from django.test import Client

from centres.models import Organisation
from tests.database import InBackground
from tests.linkcenter.web.broken_off_urls import MEANWHILE, TRIES

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.linkcenter.web.broken_off_urls"),
]

TYPED = "Ås sorggruppe"


@pytest.fixture(autouse=True)
def _from_the_beginning():
    TRIES.clear()
    MEANWHILE.clear()


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


@pytest.fixture
def background():
    runner = InBackground()
    yield runner
    runner.stop()


@pytest.fixture
def changes(background):
    """Somebody else changes the same row, and is done."""

    def change():
        background.start(Organisation.objects.update, short_name="X").result()

    return change


def names():
    return list(Organisation.objects.values_list("name", flat=True))


def is_cut():
    """As a server does that is stopped."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_terminate_backend(pg_backend_pid())")


def is_kind(response):
    page = response.content.decode()
    return (response.status_code, response.headers["Retry-After"], TYPED in page) == (
        503,
        "30",
        True,
    )


def test_serialization_failure_is_tried_once_more(client, changes):
    Organisation.objects.create(name="Før")
    MEANWHILE.append(changes)

    response = client.post("/odd/serializable/", {"name": TYPED})

    assert (response.status_code, TRIES, names()) == (200, [TYPED] * 2, [TYPED])
    assert client.session["tries"] == 1  # the first try has left nothing there either


def test_second_serialization_failure_is_a_short_break(client, changes):
    Organisation.objects.create(name="Før")
    MEANWHILE.extend([changes, changes])

    response = client.post("/odd/serializable/", {"name": TYPED})

    assert is_kind(response)
    assert (TRIES, names()) == ([TYPED] * 2, ["Før"])


def test_lost_connection_is_tried_once_more(client):
    MEANWHILE.append(is_cut)

    response = client.post("/odd/cut-off/", {"name": TYPED})

    assert (response.status_code, TRIES, names()) == (200, [TYPED] * 2, [TYPED])


@pytest.mark.parametrize("path", ["/odd/half/", "/odd/alone/"])
def test_what_has_done_something_is_not_tried_again(client, path):
    MEANWHILE.append(is_cut)

    response = client.post(path, {"name": TYPED})

    connection.close()
    assert is_kind(response)
    assert (TRIES, names()) == ([TYPED], [TYPED])


def test_wait_that_was_too_long_is_not_begun_again(client, background):
    Organisation.objects.create(name="Før")
    is_locked, is_answered = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            Organisation.objects.select_for_update().get()
            is_locked.set()
            is_answered.wait(10)

    call = background.start(hold)
    is_locked.wait(10)
    response = client.post("/odd/impatient/", {"name": TYPED})
    is_answered.set()
    call.result()

    assert is_kind(response)
    assert TRIES == [TYPED]


@pytest.mark.parametrize("path", ["/odd/read-only/", "/odd/no-room/"])
def test_who_cannot_write_now_says_so_and_keeps_what_was_typed(client, path):
    response = client.post(path, {"name": TYPED})

    assert is_kind(response)
    assert names() == []


def test_nothing_is_noted_where_nothing_goes_wrong(client, caplog):
    response = client.post("/odd/cut-off/", {"name": TYPED})

    assert (response.status_code, TRIES, names()) == (200, [TYPED], [TYPED])
    assert not caplog.records
