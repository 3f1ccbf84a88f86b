"""Somebody is invited, sets up an app and a passkey, logs out, and comes in by the passkey."""

import re
import time

import pytest
from allauth.mfa.totp.internal import auth as totp

from centres.domain.staff import inviting
from centres.models import Centre
from centres.states import Role
from linkcenter.messages import outbox
from linkcenter.models import Message
from tests.journeys.screen import Screen

pytestmark = [pytest.mark.browser, pytest.mark.prove]

EMAIL = "turid@example.org"
PASSWORD = "en lang og god setning"
KEY_IN_THE_MACHINE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def invitation(country):
    centre = Centre.objects.get(slug="link-tromso")
    facts = {"name": "Turid", "role": Role.COORDINATOR, "centre": centre, "language": "nb"}
    inviting.invite(EMAIL, by=None, **facts)
    text = outbox.full_text(Message.objects.get())
    found = re.search(r"/invitasjon/\S+", text)
    assert found
    return found[0]


def log_in(screen: Screen) -> None:
    screen.open("/admin/")
    screen.write("E-post", EMAIL)
    screen.write("Passord", PASSWORD)
    screen.press("Logg inn")


def set_up_app(screen: Screen) -> str:
    screen.follow("Sett opp en app")
    secret = screen.text(".log-in-key")
    screen.write("Koden som appen viser", code_of(secret))
    screen.press("Lagre")
    return secret


def code_of(secret: str, steps: int = 0) -> str:
    counter = int(time.time()) // 30 + steps
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def test_from_invitation_to_work_with_a_second_factor(window, invitation, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    window.open(invitation)
    window.write("Nytt passord", PASSWORD)
    window.press("Åpne kontoen min")
    log_in(window)
    assert window.heading == "Min innlogging"

    secret = set_up_app(window)
    assert len(window.list_of(".log-in-codes code")) == 10
    window.follow("Jeg har tatt vare på dem")
    window.follow("Tilbake til arbeidet")
    assert window.heading == "Dette trenger deg i dag"

    window.open("/logg-ut/")
    window.press("Logg ut")
    log_in(window)
    assert window.heading == "Ett steg til"
    window.write("Kode", code_of(secret, 1))
    window.press("Logg inn")
    assert window.heading == "Dette trenger deg i dag"


def test_passkey_lets_in_alone_and_no_rule_for_scripts_is_broken(window, invitation, settings):
    if not window.javascript:
        pytest.skip("A passkey needs JavaScript; the page says so.")
    settings.SECOND_FACTOR_REQUIRED = True
    devices = window.page.context.new_cdp_session(window.page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": KEY_IN_THE_MACHINE})
    window.open(invitation)
    window.write("Nytt passord", PASSWORD)
    window.press("Åpne kontoen min")
    log_in(window)

    window.follow("Legg til en passnøkkel")
    window.page.get_by_role("button", name="Legg til passnøkkelen").click()  # its script goes on
    window.page.wait_for_url("**/min-innlogging/koder/")
    window.look()
    window.open("/logg-ut/")
    window.press("Logg ut")
    window.open("/admin/")
    window.page.get_by_role("button", name="Logg inn med passnøkkel").click()
    window.page.wait_for_url("**/admin/")
    window.look()

    assert window.heading == "Dette trenger deg i dag"


def test_pages_of_the_log_in_hold_in_every_language(window, invitation):
    window.open(invitation)
    window.write("Nytt passord", PASSWORD)
    window.press("Åpne kontoen min")
    log_in(window)
    window.open("/min-innlogging/")
    set_up_app(window)

    for start in ("", "/nn", "/en"):
        for page in ("", "koder/", "koder/nye/", "passnokkel/", "passord/", "app/fjern/"):
            window.open(f"{start}/min-innlogging/{page}")
        for page in ("bekreft/", "bekreft/kode/"):
            window.open(f"{start}/logg-inn/{page}")
