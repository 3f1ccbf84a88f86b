"""Who tries passwords is stopped after a few; who owns the account is not kept out by that."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from centres.states import Role
from linkcenter.log_in import tries
from linkcenter.models import Spending
from tests import recipes

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 22, 12, 5, tzinfo=UTC)
LOG_IN = "/logg-inn/"
RIGHT, WRONG = "prov-link", "feil-passord"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def user():
    return recipes.staff(Role.ADMINISTRATOR)


def log_in(email, password, *, address="192.0.2.1", browser=None):
    browser = browser or Client()
    typed = {"login": email, "password": password}
    return browser.post(LOG_IN, typed, REMOTE_ADDR=address)


def is_in(response):
    return response.status_code == 302


def test_the_sixth_try_waits_and_is_told_until_when(user):
    for _each in range(5):
        assert log_in(user.email, WRONG).status_code == 200

    response = log_in(user.email, RIGHT)

    assert response.status_code == 429
    assert response.headers["Retry-After"] == str(10 * 60)
    assert "13.15" in response.content.decode()  # in Oslo


def test_after_a_quarter_it_works_again(user, clock):
    for _each in range(6):
        log_in(user.email, WRONG)

    clock.shift(timedelta(minutes=15))

    assert is_in(log_in(user.email, RIGHT))


def test_elsewhere_the_right_password_works(user):
    for _each in range(6):
        log_in(user.email, WRONG)

    assert is_in(log_in(user.email, RIGHT, address="198.51.100.7"))


def test_tries_from_everywhere_stop_at_twenty_but_not_for_the_browser_that_was_there_before(user):
    own = Client()
    assert is_in(log_in(user.email, RIGHT, browser=own))
    own.get("/admin/handbok/")
    own.post("/logg-ut/")
    for each in range(21):
        log_in(user.email, WRONG, address=f"198.51.100.{each}")

    assert log_in(user.email, RIGHT, address="203.0.113.9").status_code == 429
    assert is_in(log_in(user.email, RIGHT, browser=own, address="203.0.113.9"))


def test_known_browser_is_stopped_as_well_and_by_itself_alone(user):
    own = Client()
    log_in(user.email, RIGHT, browser=own)
    own.get("/admin/handbok/")
    own.post("/logg-ut/")
    for _each in range(5):
        log_in(user.email, WRONG, browser=own)

    assert log_in(user.email, RIGHT, browser=own).status_code == 429
    assert is_in(log_in(user.email, RIGHT, browser=Client()))


def test_cookie_of_another_account_or_a_forged_one_is_worth_nothing(user):
    other = recipes.staff(Role.ADMINISTRATOR)
    theirs, forged = Client(), Client()
    log_in(other.email, RIGHT, browser=theirs)
    theirs.get("/admin/handbok/")
    theirs.post("/logg-ut/")
    forged.cookies["browser"] = theirs.cookies["browser"].value[:-3] + "abc"
    for _each in range(5):
        log_in(user.email, WRONG)

    assert log_in(user.email, RIGHT, browser=theirs).status_code == 429
    assert log_in(other.email, WRONG, browser=forged).status_code == 200
    assert log_in(user.email, RIGHT, browser=forged).status_code == 429


def test_one_address_tries_a_hundred_accounts_and_no_more(rf):
    request = rf.post(LOG_IN, REMOTE_ADDR="192.0.2.1")
    for each in range(99):
        tries.take(request, f"{each}@example.org")

    tried = [log_in(f"{name}@example.org", WRONG) for name in ("nest-sist", "sist")]

    assert [each.status_code for each in tried] == [200, 429]


def test_account_that_does_not_exist_is_answered_alike(user):
    for _each in range(5):
        known, unknown = log_in(user.email, WRONG), log_in("ukjent@example.org", WRONG)
        assert known.status_code == unknown.status_code == 200
        assert known.context["form"].errors == unknown.context["form"].errors

    known, unknown = log_in(user.email, WRONG), log_in("ukjent@example.org", WRONG)

    assert known.status_code == unknown.status_code == 429
    assert known.content == unknown.content


def test_capital_letters_are_no_other_account(user):
    for _each in range(5):
        log_in(user.email.upper(), WRONG)

    assert log_in(user.email, WRONG).status_code == 429


def test_what_succeeds_counts_for_nothing(user):
    for _each in range(7):
        assert is_in(log_in(user.email, RIGHT))

    assert not Spending.objects.exists()


def test_codes_are_limited_too(user):
    TOTP.activate(user, generate_totp_secret())
    browser = Client()
    log_in(user.email, RIGHT, browser=browser)

    tries = [
        browser.post("/logg-inn/andre-steg/", {"code": "000000"}, REMOTE_ADDR="192.0.2.1")
        for _each in range(6)
    ]

    assert Authenticator.objects.exists()
    assert [each.status_code for each in tries] == [200] * 5 + [429]


def test_whoever_finds_a_page_open_tries_passwords_no_oftener(user):
    found = Client()
    log_in(user.email, RIGHT, browser=found)
    typed = {"oldpassword": WRONG, "password": "en lang og god setning"}

    tries = [found.post("/min-innlogging/passord/", typed) for _each in range(6)]

    assert [each.status_code for each in tries] == [200] * 5 + [429]


def test_the_cookie_names_nobody(user):
    browser = Client()
    log_in(user.email, RIGHT, browser=browser)
    browser.get("/admin/handbok/")
    cookie = browser.cookies["browser"]

    assert user.email not in cookie.value
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
