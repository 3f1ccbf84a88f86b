"""Half an hour idle, twelve hours at most: counted on the server, and the end is the end."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from centres.models import StaffRole
from centres.states import Role
from linkcenter.models import User
from tests import recipes

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
PAGE = "/admin/handbok/"
IS_IN, IS_OUT = 200, 302


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def client(clock, client):
    client.force_login(recipes.staff(Role.COORDINATOR, recipes.centre()))
    assert client.get(PAGE).status_code == IS_IN
    return client


@pytest.mark.parametrize(
    ("minutes", "status"), [(29, IS_IN), (30, IS_OUT), (31, IS_OUT), (60 * 24 * 3, IS_OUT)]
)
def test_half_an_hour_without_a_page_ends_it(client, clock, minutes, status):
    clock.shift(timedelta(minutes=minutes))

    assert client.get(PAGE).status_code == status


def test_the_clock_runs_from_the_log_in_on_whether_a_page_follows_or_not(clock):
    user = recipes.staff(Role.COORDINATOR, recipes.centre())
    left_alone = Client()
    typed = {"login": user.email, "password": "prov-link"}
    assert left_alone.post("/logg-inn/?next=/", typed).url == "/"

    clock.shift(timedelta(minutes=31))

    assert left_alone.get(PAGE).status_code == IS_OUT


def test_each_page_gives_half_an_hour_more(client, clock):
    for _each in range(6):
        clock.shift(timedelta(minutes=29))
        assert client.get(PAGE).status_code == IS_IN


def test_twelve_hours_are_the_end_whatever_is_done(client, clock):
    for _each in range(12 * 60 // 29):
        clock.shift(timedelta(minutes=29))
        assert client.post("/admin/innlogget/").url == "/admin/"
    assert client.get(PAGE).status_code == IS_IN

    clock.move_to(NOON + timedelta(hours=12))

    assert client.get(PAGE).status_code == IS_OUT


def test_what_has_ended_is_gone_on_the_server(client, clock):
    copied = client.cookies["session"].value

    clock.shift(timedelta(minutes=31))
    client.get(PAGE)
    clock.move_to(NOON + timedelta(minutes=5))
    thief = Client()
    thief.cookies["session"] = copied

    assert not Session.objects.filter(session_key=copied).exists()
    assert thief.get(PAGE).status_code == IS_OUT


def test_the_log_in_page_says_why(client, clock):
    clock.shift(timedelta(minutes=31))

    response = client.get(PAGE, follow=True)

    assert "en halv time" in response.content.decode()


def test_asking_how_long_is_left_is_no_visit(client, clock):
    for minutes in (10, 19):
        clock.shift(timedelta(minutes=minutes))
        told = client.get("/admin/innlogget/").json()
    clock.shift(timedelta(minutes=1))

    assert told == {"left": 60, "longer": True}
    assert client.get(PAGE).status_code == IS_OUT


def test_staying_gives_half_an_hour_more(client, clock):
    clock.shift(timedelta(minutes=29))
    told = client.post("/admin/innlogget/", headers={"Sec-Fetch-Dest": "empty"}).json()
    clock.shift(timedelta(minutes=29))

    assert told == {"left": 1800, "longer": True}
    assert client.get(PAGE).status_code == IS_IN


def test_a_script_is_told_that_nobody_is_logged_in(client, clock):
    clock.shift(timedelta(minutes=31))

    response = client.get("/admin/innlogget/", headers={"Sec-Fetch-Dest": "empty"})

    assert response.status_code == 401


@pytest.mark.parametrize("button", ["innlogget", "sprak"])
def test_a_bare_button_leads_to_the_first_page_after_the_log_in(client, clock, button):
    clock.shift(timedelta(minutes=31))

    response = client.post(f"/admin/{button}/", {"language": "nn"})

    assert response.url == "/logg-inn/?next=/admin/"


@pytest.mark.parametrize(
    "change",
    [
        lambda roles: roles.update(role=Role.LEAD),
        lambda roles: roles.delete(),
        lambda roles: User.objects.update(is_active=False),
    ],
    ids=["another role", "no role", "shut"],
)
def test_a_right_that_was_taken_ends_the_session_for_good(client, change):
    centre = recipes.centre()
    user = User.objects.get()

    change(StaffRole.objects.filter(user=user))
    User.objects.update(is_active=True)
    StaffRole.objects.create(user=user, role=Role.COORDINATOR, centre=centre)

    assert client.get(PAGE).status_code == IS_OUT


def test_the_log_in_page_says_that_the_account_was_changed(client):
    StaffRole.objects.update(role=Role.LEAD)

    response = client.get(PAGE, follow=True)

    assert "om kontoen din" in response.content.decode()


def test_saving_an_account_that_was_read_before_brings_no_session_back(client):
    read_before = User.objects.get()

    StaffRole.objects.update(role=Role.LEAD)
    read_before.save()

    assert client.get(PAGE).status_code == IS_OUT


def test_another_role_beside_ends_nothing(client):
    StaffRole.objects.create(
        user=User.objects.get(), role=Role.COORDINATOR, centre=recipes.centre()
    )

    assert client.get(PAGE).status_code == IS_IN


def test_public_pages_do_not_read_the_session(client):
    response = client.get("/personvern/")

    assert "Cookie" not in response.headers.get("Vary", "")
    assert "session" not in response.cookies


@pytest.mark.parametrize(
    "page",
    ["/admin/", PAGE, "/admin/jsi18n/", "/admin/nowhere/", "/admin/login/", "/min-innlogging/"],
)
def test_no_page_of_the_staff_is_stored(client, page):
    for reader in (client, Client()):
        assert "no-store" in reader.get(page).headers["Cache-Control"]
