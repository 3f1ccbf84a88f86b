"""Once a year people are told what they have said yes to, and how to take it back."""

from datetime import UTC, datetime, timedelta

import pytest

from centres.states import LegalBasis
from linkcenter.messages.outbox import full_text
from linkcenter.models import Channel, JobRun, Message, MessageState
from participants.domain.person import consents
from participants.domain.person.consent_reminders import A_NIGHT, remind
from participants.domain.registration.closing import withdraw
from participants.domain.registration.consent_withdrawal import withdraw_consent
from participants.models import Theme
from participants.states import ConsentPurpose, GivenBy
from participants.tasks import remind_of_consents
from tests import recipes

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 9, 9, tzinfo=UTC)
YEAR = timedelta(days=365)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def texts():
    recipes.consent_texts()


@pytest.fixture
def centre():
    return recipes.centre()


def agreed(centre, at=NOW - YEAR, purposes=(ConsentPurpose.CONTACT,), **fields):
    person = recipes.participant(centre, **fields)
    registration = recipes.registration(person)
    consents.give(person, purposes, language="nb", given_by=GivenBy.WEB, now=at)
    return registration


def sent(now):
    told = remind(now=now)
    Message.objects.filter(state=MessageState.QUEUED).update(state=MessageState.SENT, sent_at=now)
    return told


def test_a_year_after_the_consent_and_not_a_second_before(centre):
    agreed(centre)
    agreed(centre, at=NOW - YEAR + timedelta(seconds=1))

    assert remind(now=NOW) == 1

    message = Message.objects.get()
    assert (message.kind, message.channel) == ("consents", Channel.EMAIL)
    assert "kontakt og leting etter en gruppe (9. november 2025)" in full_text(message)
    assert "/lenke/" in full_text(message)
    assert message.recipient.activities.get().what == "consents_reminded"


def test_every_year(centre):
    agreed(centre)

    days = (0, 5, 364, 365, 370, 729, 730, 735)
    assert [day for day in days if sent(NOW + day * DAY)] == [0, 365, 730]


def test_new_consent_begins_the_year_anew(centre):
    registration = agreed(centre)
    consents.give(
        registration.participant,
        [ConsentPurpose.DIGITAL],
        language="nb",
        given_by=GivenBy.WEB,
        now=NOW - 10 * DAY,
    )

    assert (remind(now=NOW), remind(now=NOW - 10 * DAY + YEAR)) == (0, 1)


def test_what_was_taken_back_is_not_told(centre):
    registration = agreed(centre, purposes=[ConsentPurpose.CONTACT, ConsentPurpose.DIGITAL])
    withdraw_consent(registration.participant, purpose=ConsentPurpose.DIGITAL, now=NOW - 2 * DAY)

    remind(now=NOW)

    text = Message.objects.get().text
    assert ("kontakt" in text, "digitale" in text) == (True, False)


def test_no_theme_is_named(centre):
    registration = agreed(centre, purposes=[ConsentPurpose.CONTACT, ConsentPurpose.THEME])
    registration.themes.add(Theme.objects.create(slug="sorg", name="Kanaritema"))

    remind(now=NOW)

    message = Message.objects.get()
    assert "Kanaritema" not in message.text + message.subject


def test_who_has_stopped_hears_nothing(centre):
    withdraw(agreed(centre), now=NOW - DAY)
    Message.objects.update(state=MessageState.SENT, sent_at=NOW)

    assert remind(now=NOW) == 0


def test_who_is_being_asked_something_else_hears_that_first(centre):
    registration = agreed(centre)
    registration.still_asked_on = NOW.date() - 5 * DAY
    registration.save()

    assert remind(now=NOW) == 0


@pytest.mark.parametrize(("way", "channel"), [("phone", "call"), ("sms", "sms")])
def test_without_e_mail_it_is_for_staff_to_say(centre, way, channel):
    agreed(centre, email=None, phone="+4741234567", preferred_way=way)

    remind(now=NOW)

    message = Message.objects.ring_instead().get()
    assert message.channel == channel
    assert bool(message.link_seed) == (way == "sms")


def test_where_it_is_a_public_task_the_words_are_others():
    centre = recipes.centre(legal_basis=LegalBasis.PUBLIC_TASK)
    agreed(centre, purposes=[ConsentPurpose.DIGITAL])

    remind(now=NOW)

    text = Message.objects.get().text
    assert "oppgave for kommunen" in text
    assert "digitale grupper" in text


def test_a_few_a_day_at_each_centre(centre):
    for _each in range(A_NIGHT + 1):
        agreed(centre)

    assert (remind(now=NOW), remind(now=NOW), remind(now=NOW)) == (A_NIGHT, 1, 0)


def test_job_leaves_a_report(centre):
    agreed(centre, at=datetime(2024, 1, 1, tzinfo=UTC))

    remind_of_consents(0)

    run = JobRun.objects.get(job="participants.remind")
    assert (run.counts, run.finished_at is None) == ({"people": 1}, False)


@pytest.mark.parametrize(
    "act",
    [
        lambda row: withdraw(row, now=NOW),
        lambda row: withdraw_consent(row.participant, purpose=ConsentPurpose.DIGITAL, now=NOW),
    ],
    ids=["withdraws", "takes one back"],
)
def test_nobody_is_reminded_of_what_they_have_taken_back(centre, act):
    purposes = [ConsentPurpose.CONTACT, ConsentPurpose.DIGITAL]
    registration = agreed(centre, purposes=purposes, phone="+4741234567", email=None)
    remind(now=NOW)

    act(registration)

    assert Message.objects.get().state == MessageState.CANCELLED
