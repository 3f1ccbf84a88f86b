"""A new e-mail address is used once it is confirmed; the old one is told, and tells nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from time_machine import travel

from linkcenter.messages.outbox import full_text
from linkcenter.models import Message
from participants.domain.person.contact import NoWayToReach, person_of
from participants.domain.person.new_address import NotConfirmedYet, change_own_contact
from participants.domain.person.search import find_people
from participants.models import PersonalLink
from tests import recipes
from tests.participants import own

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 9, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_noon():
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def person():
    return recipes.participant(recipes.centre(), name="Kari", email="gammel@example.org")


def change(person, **changes):
    return change_own_contact(person, person=person_of(person, **changes))


def mails():
    return [(message.kind, message.to) for message in Message.objects.order_by("pk")]


def path_of(message):
    return "/lenke/" + full_text(message).split("/lenke/")[1].split("/")[0] + "/"


def test_address_is_not_used_before_it_is_confirmed(client, person):
    own.enter(client, person)

    client.post(
        "/min-side/kontakt/",
        {"name": "Kari", "email": "ny@example.org", "preferred_way": "email", "language": "nb"},
    )

    person.refresh_from_db()
    assert person.email == "gammel@example.org"
    assert mails() == [("confirm_address", "ny@example.org")]
    assert "ny@example.org" in client.get(own.PAGE).content.decode()


def test_mail_to_the_new_address_tells_nothing_about_anybody(person):
    change(person, email="ny@example.org")

    message = Message.objects.get()
    for word in (person.name, person.reference, person.email):
        assert word not in message.text
        assert word not in message.subject


def test_button_makes_it_theirs_and_tells_the_old_one(client, person):
    change(person, email="ny@example.org")
    path = path_of(Message.objects.get())
    page = client.get(path)

    response = client.post(path, follow=True)

    person.refresh_from_db()
    assert person.email == "ny@example.org"
    assert list(find_people("ny@example.org", centre_ids=[person.centre_id])) == [person]
    assert list(find_people("gammel@example.org", centre_ids=[person.centre_id])) == []
    assert mails()[1:] == [("address_changed", "gammel@example.org")]
    assert [each.fields for each in person.activities.all()] == [["email"]]
    assert "person" not in client.session
    for shown in (page, response):
        assert "Kari" not in shown.content.decode()
        assert "example.org" not in shown.context["text"]
    assert PersonalLink.objects.filter(new_email__isnull=False).count() == 0
    assert client.post(path).status_code == 404


def test_link_lives_for_three_days(client, person):
    change(person, email="ny@example.org")
    path = path_of(Message.objects.get())

    with travel(NOW + timedelta(hours=72) - timedelta(seconds=1), tick=False):
        assert client.get(path).status_code == 200
    with travel(NOW + timedelta(hours=72), tick=False):
        assert client.post(path).status_code == 404


def test_wrong_address_is_forgotten_when_another_one_is_given(client, person):
    change(person, email="feil@example.org")
    wrong = path_of(Message.objects.get())

    change(person, email="ny@example.org")

    assert PersonalLink.objects.get().new_email == "ny@example.org"
    assert client.post(wrong).status_code == 404


def test_the_address_there_is_again_needs_no_link(person):
    change(person, email="feil@example.org")

    assert change(person, email="Gammel@Example.org") is False
    assert PersonalLink.objects.count() == 0


def test_address_that_is_taken_away_is_told(person):
    change(person, phone="+4741234567", email=None, preferred_way="phone")

    person.refresh_from_db()
    assert (person.email, person.phone) == (None, "+4741234567")
    assert mails() == [("address_changed", "gammel@example.org")]


def test_someone_with_a_phone_alone_gets_an_address(client):
    nils = recipes.participant(recipes.centre(), email=None, phone="+4741234567")
    change(nils, email="nils@example.org")

    client.post(path_of(Message.objects.get()))

    nils.refresh_from_db()
    assert nils.email == "nils@example.org"
    assert mails() == [("confirm_address", "nils@example.org")]


def test_phone_stays_until_the_address_is_confirmed():
    nils = recipes.participant(recipes.centre(), email=None, phone="+4741234567")

    with pytest.raises(NotConfirmedYet):
        change(nils, phone=None, email="nils@example.org")


def test_somebody_can_always_be_reached(person):
    with pytest.raises(NoWayToReach):
        change(person, email=None)
