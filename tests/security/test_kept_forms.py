"""What staff typed survives a new log-in. Nobody else sees it, and it is not sent by itself."""

import re
import time
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.contrib.sessions.models import Session
from django.test import Client

from centres.models import StaffRole, Venue
from centres.states import Role, VenueKind
from linkcenter.log_in import kept_forms
from tests import recipes

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
ADD = "/admin/centres/venue/add/"
WRITTEN = "Storsalen på Prestvannet"


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def centre():
    return recipes.centre()


@pytest.fixture
def colleagues(centre):
    return [recipes.staff(Role.COORDINATOR, centre) for _each in range(2)]


@pytest.fixture
def browser(clock, colleagues):
    """The first of them has a form open, and the session behind it is over."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(colleagues[0])
    client.page = client.get(ADD)
    assert client.page.status_code == 200
    clock.shift(timedelta(minutes=31))
    return client


def form(centre):
    return {
        "centre": centre.pk,
        "name": WRITTEN,
        "kind": VenueKind.ROOM,
        "capacity": 12,
        "keys-TOTAL_FORMS": 0,
        "keys-INITIAL_FORMS": 0,
        "_save": "Lagre",
    }


def post(browser, path, typed, page):
    return browser.post(path, {**typed, "csrfmiddlewaretoken": page.context["csrf_token"]})


def hidden(page):
    """The fields of the form that sends what was kept."""
    text = page.content.decode().split('name="_kept"')[1].split("</form>")[0]
    found = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', text)
    key = re.search(r'value="([^"]+)"', text).group(1)
    return {"_kept": key, **{name: unescape(value) for name, value in found}}


def test_form_waits_for_the_log_in_and_is_sent_by_one_press(browser, centre, colleagues):
    refused = post(browser, ADD, form(centre), browser.page)
    browser.force_login(colleagues[0])
    page = browser.get(refused.url.split("next=")[1])
    before = Venue.objects.count()
    sent = post(browser, ADD, hidden(page), page)

    assert before == 0
    assert WRITTEN in page.content.decode()
    assert sent.status_code == 302
    assert Venue.objects.get().name == WRITTEN
    assert browser.session[kept_forms.KEY] == {}


def test_form_waits_through_a_log_in_with_a_second_factor(browser, clock, centre, colleagues):
    secret = generate_totp_secret()
    TOTP.activate(colleagues[0], secret)
    refused = post(browser, ADD, form(centre), browser.page)

    password = {"login": colleagues[0].email, "password": "prov-link"}
    asked = post(browser, refused.url, password, browser.get(refused.url))
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    let_in = post(browser, asked.url, {"code": code}, browser.get(asked.url))

    assert WRITTEN in browser.get(let_in.url).content.decode()


def test_form_is_found_again_from_any_page(browser, centre, colleagues):
    post(browser, ADD, form(centre), browser.page)
    browser.force_login(colleagues[0])

    page = browser.get("/admin/handbok/").content.decode()

    assert "/admin/ikke-sendt/" in page


def test_nobody_else_sees_it(browser, centre, colleagues):
    address = post(browser, ADD, form(centre), browser.page).url.split("next=")[1]
    browser.force_login(colleagues[1])
    others = browser.get(address)
    browser.force_login(colleagues[0])

    assert others.url == "/admin/"
    assert browser.get(address).url == "/admin/"


def log_in(browser, user):
    typed = {"login": user.email, "password": "prov-link"}
    assert post(browser, "/logg-inn/", typed, browser.get("/logg-inn/")).status_code == 302


def test_older_form_at_a_shared_desk_is_not_the_next_ones_to_send(browser, centre, colleagues):
    for user in colleagues:
        browser.cookies.pop("session", None)
        log_in(browser, user)

    refused = post(browser, ADD, form(centre), browser.page)

    assert refused.status_code == 403
    assert WRITTEN in refused.content.decode()
    assert 'type="hidden"' not in refused.content.decode()


def test_older_form_is_sent_again_where_one_person_logs_in(browser, centre, colleagues):
    browser.cookies.pop("session", None)
    log_in(browser, colleagues[0])

    refused = post(browser, ADD, form(centre), browser.page)
    sent = post(browser, ADD, form(centre), refused)

    assert 'type="hidden"' in refused.content.decode()
    assert sent.status_code == 302
    assert Venue.objects.get().name == WRITTEN


def test_it_is_not_readable_where_it_is_kept(browser, centre):
    post(browser, ADD, form(centre), browser.page)

    kept = [each.get_decoded() for each in Session.objects.all()]

    assert any(kept_forms.KEY in each for each in kept)
    assert WRITTEN not in str(kept)


def test_it_is_kept_when_the_cookie_is_gone_as_well(browser, centre, colleagues):
    del browser.cookies["session"]

    refused = post(browser, ADD, form(centre), browser.page)
    browser.force_login(colleagues[0])

    assert WRITTEN in browser.get(refused.url.split("next=")[1]).content.decode()


def test_it_is_kept_when_a_new_role_has_ended_the_session(browser, clock, centre, colleagues):
    clock.move_to(NOON)
    StaffRole.objects.filter(user=colleagues[0]).update(role=Role.LEAD)
    colleagues[0].refresh_from_db()

    refused = post(browser, ADD, form(centre), browser.page)
    browser.force_login(colleagues[0])

    assert WRITTEN in browser.get(refused.url.split("next=")[1]).content.decode()


def test_it_waits_through_another_end_of_the_session(browser, clock, centre, colleagues):
    refused = post(browser, ADD, form(centre), browser.page)
    for _each in range(2):
        browser.force_login(colleagues[0])
        browser.get("/admin/handbok/")
        clock.shift(timedelta(minutes=31))
        browser.get("/admin/handbok/")
    browser.force_login(colleagues[0])

    assert WRITTEN in browser.get(refused.url.split("next=")[1]).content.decode()


def test_form_from_another_site_is_not_kept(browser, centre):
    response = browser.post(ADD, form(centre))

    assert response.status_code == 403
    assert kept_forms.KEY not in browser.session


def test_strangers_leave_nothing(clock, centre):
    response = Client().post(ADD, form(centre))

    assert response.status_code == 302
    assert not Session.objects.exists()


def test_passwords_are_not_kept(browser, centre, colleagues):
    typed = {**form(centre), "password1": "hush-hush", "old_password": "hush-hush"}
    refused = post(browser, ADD, typed, browser.page)
    browser.force_login(colleagues[0])

    assert "hush-hush" not in browser.get(refused.url.split("next=")[1]).content.decode()


def test_it_can_be_thrown_away(browser, centre, colleagues):
    address = post(browser, ADD, form(centre), browser.page).url.split("next=")[1]
    browser.force_login(colleagues[0])
    page = browser.get(address)
    post(browser, address, {}, page)

    assert browser.get(address).url == "/admin/"
    assert not Venue.objects.exists()
