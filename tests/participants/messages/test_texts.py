"""What happens to a person has exactly one text, or is silent on purpose; none tells a secret."""

import re
from datetime import UTC, datetime

import pytest
from django.conf import settings

from linkcenter.models import Message
from participants.domain.person.contact import person_of
from participants.domain.person.link_request import send_link
from participants.domain.person.new_address import change_own_contact, confirm_address
from participants.domain.registration.closing import withdraw
from participants.mail import TEXTS
from participants.models import PersonalLink, Theme
from participants.states import PersonActivity
from tests import recipes

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 9, 12, tzinfo=UTC)


def test_everything_that_happens_is_listed():
    assert set(TEXTS) == set(PersonActivity)


def test_no_two_share_a_text():
    kinds = [kind for kind in TEXTS.values() if kind]

    assert len(kinds) == len(set(kinds))


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_subjects_tell_nothing_and_texts_no_theme(language):
    person = recipes.participant(recipes.centre(), name="Kanarinavn", language=language)
    registration = recipes.registration(person, message="Kanarimelding")
    registration.themes.add(Theme.objects.create(slug="sorg", name="Kanaritema"))

    send_link(person.pk, now=NOW)
    change_own_contact(person, person=person_of(person, email="ny@example.org"), now=NOW)
    confirm_address(PersonalLink.objects.get(purpose="address"), now=NOW)
    withdraw(registration, now=NOW)

    sent = {message.kind: message for message in Message.objects.all()}
    assert set(sent) == {"own_page", "confirm_address", "address_changed", "withdrawn"}
    for message in sent.values():
        assert not re.search(
            r"kanari|group|gruppe|self-help|selvhjelp|sjølvhjelp|d-\d", message.subject.lower()
        )
        assert "Kanaritema" not in message.text
        assert "Kanarimelding" not in message.text
