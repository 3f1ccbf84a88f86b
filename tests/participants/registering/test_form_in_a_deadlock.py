"""Two that wait for each other: PostgreSQL breaks one off, and the person who registers sees none
of it.
"""

import threading
import time

import pytest
from django.db import connection, transaction

from linkcenter.models import Message, Spending
from participants.forms.registration import drafts
from participants.models import Registration
from tests.database import InBackground
from tests.participants import walk

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 10  # seconds
WAITING = """
select exists (
    select from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'
)
"""


@pytest.fixture
def background():
    runner = InBackground()
    yield runner
    runner.stop()


def cross(key, has_begun):
    """Take what the form takes, the other way round, and be the one who waits longer."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local deadlock_timeout = '1h'")
        list(Spending.objects.select_for_update())
        has_begun.set()
        deadline = time.monotonic() + PATIENCE
        while not somebody_waits(cursor):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        cursor.execute("select pg_advisory_xact_lock(%s)", [key])


def somebody_waits(cursor):
    cursor.execute(WAITING)
    return cursor.fetchone()[0]


def test_form_that_a_deadlock_breaks_off_registers_once(client, background, caplog):
    centre = walk.place()
    first, second = walk.filled_in(centre, 2)
    client.post(walk.path(centre, "sjekk"), first)
    draft = drafts.unseal(second[drafts.FIELD])
    has_begun = threading.Event()

    other = background.start(cross, draft.key.int % 2**63, has_begun)
    has_begun.wait(PATIENCE)
    response = client.post(walk.path(centre, "sjekk"), second)
    other.result()

    assert "done once more" in caplog.text
    assert (response.status_code, response.url) == (302, "/meld-interesse/kvittering/")
    assert Registration.objects.filter(submission_key=draft.key).count() == 1
    assert Message.objects.filter(kind="receipt").count() == 2
