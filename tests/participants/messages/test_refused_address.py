"""An address that the mail server refuses is flagged, and not used before it is corrected."""

import smtplib
from datetime import UTC, datetime

import pytest
from django.core.mail.backends.base import BaseEmailBackend

from linkcenter.messages import drafts, outbox
from linkcenter.models import Channel, Message, MessageState, WaitsBecause
from participants.domain.messages.acts import draft
from participants.domain.person.contact import change_contact, person_of
from participants.domain.person.link_request import send_link
from tests import recipes

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 9, 12, tzinfo=UTC)


class Refusing(BaseEmailBackend):
    code = 550

    def send_messages(self, email_messages):
        raise smtplib.SMTPRecipientsRefused({"kari@example.org": (self.code, b"unknown")})


class Full(Refusing):
    code = 452


def sent_in_vain(monkeypatch, server, **person):
    person = recipes.participant(recipes.centre(), email="kari@example.org", **person)
    message = drafts.release(draft(person, kind="call_us", now=NOW))
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend", server)
    outbox.send(message.pk, last_try=True, now=NOW)
    person.refresh_from_db()
    return person


def test_address_that_is_refused_for_good_is_flagged(monkeypatch):
    person = sent_in_vain(monkeypatch, Refusing, phone="+4741234567", preferred_way="email")

    assert person.email_refused_on == NOW.date()
    assert person.channel == Channel.CALL


def test_full_mailbox_is_not_flagged(monkeypatch):
    person = sent_in_vain(monkeypatch, Full)

    assert person.email_refused_on is None


def test_next_message_waits_where_there_is_no_other_way(monkeypatch):
    person = sent_in_vain(monkeypatch, Refusing)

    send_link(person.pk, now=NOW)

    message = Message.objects.get(kind="own_page")
    assert (message.state, message.waits_because) == (MessageState.DRAFT, WaitsBecause.ADDRESS)


def test_flag_goes_with_the_address(monkeypatch):
    person = sent_in_vain(monkeypatch, Refusing)

    change_contact(person, person=person_of(person, email="ny@example.org"))

    person.refresh_from_db()
    assert person.email_refused_on is None
    assert person.channel == Channel.EMAIL
