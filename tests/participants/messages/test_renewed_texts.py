"""What waits unsent is said again as it is now, or not at all where it no longer holds."""

from datetime import UTC, datetime, timedelta

import pytest
from time_machine import travel

from centres.states import Role
from linkcenter.messages import drafts, subjects
from linkcenter.models import Message, MessageState
from participants import mail
from participants.domain.intake.booking import book_talk, cancel_talk
from participants.domain.messages.outbox_subjects import address_refused
from participants.domain.person.contact import change_contact, person_of
from participants.domain.person.links import FIRST_LINK_LIFE, entry_link
from participants.domain.registration.closing import close
from participants.models import Registration
from participants.states import CloseReason
from tests import recipes

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
AT = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_work():
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def registration() -> Registration:
    return recipes.registration(recipes.participant(recipes.centre(), preferred_way="email"))


def receipt(registration: Registration) -> Message:
    link = entry_link(registration.participant, life=FIRST_LINK_LIFE, now=NOW)
    message = mail.receipt(registration, link=link, is_rationed=False, now=NOW)
    assert message is not None
    return message


def talk(registration: Registration) -> Message:
    kari = recipes.staff(Role.COORDINATOR, registration.participant.centre)
    book_talk(registration, at=AT, kind="rang", held_by=kari, actor=kari)
    registration.refresh_from_db()
    return Message.objects.get(kind="talk_booked")


@pytest.mark.parametrize("tell", [receipt, talk])
def test_same_is_said_again_to_the_address_of_now(registration, tell) -> None:
    old = tell(registration)
    person = registration.participant
    change_contact(person, person=person_of(person, email="ny@example.org"))

    fresh = drafts.renew(old, now=NOW)

    old.refresh_from_db()
    assert old.state == MessageState.CANCELLED
    assert (fresh.kind, fresh.to, fresh.matter) == (old.kind, "ny@example.org", old.matter)
    assert fresh.link_seed != old.link_seed
    assert not subjects.has_changed(fresh)


def test_receipt_is_not_said_again_once_the_registration_is_closed(registration) -> None:
    old = receipt(registration)
    close(registration, reason=CloseReason.NO_ANSWER, actor=None)
    Message.objects.filter(pk=old.pk).update(state=MessageState.QUEUED)

    with pytest.raises(drafts.NotRenewed):
        drafts.renew(old, now=NOW)


def test_talk_that_was_called_off_is_not_said_again(registration) -> None:
    talk(registration)
    Message.objects.update(state=MessageState.SENT, sent_at=NOW)
    cancel_talk(registration, actor=None)
    told = Message.objects.get(kind="talk_cancelled")

    assert not subjects.has_changed(told)
    with pytest.raises(drafts.NotRenewed):
        drafts.renew(told, now=NOW)


def test_talk_that_is_over_makes_its_text_stale(registration) -> None:
    told = talk(registration)
    Registration.objects.update(talk_at=None, talk_by=None, talk_kind="")

    assert subjects.has_changed(told)


def test_link_to_the_own_page_is_sent_anew_and_only_to_the_address_of_now(registration) -> None:
    person = registration.participant
    old = mail.own_page(person, link=entry_link(person, life=timedelta(hours=1), now=NOW), now=NOW)
    assert not subjects.has_changed(old)
    person.email = "ny@example.org"
    person.save()

    assert subjects.has_changed(old)
    assert drafts.renew(old, now=NOW).to == "ny@example.org"


@pytest.mark.parametrize("tell", [receipt, talk])
def test_text_to_whom_is_there_no_more_has_changed(registration, tell) -> None:
    message = tell(registration)
    message.recipient_id += 1000

    assert subjects.has_changed(message)
    known = subjects.about(message)
    assert known is not None
    assert known.renew(message, NOW) is None


@pytest.mark.parametrize(("to", "flagged"), [("KARI@example.org", True), ("ny@b.no", False)])
def test_address_is_flagged_only_if_it_is_still_theirs(registration, to, flagged) -> None:
    person = registration.participant
    person.email = "kari@example.org"
    person.save()
    message = receipt(registration)
    message.to = to

    address_refused(message, NOW)

    person.refresh_from_db()
    assert (person.email_refused_on is not None) == flagged
