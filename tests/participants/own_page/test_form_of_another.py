"""A form of one's own page acts for whom it was shown to, however many open theirs meanwhile."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import travel

from participants.domain.person import consents
from participants.models import Participant
from participants.states import ConsentPurpose, RegistrationState
from participants.urls import urlpatterns
from tests import recipes
from tests.participants import own
from tests.participants.walk import hidden

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 9, 12, tzinfo=UTC)
LATER = NOW + timedelta(minutes=31)
OWN = [each for each in urlpatterns if str(each.name).startswith("own-")]
NAMES = [each.name for each in OWN if not each.pattern.converters]
FORM = re.compile(r'<form[^>]*method="post".*?</form>', re.DOTALL)


@pytest.fixture(autouse=True)
def at_noon():
    with travel(NOW, tick=False):
        yield


def somebody(name: str, **fields: Any) -> Any:
    person = recipes.participant(recipes.centre(), name=name)
    fields = {"state": RegistrationState.WAITING} | fields
    return recipes.registration(person, **fields)


@pytest.fixture
def kari():
    return somebody("Kari")


@pytest.fixture
def ola():
    return somebody("Ola")


def times_of(registration):
    registration.refresh_from_db()
    return registration.availability


def kept(response):
    return hidden(response) | {
        "availability": re.findall(
            r'name="availability" value="([^"]*)"', response.content.decode()
        )
    }


def test_page_that_was_left_open_changes_nothing_of_whoever_came_after(client, kari, ola):
    own.enter(client, kari.participant)
    typed = hidden(client.get("/min-side/tider/")) | {"availability": ["mon-morning"]}
    own.enter(client, ola.participant)

    refused = client.post("/min-side/tider/", typed)
    again = client.post("/min-side/tider/", kept(refused))

    assert (refused.status_code, again.status_code) == (403, 403)
    assert "Kari" not in refused.content.decode()
    assert times_of(ola) == times_of(kari) == ["tue-evening"]
    own.enter(client, kari.participant)
    assert client.post("/min-side/tider/", kept(again)).url == own.PAGE
    assert times_of(kari) == ["mon-morning"]


def test_expired_page_acts_for_nobody_else(client, kari, ola):
    own.enter(client, kari.participant)
    typed = hidden(client.get("/min-side/tider/")) | {"availability": ["mon-morning"]}
    with travel(LATER, tick=False):
        expired = client.post("/min-side/tider/", typed)
        own.enter(client, ola.participant)
        refused = client.post("/min-side/tider/", kept(expired))
        own.enter(client, kari.participant)
        saved = client.post("/min-side/tider/", kept(refused))

    assert [each.status_code for each in (expired, refused, saved)] == [403, 403, 302]
    assert (times_of(ola), times_of(kari)) == (["tue-evening"], ["mon-morning"])


def test_nobody_is_deleted_by_the_page_of_another(client, kari, ola):
    own.enter(client, kari.participant)
    typed = hidden(client.get("/min-side/slett/")) | {"sure": "on"}
    own.enter(client, ola.participant)

    refused = client.post("/min-side/slett/", typed)

    assert refused.status_code == 403
    assert Participant.objects.count() == 2


def test_button_alone_leads_to_the_page_that_is_open(client, kari, ola):
    for registration in (kari, ola):
        registration.paused_until = datetime(2027, 1, 10, tzinfo=UTC).date()
        registration.save()
    own.enter(client, kari.participant)
    button = hidden(client.get(own.PAGE))
    own.enter(client, ola.participant)

    response = client.post("/min-side/pause/slutt/", button)

    ola.refresh_from_db()
    assert response.url == own.PAGE
    assert ola.paused_until is not None


def test_stale_form_that_is_shown_again_still_tells_whose_it_was(kari, ola):
    browser = Client(enforce_csrf_checks=True)
    open_by_button(browser, kari)
    typed = hidden(browser.get("/min-side/tider/")) | {"availability": ["mon-morning"]}
    open_by_button(browser, ola)

    stale = browser.post("/min-side/tider/", typed)
    refused = browser.post("/min-side/tider/", kept(stale))

    assert (stale.status_code, refused.status_code) == (403, 403)
    assert times_of(ola) == ["tue-evening"]


def open_by_button(browser, registration):
    path = own.link_for(registration.participant)
    browser.post(path, hidden(browser.get(path)))


@pytest.mark.parametrize("state", ["waiting", "paused", "withdrawn"])
def test_every_form_of_these_pages_tells_whose_it_is(client, state):
    recipes.consent_texts()
    registration = somebody("Kari")
    person = registration.participant
    if state != "waiting":
        registration.paused_until = datetime(2027, 1, 10, tzinfo=UTC).date()
    if state == "withdrawn":
        registration.state, registration.close_reason = "closed", "withdrawn"
        registration.closed_at = NOW
    registration.save()
    give_everything(person)
    own.enter(client, person)
    forget = reverse("participants:forget")

    pages = {name: client.get(reverse(f"participants:{name}")) for name in NAMES}

    silent = [
        (name, form)
        for name, page in pages.items()
        for form in FORM.findall(page.content.decode())
        if f'action="{forget}"' not in form and 'name="_whose" value="' not in form
    ]
    assert silent == []
    assert sum('name="_whose"' in page.content.decode() for page in pages.values()) >= 3


def give_everything(person):
    consents.give(person, list(ConsentPurpose), language="nb", given_by="web", now=NOW)
