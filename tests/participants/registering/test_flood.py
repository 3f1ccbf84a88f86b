"""Many registrations from one address: some get through, the others lose nothing they wrote."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from time_machine import travel

from centres.states import Role
from groups.today.all_tasks import STAFF_TASKS
from linkcenter.messages.outbox import SEND_JOB
from linkcenter.models import Message
from linkcenter.web import limits
from participants.models import PersonalLink, Registration
from participants.states import LinkPurpose
from tests import recipes
from tests.participants import walk

pytestmark = pytest.mark.django_db

RECEIPT = "/meld-interesse/kvittering/"


@pytest.fixture
def two_an_hour(monkeypatch):
    narrow = limits.Limit("submissions", 2, limits.SUBMISSIONS.window)
    monkeypatch.setattr(limits, "SUBMISSIONS", narrow)


def test_one_too_many_is_told_to_wait_and_keeps_the_answers(two_an_hour):
    centre = walk.place()
    for _each in range(2):
        walk.send(Client(), centre)
    client = Client()
    walk.fill(client, centre, message="Det jeg skrev")

    response = walk.post(client, centre, "sjekk", **walk.yes())

    assert (response.status_code, response.headers["Retry-After"]) == (429, "600")
    assert Registration.objects.count() == 2
    assert walk.hidden(response)["_draft"]


def test_the_kept_answers_can_be_sent_later(two_an_hour, monkeypatch):
    centre = walk.place()
    for _each in range(2):
        walk.send(Client(), centre)
    client = Client()
    walk.fill(client, centre)
    kept = walk.hidden(walk.post(client, centre, "sjekk", **walk.yes()))
    monkeypatch.setattr(limits, "SUBMISSIONS", limits.Limit("later", 2, limits.SUBMISSIONS.window))

    client.post(walk.path(centre, "sjekk"), kept)

    assert Registration.objects.count() == 3


def test_a_forged_address_does_not_get_more_through(two_an_hour):
    centre = walk.place()
    for number in range(4):
        client = Client(HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")
        walk.send(client, centre)

    assert Registration.objects.count() == 2


def test_everybody_in_a_library_is_registered_or_can_confirm():
    centre = walk.place()

    for form in walk.filled_in(centre, 30):
        browser = Client()
        browser.post(walk.path(centre, "sjekk"), form)
        assert browser.get(RECEIPT).status_code == 200

    states = Counter(Registration.objects.values_list("state", flat=True))
    links = PersonalLink.objects.live().filter(purpose=LinkPurpose.CONFIRM)
    assert states == {"received": 5, "held": 25}
    assert links.count() == 25
    assert Counter(Message.objects.values_list("kind", "state")) == {
        ("receipt", "queued"): 5,
        ("confirm_registration", "queued"): 25,
    }


def bots(number, centre):
    """Programs: a third opens no page, a third is done at once, and a third fills the trap.

    Each has a network address of its own, and all write to the same few people.
    """
    quick = walk.filled_in(centre, number, addresses=10, is_quick=True)
    slow = walk.filled_in(centre, number, addresses=10)
    for each in range(number):
        browser = Client(REMOTE_ADDR=f"198.51.{each // 250}.{each % 250}")
        if each % 3 == 0:
            browser.post(walk.path(centre, "om-deg"), walk.PERSON)
            browser.post(walk.path(centre, "sjekk"), walk.yes() | {"website": "x"})
        elif each % 3 == 1:
            browser.post(walk.path(centre, "sjekk"), quick[each])
        else:
            browser.post(walk.path(centre, "sjekk"), slow[each] | {"website": "x"})


@pytest.mark.parametrize("number", [30, pytest.param(1_000, marks=pytest.mark.prove)])
def test_bots_reach_no_work_list_and_flood_no_mailbox(number):
    centre = walk.place()
    staff = recipes.staff(Role.COORDINATOR, centre)
    with travel(datetime(2026, 11, 22, 12, tzinfo=UTC), tick=False):
        bots(number, centre)

    at_once = ProcrastinateJob.objects.filter(task_name=SEND_JOB, scheduled_at=None).count()
    work = [matter.view.slug for matter in STAFF_TASKS if matter.rows(staff, date(2026, 11, 22))]
    trapped = sum(each % 3 == 2 for each in range(number))
    assert Counter(Registration.objects.values_list("state", flat=True)) == {"held": trapped}
    assert set(Message.objects.values_list("kind", flat=True)) == {"confirm_registration"}
    assert at_once == min(trapped, 30)  # three to each of ten
    assert "new" not in work
    assert "flood" not in work


@pytest.mark.django_db(transaction=True)
def test_a_hundred_forms_at_once_never_exceed_the_limit():
    centre = walk.place()
    forms = walk.filled_in(centre, 100)

    def send(form):
        try:
            return Client().post(walk.path(centre, "sjekk"), form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as threads:
        codes = Counter(threads.map(send, forms))

    assert codes == {302: 30, 429: 70}
    assert Counter(Registration.objects.values_list("state", flat=True)) == {
        "received": 5,
        "held": 25,
    }
