"""The staff's way in: password, second factor, recovery codes, a forgotten password."""

import time
from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from time_machine import travel

from centres.states import Role
from linkcenter.encryption import decrypt, keyed_digest
from linkcenter.log_in import password_links
from linkcenter.messages import outbox
from linkcenter.models import Message, PasswordLink
from tests import recipes

pytestmark = pytest.mark.django_db

PASSWORD = "en lang og god setning"
MINE = "/min-innlogging/"


@pytest.fixture
def user():
    return recipes.staff(Role.COORDINATOR, recipes.centre(), email="kari@example.org")


def log_in(client, user, password="prov-link", to="/admin/"):  # noqa: S107  # opens nothing
    who = {"login": user.email, "password": password}
    return client.post(f"/logg-inn/?next={to}", who)


def code_of(secret, steps=0):
    counter = int(time.time()) // 30 + steps
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def set_up_app(client):
    """The key of the app, once the page that shows it has been answered with a code."""
    secret = client.get(f"{MINE}app/").context["form"].secret
    client.post(f"{MINE}app/", {"code": code_of(secret)})
    return secret


def enters(client):
    return client.get("/admin/").status_code == 200


def test_stranger_is_led_to_the_log_in_and_back(client, user):
    met = client.get("/admin/centres/centre/", follow=True)
    answer = client.post(
        met.redirect_chain[-1][0], {"login": "Kari@Example.org", "password": "prov-link"}
    )

    assert met.redirect_chain[-1][0].startswith("/logg-inn/?next=")
    assert answer.headers["Location"] == "/admin/centres/centre/"
    assert enters(client)


def test_app_is_asked_for_once_it_is_set_up(client, user):
    log_in(client, user)
    secret = set_up_app(client)
    other = Client()

    assert log_in(other, user).headers["Location"] == "/logg-inn/andre-steg/"
    assert not enters(other)
    other.post("/logg-inn/andre-steg/", {"code": code_of(secret, 1)})
    assert enters(other)


def test_code_works_once(client, user):
    with travel(datetime(2026, 11, 22, 12, tzinfo=UTC), tick=False):
        log_in(client, user)
        secret = set_up_app(client)

        for steps, lets_in in ((0, False), (1, True), (1, False)):
            other = Client()
            log_in(other, user)
            other.post("/logg-inn/andre-steg/", {"code": code_of(secret, steps)})
            assert enters(other) is lets_in


def test_code_works_once_around_midnight_as_well(client, user):
    log_in(client, user)
    secret = set_up_app(client)

    with travel(datetime(2026, 11, 22, 23, 59, 50, tzinfo=UTC), tick=False) as clock:
        code = code_of(secret, 1)
        met = []
        for _time in range(2):
            other = Client()
            log_in(other, user)
            other.post("/logg-inn/andre-steg/", {"code": code})
            met.append(enters(other))
            cache.clear()  # as in another process
            clock.shift(30)

    assert met == [True, False]


def test_recovery_code_stands_in_for_the_app_once(client, user):
    log_in(client, user)
    set_up_app(client)
    codes = client.get(f"{MINE}koder/").context["unused_codes"]

    for lets_in in (True, False):
        other = Client()
        log_in(other, user)
        other.post("/logg-inn/andre-steg/", {"code": codes[0]})
        assert enters(other) is lets_in
    assert len(codes) == 10


def test_secrets_are_encrypted_in_the_database(client, user):
    log_in(client, user)
    secret = set_up_app(client)

    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert stored != secret
    assert decrypt(stored) == secret


def test_where_it_is_required_nobody_enters_without_a_second_factor(client, user, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    before = Client()
    log_in(before, user)

    log_in(client, user)
    outside = client.get("/admin/participants/registration/", follow=True)
    set_up_app(client)

    assert outside.redirect_chain[-1][0].startswith(MINE)
    assert enters(client)
    assert not enters(before)  # has seen a password alone, before there was more


def test_session_of_before_can_neither_enter_nor_take_the_factor_away(client, user, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    log_in(client, user)
    secret = set_up_app(client)
    thief = Client()
    user.refresh_from_db()
    thief.force_login(user)

    assert not enters(thief)
    led_to = thief.get(f"{MINE}app/fjern/").headers["Location"]
    assert led_to.startswith("/logg-inn/bekreft/kode/")
    assert thief.get("/logg-inn/bekreft/").headers["Location"] == "/logg-inn/bekreft/kode/"
    thief.post("/logg-inn/bekreft/kode/?next=/admin/", {"code": code_of(secret, 1)})
    assert enters(thief)  # who has the telephone is no thief


def test_change_of_the_log_in_is_told_by_mail(client, user, django_capture_on_commit_callbacks):
    log_in(client, user)

    with django_capture_on_commit_callbacks(execute=True):
        set_up_app(client)

    assert Message.objects.get().kind == "log_in_changed"


def test_old_log_in_is_not_enough_to_change_the_second_factor(client, user):
    log_in(client, user)

    with travel(timezone.now() + timezone.timedelta(minutes=11), tick=False):
        answer = client.get(f"{MINE}app/")

    assert answer.headers["Location"].startswith("/logg-inn/bekreft/?next=")


def test_form_that_is_sent_too_late_is_neither_kept_nor_sent_by_itself(client, user):
    log_in(client, user)
    secret = set_up_app(client)

    with travel(timezone.now() + timezone.timedelta(minutes=11), tick=False):
        back = client.post(f"{MINE}app/fjern/").headers["Location"]
        asked = client.get(back).headers["Location"]
        client.post(asked, {"password": "prov-link"})

    assert back == f"{MINE}app/fjern/"
    assert Authenticator.objects.filter(type="totp").exists()
    assert secret not in str(dict(client.session))


def test_forgotten_password_is_answered_alike_for_everybody(client, user):
    known = client.post("/logg-inn/glemt-passord/", {"email": user.email})
    unknown = client.post("/logg-inn/glemt-passord/", {"email": "ukjent@example.org"})

    assert known.headers["Location"] == unknown.headers["Location"]
    assert not Message.objects.exists()
    assert password_links.send_to(keyed_digest("ukjent@example.org")) is False
    assert password_links.send_to(keyed_digest(user.email)) is True


def test_link_gives_a_new_password_once_and_ends_all_visits(client, user):
    inside = Client()
    inside.force_login(user)
    password_links.send(user.pk)
    text = outbox.full_text(Message.objects.get())
    address = reverse("new-password", args=[text.partition("/nytt-passord/")[2].split("/")[0]])

    assert client.get(address).status_code == 200
    client.post(address, {"password": PASSWORD})

    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert not enters(inside)
    assert client.get(address).status_code == 404
    assert log_in(client, user, PASSWORD).headers["Location"] == "/admin/"


def test_new_password_closes_the_links_that_were_asked_for_before(client, user):
    password_links.send(user.pk)
    log_in(client, user)

    client.post(f"{MINE}passord/", {"oldpassword": "prov-link", "password": PASSWORD})

    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert not PasswordLink.objects.exists()
    assert enters(client)


def test_link_of_a_closed_account_opens_nothing(client, user):
    password_links.send(user.pk)
    text = outbox.full_text(Message.objects.get())
    user.is_active = False
    user.save()

    token = text.partition("/nytt-passord/")[2].split("/")[0]
    assert client.get(reverse("new-password", args=[token])).status_code == 404
    assert password_links.send(user.pk) is False
    assert PasswordLink.objects.count() == 1


def test_logging_out_everywhere_spares_the_visit_that_asks(client, user):
    elsewhere = Client()
    log_in(elsewhere, user)
    log_in(client, user)

    client.post(f"{MINE}logg-ut-overalt/")

    assert enters(client)
    assert not enters(elsewhere)


def test_closed_account_is_told_so_with_the_right_password_alone(client, user):
    user.is_active = False
    user.save()

    assert log_in(client, user).headers["Location"] == "/logg-inn/stengt/"
    assert log_in(client, user, "feil").status_code == 200


@pytest.mark.parametrize(
    "answer",
    ["", "x", "null", "[]", '"x"', "{}", '{"id": 1}', '{"response": null}', '{"response": []}'],
)
def test_odd_answer_about_a_passkey_is_a_wrong_one(client, user, answer):
    address = "/logg-inn/passnokkel/"
    client.get(address, headers={"X-Requested-With": "XMLHttpRequest"})

    met = client.post(address, {"credential": answer})

    assert met.headers["Location"] == "/logg-inn/"
    assert not enters(client)


def test_nobody_signs_up(client):
    for address in ("/accounts/signup/", "/registrer/", "/logg-inn/ny/"):
        assert client.get(address).status_code == 404
