"""Nothing of a person is in an address, a title, a log or a session of their own page."""

import logging
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from linkcenter.operating.logs import DiscreetFormatter
from participants.models import Theme
from participants.states import RegistrationState
from tests import recipes
from tests.participants import own
from tests.participants.walk import hidden

pytestmark = pytest.mark.django_db

CANARIES = ("kanarinavn", "kanaripost", "41234567", "kanaritid", "kanaribehov", "kanarimelding")
PAGES = (
    *("", "tider/", "gruppe/", "onsker/", "kontakt/", "pause/", "stopp/", "samtykke/"),
    *("opplysninger/", "slett/"),
)


@pytest.fixture
def person() -> Any:
    recipes.consent_texts()
    person = recipes.participant(
        recipes.centre(),
        name="Kanarinavn",
        email="kanaripost@example.org",
        phone="+4741234567",
        safe_times="kanaritid",
    )
    registration = recipes.registration(
        person,
        state=RegistrationState.WAITING,
        practical_needs="kanaribehov",
        message="kanarimelding",
    )
    registration.themes.add(Theme.objects.create(slug="kanaritema", name="Kanaritema"))
    return person


def told(texts: list[str]) -> list[str]:
    joined = " ".join(texts).lower()
    return [canary for canary in (*CANARIES, "kanaritema") if canary in joined]


def test_canaries_are_on_the_pages_and_nowhere_else(
    client: Client, person: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.handler.setFormatter(DiscreetFormatter())
    elsewhere: list[str] = []
    on_pages: list[str] = []
    link = own.link_for(person)

    client.post(own.PAGE, {"reach": person.email})
    client.post(link)
    for page in PAGES:
        path = f"/min-side/{page}"
        for response in (
            client.get(path),
            client.post(path, hidden(client.get(path)) | {"name": "Kanarinavn"}),
        ):
            shown = response.content.decode()
            on_pages.append(shown)
            elsewhere += re.findall(r"<title>(.*?)</title>", shown, re.DOTALL)
            elsewhere += re.findall(r'(?:href|action)="([^"]*)"', shown)
            elsewhere.append(response.headers.get("Location", ""))
    client.get("/min-side/opplysninger.json")
    elsewhere += [each.session_data for each in Session.objects.all()]
    elsewhere += [str(each.get_decoded()) for each in Session.objects.all()]
    elsewhere += [DiscreetFormatter().format(each) for each in _ours(caplog.records)]

    assert len(told(on_pages)) == len(CANARIES) + 1
    assert [text for text in elsewhere if told([text]) and not text.startswith("mailto:")] == []
    assert not [text for text in elsewhere if link.split("/")[2] in text]


def _ours(records: list[logging.LogRecord]) -> list[logging.LogRecord]:
    """What reaches a log of ours: no statements of the database, which only debugging shows."""
    return [each for each in records if each.levelno >= logging.INFO]


def test_page_of_one_centre_shows_nobody_of_another(client: Client, person: Any) -> None:
    other = recipes.participant(recipes.centre())
    recipes.registration(other, registered_at=datetime(2026, 2, 1, tzinfo=UTC))
    own.enter(client, other)

    shown = [client.get(f"/min-side/{page}").content.decode() for page in PAGES]

    assert [canary for canary in CANARIES if any(canary in page.lower() for page in shown)] == []
