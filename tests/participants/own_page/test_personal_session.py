"""The session of somebody who came by a link: short, its own, and never a member of staff's."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from time_machine import travel

from centres.states import Role
from participants.models import Participant
from tests import recipes
from tests.participants import own

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 9, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_noon():
    with travel(NOON, tick=False):
        yield


@pytest.fixture
def person():
    return recipes.participant(recipes.centre(), name="Kanarinavn")


def is_in(client):
    return "participant" in (client.get(own.PAGE).context or {})


def test_button_gives_a_session_of_a_new_id(client, person):
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["session"] = planted = session.session_key

    own.enter(client, person)

    assert client.cookies["session"].value != planted
    assert "planted" not in client.session
    thief = Client()
    thief.cookies["session"] = planted
    assert not is_in(thief)


def test_session_ends_after_half_an_hour_of_rest(client, person):
    own.enter(client, person)

    for minutes, still_in in [(29, True), (58, True), (89, False), (90, False)]:
        with travel(NOON + timedelta(minutes=minutes), tick=False):
            assert is_in(client) is still_in, minutes


def test_cookie_ends_with_the_browser(client, person):
    own.enter(client, person)

    cookie = client.cookies["session"]
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_forget_me_ends_the_session_and_clears_the_browser(client, person):
    own.enter(client, person)
    thief = Client()
    thief.cookies["session"] = client.cookies["session"].value
    could_see = is_in(thief)

    response = client.post("/min-side/glem/")

    assert response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert client.get(response.url).status_code == 200
    assert could_see
    assert not is_in(thief)
    assert not is_in(client)


def test_looking_at_forget_me_forgets_nothing(client, person):
    own.enter(client, person)

    assert client.get("/min-side/glem/").status_code == 405
    assert is_in(client)


def test_page_is_kept_in_no_cache(client, person):
    own.enter(client, person)

    assert "no-store" in client.get(own.PAGE).headers["Cache-Control"]


def test_staff_who_open_a_link_are_logged_out(client, person):
    client.force_login(recipes.staff(Role.COORDINATOR, person.centre))

    own.enter(client, person)

    assert is_in(client)
    assert client.get("/admin/").status_code == 302


def test_who_logs_in_as_staff_leaves_the_page_of_the_person(client, person):
    staff = recipes.staff(Role.COORDINATOR, person.centre)
    own.enter(client, person)

    client.post("/logg-inn/", {"login": staff.email, "password": "prov-link", "next": "/admin/"})

    assert client.get("/admin/").status_code == 200
    assert not is_in(client)
    client.post("/admin/logout/")
    assert not is_in(client)


def test_personal_session_opens_nothing_of_the_admin(client, person):
    own.enter(client, person)

    assert client.get("/admin/participants/registration/").status_code == 302


def test_another_link_opens_another_page(client, person):
    other = recipes.participant(recipes.centre())
    own.enter(client, person)

    assert own.enter(client, other).context["participant"] == other
    assert Session.objects.count() == 1


def test_session_of_somebody_who_is_gone_is_over(client, person):
    own.enter(client, person)
    Participant.objects.all().delete()

    assert not is_in(client)
    assert "person" not in client.session
