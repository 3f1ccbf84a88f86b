"""Many registrations from one address: some get through, the others lose nothing they wrote."""

import pytest
from django.test import Client

from linkcenter import limits
from participants.models import Registration
from tests.participants import walk

pytestmark = pytest.mark.django_db


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
