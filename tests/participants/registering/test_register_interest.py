"""What becomes true when interest is registered, and what is refused."""

from datetime import UTC, datetime

import pytest

from centres.states import LegalBasis, Role
from linkcenter.messages.subjects import has_changed
from linkcenter.models import Activity, Channel, Message, MessageState
from participants.domain.errors import AlreadyClosed, ConsentMissing, NotTakingRegistrations
from participants.domain.person.consents import Agreement
from participants.domain.person.contact import Person
from participants.domain.registration.changes import change_availability
from participants.domain.registration.closing import close
from participants.domain.registration.consent_withdrawal import withdraw_consent
from participants.domain.registration.interest import Interest
from participants.domain.registration.register import register_interest
from participants.models import Participant
from participants.signals import leaving
from participants.states import CloseReason, ConsentPurpose, GivenBy, RegistrationState
from tests import recipes

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 2, 1, 12, tzinfo=UTC)
YES = Agreement(purposes={"contact"})
KARI = Person(name="Kanari Hansen", email="kanari@example.org")


@pytest.fixture
def centre():
    recipes.consent_texts()
    return recipes.centre()


def register(centre, **changes):
    given = {"person": KARI, "interest": Interest(), "agreement": YES, "now": NOW}
    return register_interest(centre, **(given | changes))


def test_registration_has_its_date_and_waits_for_a_talk(centre):
    registration = register(centre)

    assert registration.registered_at == NOW
    assert registration.state == RegistrationState.RECEIVED
    assert registration.participant.confirmed_adult_on.isoformat() == "2026-02-01"


def test_timeline_tells_it_without_a_personal_value(centre):
    registration = register(centre)

    activity = Activity.objects.get()
    assert (activity.subject, activity.what, activity.actor) == (registration, "registered", None)
    assert activity.fields == []


@pytest.mark.parametrize(
    ("person", "channel", "to"),
    [
        (KARI, Channel.EMAIL, "kanari@example.org"),
        (Person(name="Kari", phone="+4741234567"), Channel.CALL, "+4741234567"),
        (
            Person(name="Kari", phone="+4741234567", preferred_way="sms"),
            Channel.SMS,
            "+4741234567",
        ),
    ],
)
def test_receipt_goes_the_way_the_person_can_be_reached(centre, person, channel, to):
    registration = register(centre, person=person)

    message = Message.objects.get()
    assert (message.kind, message.channel, message.to) == ("receipt", channel, to)
    assert message.state == MessageState.QUEUED
    assert message.recipient == registration.participant
    assert registration.participant.reference in message.text


def test_receipt_says_nothing_of_what_it_is_about_in_the_subject(centre):
    register(centre)

    subject = Message.objects.get().subject.casefold()
    for word in ("kanari", "selvhjelp", "gruppe", "group", centre.name.casefold()):
        assert word not in subject


def test_centre_that_takes_none_refuses(centre):
    centre.takes_registrations = False

    with pytest.raises(NotTakingRegistrations):
        register(centre)


@pytest.mark.parametrize(
    ("basis", "interest", "needed"),
    [
        (LegalBasis.CONSENT, Interest(), {"contact"}),
        (LegalBasis.CONSENT, Interest(themes=["sorg"]), {"contact", "theme"}),
        (LegalBasis.CONSENT, Interest(digital_elsewhere=True), {"contact", "digital"}),
        (LegalBasis.PUBLIC_TASK, Interest(digital_elsewhere=True), {"digital"}),
    ],
)
def test_each_purpose_needs_its_own_yes(centre, basis, interest, needed):
    centre.legal_basis = basis

    with pytest.raises(ConsentMissing) as refused:
        register(centre, interest=interest, agreement=Agreement())

    assert set(refused.value.args) == needed
    assert not Participant.objects.exists()


def test_public_task_needs_none_for_itself(centre):
    centre.legal_basis = LegalBasis.PUBLIC_TASK

    registration = register(centre, interest=Interest(themes=["sorg"]), agreement=Agreement())

    assert not registration.participant.consents.exists()


def test_spoken_consent_is_recorded_with_who_heard_it(centre):
    coordinator = recipes.staff(Role.COORDINATOR, centre)
    agreement = Agreement(purposes={ConsentPurpose.CONTACT}, given_by=GivenBy.SPOKEN)

    registration = register(centre, agreement=agreement, actor=coordinator)

    consent = registration.participant.consents.get()
    assert (consent.given_by, consent.recorded_by) == (GivenBy.SPOKEN, coordinator)
    assert consent.given_at == NOW


def test_receipt_that_repeats_a_yes_taken_back_is_out_of_date(centre):
    coordinator = recipes.staff(Role.COORDINATOR, centre)
    agreement = Agreement(
        purposes={ConsentPurpose.CONTACT, ConsentPurpose.THEME}, given_by=GivenBy.SPOKEN
    )
    registration = register(
        centre, interest=Interest(themes=["sorg"]), agreement=agreement, actor=coordinator
    )
    receipt = Message.objects.get(kind="receipt")
    before = has_changed(receipt)

    withdraw_consent(registration.participant, purpose=ConsentPurpose.THEME, actor=coordinator)

    assert (before, has_changed(receipt)) == (False, True)


def test_nothing_is_kept_when_a_part_fails(centre):
    with pytest.raises(Exception, match="registration_has_language"):
        register(centre, interest=Interest(languages=[]))

    assert not Participant.objects.exists()
    assert not Message.objects.exists()


def test_availability_is_kept_in_calendar_order_and_the_date_stays(centre):
    registration = register(centre)

    change_availability(registration, availability={"sun-evening", "mon-morning"})

    registration.refresh_from_db()
    assert registration.availability == ["mon-morning", "sun-evening"]
    assert registration.registered_at == NOW
    assert Activity.objects.latest("pk").fields == ["availability"]


def test_close_keeps_the_reason_and_lets_go_of_places(centre):
    registration = register(centre)
    heard = []

    def listen(sender, **told):
        heard.append((told["registration"], told["actor"], told["now"]))

    leaving.connect(listen)
    try:
        close(registration, reason=CloseReason.WITHDRAWN, now=NOW)
    finally:
        leaving.disconnect(listen)

    assert (registration.state, registration.close_reason, registration.closed_at) == (
        RegistrationState.CLOSED,
        CloseReason.WITHDRAWN,
        NOW,
    )
    assert heard == [(registration, None, NOW)]


def test_close_twice_is_refused(centre):
    registration = register(centre)
    close(registration, reason=CloseReason.WITHDRAWN)

    with pytest.raises(AlreadyClosed):
        close(registration, reason=CloseReason.NO_ANSWER)

    registration.refresh_from_db()
    assert registration.close_reason == CloseReason.WITHDRAWN
