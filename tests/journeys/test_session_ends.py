"""Somebody is interrupted in the middle of a form, and finds it again after the log-in."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from centres.models import Centre, Venue
from centres.states import Role
from linkcenter.log_in import session
from tests import recipes
from tests.journeys import desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "prov-link"
ROOM = "Storsalen på Prestvannet"


@pytest.fixture
def tromso(country):
    centre = Centre.objects.get(slug="link-tromso")
    recipes.staff(Role.COORDINATOR, centre, email="turid@example.org", name="Turid")
    return centre


def let_pass(time):
    """As if nothing had been done for that long."""
    for row in Session.objects.all():
        stored = SessionStore(row.session_key)
        if held := stored.get(session.KEY):
            stored[session.KEY] = {moment: at - time.total_seconds() for moment, at in held.items()}
            stored.save()


def test_form_is_sent_after_the_log_in(window, tromso):
    desk.log_in(window, "turid@example.org", PASSWORD)
    window.open("/admin/centres/venue/add/")
    window.page.locator("#id_name").fill(ROOM)
    window.page.locator("#id_capacity").fill("12")
    let_pass(timedelta(minutes=31))

    window.press("Lagre")
    assert window.heading == "Logg inn"
    assert "på en halv time" in window.text()
    assert "er tatt vare på" in window.text()

    window.write("E-post", "turid@example.org")
    window.write("Passord", PASSWORD)
    window.press("Logg inn")
    assert window.heading == "Ikke sendt ennå"
    assert ROOM in window.text()
    assert not Venue.objects.filter(name=ROOM).exists()

    window.press("Send nå")
    assert Venue.objects.get(name=ROOM).centre == tromso
    assert "ikke-sendt" not in window.page.content()


@pytest.mark.prove
def test_whoever_must_wait_is_told_until_when(window, client, tromso):
    for _each in range(5):
        client.post("/logg-inn/", {"login": "turid@example.org", "password": "feil"})
    window.open("/logg-inn/")
    window.write("E-post", "turid@example.org")
    window.write("Passord", PASSWORD)

    window.page.get_by_role("button", name="Logg inn", exact=True).click()
    window.page.wait_for_load_state("load")

    assert len(window.complaints) == 1  # the browser's own, about the 429
    window.complaints.clear()
    window.look()
    assert window.heading == "Vent litt"


@pytest.mark.prove
def test_back_after_the_log_out_shows_no_page_of_the_staff(window, tromso):
    desk.log_in(window, "turid@example.org", PASSWORD)
    window.open("/admin/centres/venue/")
    window.page.locator("#logout-form button").dispatch_event("click")
    window.page.wait_for_url("**/logg-inn/**")

    window.page.go_back()

    assert window.heading == "Logg inn"


@pytest.mark.prove
@pytest.mark.parametrize("window", [pytest.param((1280, True), id="at a desk")], indirect=True)
def test_script_warns_and_lets_one_stay(window, tromso):
    desk.log_in(window, "turid@example.org", PASSWORD)
    window.page.clock.install()
    window.open("/admin/handbok/")
    stay = window.page.get_by_role("button", name="Fortsett å være innlogget")
    assert not stay.is_visible()

    window.page.clock.run_for("25:01")
    window.page.wait_for_timeout(300)
    assert not stay.is_visible()  # something was done in another window

    let_pass(timedelta(minutes=26))
    window.page.clock.run_for("25:01")
    stay.wait_for()
    window.look()
    stay.click()
    stay.wait_for(state="hidden")

    let_pass(timedelta(minutes=31))
    window.page.clock.run_for("25:01")
    window.page.get_by_text("Du er logget ut.").wait_for()
