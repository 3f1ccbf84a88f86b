"""The answer to whether somebody is still interested: by a link, or to staff who asked."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from time_machine import travel

from centres.states import Role
from linkcenter.messages.outbox import full_text
from linkcenter.models import Message, MessageState
from participants.domain.registration import still_interested
from participants.models import PersonalLink, Registration
from participants.states import CloseReason
from tests import recipes

pytestmark = pytest.mark.django_db

ASKED = datetime(2026, 11, 9, 9, tzinfo=UTC)
NOW = ASKED + timedelta(days=10)
FIRST = datetime(2026, 8, 1, 12, tzinfo=UTC)
ON_THE_LIST = "/min-side/lenke/fortsatt/"


@pytest.fixture(autouse=True)
def ten_days_later():
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def registration():
    registration = recipes.waiting(
        recipes.centre(), {"email": "kari@example.org", "name": "Kanarinavn"}, registered_at=FIRST
    )
    still_interested.ask(registration, now=ASKED)
    Message.objects.update(state=MessageState.SENT, sent_at=ASKED)
    registration.refresh_from_db()
    return registration


@pytest.fixture
def path(registration):
    message = Message.objects.get(kind="still")
    return "/lenke/" + full_text(message).split("/lenke/")[1].split()[0]


def whats(registration):
    return list(registration.activities.order_by("pk").values_list("what", flat=True))[1:]


def test_page_says_what_each_answer_does_and_nothing_about_anybody(client, path):
    page = client.get(path).content.decode()

    assert page.count('name="answer"') == 3
    assert "12 måneder" in page
    assert "Kanarinavn" not in page


def test_looking_changes_nothing(client, registration, path):
    for _look in range(50):
        client.get(path)
        client.head(path)

    registration.refresh_from_db()
    assert (registration.heard_at, registration.still_asked_on) == (FIRST, ASKED.date())
    assert client.post(path, {"answer": "yes"}).url == ON_THE_LIST


def test_who_says_yes_waits_on_with_the_first_date(client, registration, path):
    response = client.post(path, {"answer": "yes"}, follow=True)

    registration.refresh_from_db()
    assert "samme dato" in response.content.decode()
    assert (registration.registered_at, registration.heard_at) == (FIRST, NOW)
    assert registration.still_asked_on is None
    assert whats(registration) == ["still_yes"]
    assert client.post(path, {"answer": "yes"}).status_code == 404


def test_who_would_like_to_change_something_gets_a_link(client, registration, path):
    response = client.post(path, {"answer": "change"}, follow=True)

    registration.refresh_from_db()
    assert registration.heard_at == NOW
    assert Message.objects.filter(kind="own_page").count() == 1
    assert response.status_code == 200


def test_who_says_no_is_off_the_list_and_can_undo_it(client, registration, path):
    client.post(path, {"answer": "no"}, follow=True)

    registration.refresh_from_db()
    assert registration.close_reason == CloseReason.WITHDRAWN
    mail = Message.objects.get(kind="withdrawn")
    client.post("/lenke/" + full_text(mail).split("/lenke/")[1].split()[0])
    registration.refresh_from_db()
    assert (registration.is_open, registration.registered_at) == (True, FIRST)


@pytest.mark.parametrize("answer", ["", "kanskje", "yes'--"])
def test_odd_answer_shows_the_page_again(client, registration, path, answer):
    response = client.post(path, {"answer": answer})

    registration.refresh_from_db()
    assert (response.status_code, registration.heard_at) == (200, FIRST)


def test_link_works_for_thirty_days(client, path):
    with travel(ASKED + timedelta(days=30, seconds=-1), tick=False):
        assert client.get(path).status_code == 200
    with travel(ASKED + timedelta(days=30), tick=False):
        assert client.get(path).status_code == 404
        assert client.post(path, {"answer": "no"}).status_code == 404


def test_who_is_off_the_list_already_has_nothing_to_answer(client, registration, path):
    Registration.objects.update(state="closed", close_reason="done", closed_at=NOW)

    assert client.post(path, {"answer": "yes"}).status_code == 404
    assert PersonalLink.objects.get(purpose="still").used_at is None


def answered(client, registration, answer):
    with travel(NOW, tick=False):
        client.force_login(recipes.staff(Role.COORDINATOR, registration.participant.centre))
    address = reverse("admin:participants_registration_still", args=[registration.pk])
    return client.post(address, {"answer": answer}, follow=True)


@pytest.fixture
def to_ring():
    centre = recipes.centre()
    person = {"email": None, "phone": "+4741234567"}
    registration = recipes.waiting(centre, person, registered_at=FIRST)
    still_interested.ask(registration, now=ASKED)
    return registration


def test_staff_who_rang_note_a_yes(client, to_ring):
    page = answered(client, to_ring, "yes").content.decode()

    to_ring.refresh_from_db()
    assert "De venter videre." in page
    assert (to_ring.heard_at, to_ring.still_asked_on) == (NOW, None)
    assert Message.objects.get().state == MessageState.SENT
    assert to_ring.activities.get(what="still_yes").actor is not None


def test_staff_who_rang_note_a_no(client, to_ring):
    answered(client, to_ring, "no")

    to_ring.refresh_from_db()
    assert to_ring.close_reason == CloseReason.WITHDRAWN
    assert Message.objects.get().state == MessageState.SENT
    assert to_ring.activities.get(what="closed").actor is not None


@pytest.mark.parametrize("answer", ["", "change", "owls"])
def test_staff_note_nothing_else(client, to_ring, answer):
    answered(client, to_ring, answer)

    to_ring.refresh_from_db()
    assert (to_ring.is_open, to_ring.heard_at) == (True, FIRST)
