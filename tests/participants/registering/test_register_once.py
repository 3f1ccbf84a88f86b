"""The same form sent many times, also at the same moment, is one registration with one receipt."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client

from linkcenter.models import Message
from linkcenter.web.limits import SUBMISSIONS, count
from participants.domain.person.consents import Agreement
from participants.domain.person.contact import Person
from participants.domain.registration.interest import Interest
from participants.domain.registration.register import register_interest
from participants.domain.registration.web_form import take_form
from participants.models import Participant, Registration
from tests.database import InBackground, is_waiting
from tests.participants import walk

TIMES = 20
RECEIPT = "/meld-interesse/kvittering/"


@pytest.mark.django_db
def test_form_sent_twice_gives_the_same_receipt(client):
    centre = walk.place()
    walk.fill(client, centre)
    sent = {**walk.hidden(client.get(walk.path(centre, "sjekk"))), **walk.yes()}

    responses = [client.post(walk.path(centre, "sjekk"), sent) for _time in range(2)]

    assert [each.headers["Location"] for each in responses] == [RECEIPT, RECEIPT]
    assert Participant.objects.get().reference in client.get(RECEIPT).content.decode()
    assert Message.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["gruppe", "om-deg"])
def test_page_sent_again_after_the_last_button_leads_to_the_receipt(client, name):
    centre = walk.place()
    walk.fill(client, centre)
    old = {**walk.hidden(client.get(walk.path(centre, name))), **walk.PAGES[name]}
    walk.post(client, centre, "sjekk", **walk.yes())

    response = client.post(walk.path(centre, name), old)

    assert response.headers["Location"] == RECEIPT
    assert Participant.objects.count() == 1


@pytest.mark.parametrize(
    "many",
    [pytest.param(25, marks=pytest.mark.prove), pytest.param(100, marks=pytest.mark.chaos)],
)
@pytest.mark.django_db(transaction=True)
def test_each_form_sent_fifty_times_at_once_is_one_registration(many):
    centre = walk.place()
    forms = walk.filled_in(centre, many)

    def send(number: int) -> tuple[int, str]:
        try:
            form = number // 50
            browser = Client(REMOTE_ADDR=f"192.0.2.{form}")
            sent = browser.post(walk.path(centre, "sjekk"), forms[form])
            return form, sent.headers["Location"]
        finally:
            connection.close()

    with ThreadPoolExecutor(50) as threads:
        answers = list(threads.map(send, range(many * 50)))

    assert answers == [(number // 50, RECEIPT) for number in range(many * 50)]
    assert Registration.objects.filter(state="received").count() == many
    assert Registration.objects.count() == Message.objects.count() == many
    assert set(Message.objects.values_list("kind", flat=True)) == {"receipt"}


@pytest.mark.django_db(transaction=True)
def test_same_form_stands_in_line_and_counts_once():
    centre = walk.place()
    key, in_background = uuid4(), InBackground()

    def take() -> Registration:
        return take_form(
            centre,
            person=Person(name="Kari", email="kari@example.org"),
            interest=Interest(availability=["tue-evening"]),
            agreement=Agreement(purposes={"contact"}),
            channel="web",
            submission_key=key,
            sender="192.0.2.7",
        )

    with transaction.atomic():
        made = take()
        waiting = in_background.start(take)
        assert is_waiting(waiting)

    assert waiting.result() == made
    assert count(SUBMISSIONS, "192.0.2.7") == 2
    in_background.stop()


@pytest.mark.django_db(transaction=True)
def test_form_sent_twenty_times_at_once_is_one_registration():
    centre = walk.place()
    [sent] = walk.filled_in(centre, 1)

    def send(_time: int) -> tuple[str, str]:
        try:
            browser = Client()
            location = browser.post(walk.path(centre, "sjekk"), sent).headers["Location"]
            return location, browser.get(RECEIPT).context["participant"].reference
        finally:
            connection.close()

    with ThreadPoolExecutor(TIMES) as threads:
        answers = list(threads.map(send, range(TIMES)))

    reference = Participant.objects.get().reference
    assert answers == [(RECEIPT, reference)] * TIMES
    assert Registration.objects.count() == 1
    assert Message.objects.count() == 1


@pytest.mark.django_db
def test_same_key_gives_the_registration_that_was_made_first():
    centre = walk.place()
    key = uuid4()

    made = [
        register_interest(
            centre,
            person=Person(name=name, email="kari@example.org"),
            interest=Interest(availability=["tue-evening"]),
            agreement=Agreement(purposes={"contact"}),
            submission_key=key,
        )
        for name in ("Kari", "Ola")
    ]

    assert made[0] == made[1]
    assert made[1].participant.name == "Kari"
