"""Every message is a row, written together with the change it tells of."""

import smtplib
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from centres.states import Role
from linkcenter.messages import outbox
from linkcenter.models import Channel, Message, MessageState, WaitsBecause
from linkcenter.personal_data import retention
from linkcenter.tokens import new_seed, token_for
from tests import recipes
from tests.database import InBackground, refused_by

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture
def person():
    return recipes.participant(recipes.centre(), email="kari@example.org")


def queue(person, *, matter="seat:1", channel=Channel.EMAIL, link=None, text="Hei,\n\n[[link]]\n"):
    return outbox.queue(
        person,
        matter=matter,
        kind="asked",
        channel=channel,
        to="kari@example.org",
        language="nb",
        subject="Et spørsmål til deg",
        text=text,
        link=link,
        now=NOW,
    )


def jobs_for(message):
    return ProcrastinateJob.objects.filter(args={"message_id": message.pk}).count()


def test_queue_hands_the_mail_to_the_worker(person):
    message = queue(person)

    assert message.state == MessageState.QUEUED
    assert jobs_for(message) == 1


@pytest.mark.parametrize("channel", [Channel.SMS, Channel.CALL, Channel.LETTER])
def test_queue_leaves_the_rest_to_staff(person, channel):
    message = queue(person, channel=channel)

    assert list(Message.objects.ring_instead()) == [message]
    assert jobs_for(message) == 0


def test_queue_takes_back_what_was_unsent_about_the_same(person):
    first = queue(person)
    other_matter = queue(person, matter="seat:2")

    second = queue(person)

    assert list(Message.objects.unsent().order_by("pk")) == [other_matter, second]
    first.refresh_from_db()
    assert first.state == MessageState.CANCELLED


def test_rolled_back_change_leaves_neither_message_nor_job(person):
    jobs = ProcrastinateJob.objects.count()

    with transaction.atomic():
        queue(person)
        transaction.set_rollback(True)

    assert Message.objects.count() == 0
    assert ProcrastinateJob.objects.count() == jobs


def test_second_unsent_message_about_a_matter_is_refused_by_the_database(person):
    message = queue(person)

    with refused_by("message_one_unsent"):
        Message.objects.bulk_create(
            [
                Message(
                    recipient=person,
                    matter=message.matter,
                    kind="asked",
                    channel=Channel.EMAIL,
                    state=MessageState.QUEUED,
                    language="nb",
                    message_id="<other@example.org>",
                    created_at=NOW,
                )
            ]
        )


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("message_sent_at", {"state": MessageState.SENT}),
        ("message_sent_at", {"sent_at": NOW}),
        ("message_state_known", {"state": "lost"}),
        ("message_channel_known", {"channel": "pigeon"}),
        ("message_link_whole", {"link_path": "/svar/{token}/"}),
    ],
)
def test_message_that_makes_no_sense_is_refused_by_the_database(person, constraint, fields):
    queue(person)

    with refused_by(constraint):
        Message.objects.update(**fields)


def test_text_and_address_are_unreadable_in_the_database(person):
    queue(person, text="Hei Kari")

    with connection.cursor() as cursor:
        cursor.execute('select text, "to" from linkcenter_message')
        (stored,) = cursor.fetchall()

    assert "Kari" not in str(stored)
    assert "kari" not in str(stored)


def test_send_sends_the_text_with_its_link_and_a_fixed_id(person):
    seed = new_seed()
    message = queue(person, link=outbox.Link(seed=seed, path="/svar/{token}/"))

    outbox.send(message.pk, last_try=False, now=NOW)

    (sent,) = mail.outbox
    address = outbox.address(message)
    assert address.endswith(f"/svar/{token_for(seed)}/")
    assert (sent.to, sent.subject) == (["kari@example.org"], "Et spørsmål til deg")
    assert sent.body == f"Hei,\n\n{address}\n"
    assert sent.extra_headers["Message-ID"] == message.message_id
    assert f'href="{address}"' in sent.alternatives[0].content


def test_send_marks_the_message_sent(person):
    message = queue(person)

    outbox.send(message.pk, last_try=False, now=NOW)

    message.refresh_from_db()
    assert (message.state, message.sent_at) == (MessageState.SENT, NOW)


@pytest.mark.parametrize(
    "state", [MessageState.SENT, MessageState.CANCELLED, MessageState.FAILED, MessageState.DRAFT]
)
def test_send_passes_by_what_is_not_queued(person, state):
    message = queue(person)
    sent_at = NOW if state == MessageState.SENT else None
    Message.objects.update(state=state, sent_at=sent_at, waits_because="written")

    outbox.send(message.pk, last_try=False)

    assert mail.outbox == []


def test_send_passes_by_what_has_been_removed(person):
    message = queue(person)
    Message.objects.all().delete()

    outbox.send(message.pk, last_try=False)

    assert mail.outbox == []


def test_send_after_a_crash_sends_the_same_again(person):
    message = queue(person, link=outbox.Link(seed=new_seed(), path="/svar/{token}/"))
    with transaction.atomic():
        outbox.send(message.pk, last_try=False)
        transaction.set_rollback(True)  # the server took it, and then the power went

    outbox.send(message.pk, last_try=False)

    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    assert first.body == second.body


@pytest.mark.django_db(transaction=True)
def test_send_passes_by_what_another_worker_has_in_hand():
    message = queue(recipes.participant(recipes.centre()))
    background = InBackground()

    with transaction.atomic():
        outbox.send(message.pk, last_try=False)
        background.start(outbox.send, message.pk, last_try=False).result(timeout=10)

    background.stop()
    assert len(mail.outbox) == 1


class Refusing(BaseEmailBackend):
    """A mail server that does not know the address."""

    code = 550

    def send_messages(self, email_messages):
        raise smtplib.SMTPRecipientsRefused({"kari@example.org": (self.code, b"unknown")})


class Greylisting(Refusing):
    """A mail server that wants to be asked again later."""

    code = 451


class Unreachable(BaseEmailBackend):
    def send_messages(self, email_messages):
        raise ConnectionRefusedError


def test_unknown_address_fails_at_once_and_staff_see_it(person, monkeypatch):
    message = queue(person)
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend", Refusing)

    outbox.send(message.pk, last_try=False)

    message.refresh_from_db()
    assert (message.state, message.error) == (MessageState.FAILED, "refused [550]")
    assert list(Message.objects.ring_instead()) == [message]


@pytest.mark.parametrize("server", [Greylisting, Unreachable])
def test_server_that_may_answer_later_is_tried_again(person, monkeypatch, server):
    message = queue(person)
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend", server)

    with pytest.raises(outbox.NotDelivered):
        outbox.send(message.pk, last_try=False)

    message.refresh_from_db()
    assert message.state == MessageState.QUEUED


@pytest.mark.parametrize(
    ("server", "error"), [(Greylisting, "refused [451]"), (Unreachable, "ConnectionRefusedError")]
)
def test_last_try_fails_without_a_word_of_the_person(person, monkeypatch, server, error):
    message = queue(person)
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend", server)

    outbox.send(message.pk, last_try=True)

    message.refresh_from_db()
    assert (message.state, message.error) == (MessageState.FAILED, error)


def test_failed_mail_about_what_no_longer_holds_is_not_rung_about(person):
    message = queue(person)
    Message.objects.update(state=MessageState.FAILED)

    outbox.cancel(person, matter=message.matter)

    assert Message.objects.ring_instead().count() == 0


def test_done_by_hand_counts_once(person):
    message = queue(person, channel=Channel.CALL)

    first, second = (outbox.done_by_hand(message, now=NOW) for _time in range(2))

    assert (first, second) == (True, False)


def test_mail_on_its_way_cannot_be_done_by_hand(person):
    message = queue(person)

    assert outbox.done_by_hand(message) is False


def test_texts_are_forgotten_thirty_days_after_sending(person):
    old, new, unsent = (queue(person, matter=f"seat:{number}") for number in range(3))
    outbox.send(old.pk, last_try=False, now=NOW - timedelta(days=30))
    outbox.send(new.pk, last_try=False, now=NOW - timedelta(days=29))

    counts = retention.run(now=NOW)

    old.refresh_from_db()
    new.refresh_from_db()
    unsent.refresh_from_db()
    assert counts["texts of messages"] == 1
    assert (old.text, old.to) == (None, None)
    assert new.text == unsent.text == "Hei,\n\n[[link]]\n"


def test_message_id_is_given_once(person):
    first, second = queue(person), queue(person, matter="seat:2")

    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=second.pk).update(message_id=first.message_id)


def test_mail_on_its_way_waits_for_staff_after_a_restore(person):
    on_its_way, letter = queue(person), queue(person, matter="seat:2", channel=Channel.LETTER)
    sent = queue(person, matter="seat:3")
    outbox.send(sent.pk, last_try=False)

    call_command("after_restore", stdout=(said := StringIO()))

    for message in (on_its_way, letter, sent):
        message.refresh_from_db()
    assert (on_its_way.state, on_its_way.stale) == (MessageState.DRAFT, True)
    assert on_its_way.waits_because == WaitsBecause.CHANGED
    assert (letter.stale, sent.state) == (False, MessageState.SENT)
    assert "1 e-mails wait for staff" in said.getvalue()


def test_nobody_is_logged_in_after_a_restore(client):
    client.force_login(recipes.staff(Role.ADMINISTRATOR))

    call_command("after_restore", stdout=StringIO())

    assert not Session.objects.exists()
