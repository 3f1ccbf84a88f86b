"""A talk that is agreed on: booked, moved, called off, declined, held; the person is told once."""

from datetime import UTC, date, datetime, time, timedelta
from threading import Thread
from typing import Any

import pytest
from django.core import mail as mailbox
from django.db import connection, transaction
from icalendar import Calendar
from time_machine import travel

from centres.states import Role
from linkcenter.messages import outbox
from linkcenter.models import Activity, Channel, Message, MessageState, User
from participants.domain.errors import AlreadyClosed
from participants.domain.intake.booking import (
    NotAColleague,
    NoTalkBooked,
    NotToCome,
    StaffTaken,
    book_talk,
    cancel_talk,
    decline_talk,
)
from participants.domain.intake.talks import record_talk
from participants.domain.registration.closing import close
from participants.lists import ANOTHER_TIME, TALKS, TALKS_TO_WRITE_DOWN
from participants.models import Registration
from participants.states import CloseReason, TalkKind, TalkOutcome
from tests import recipes

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
AT = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)  # a Thursday, half past ten in Norway


@pytest.fixture(autouse=True)
def at_work():
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def registration() -> Registration:
    centre = recipes.centre(visiting_address="Storgata 1", phones=["+4777001122"])
    return recipes.registration(recipes.participant(centre, preferred_way="email"))


@pytest.fixture
def kari(registration: Registration) -> User:
    return recipes.staff(Role.COORDINATOR, registration.participant.centre, name="Kari Ek")


def booked(registration: Registration, kari: User, *, at: datetime = AT, **fields: Any) -> None:
    book_talk(registration, **({"at": at, "kind": "rang", "held_by": kari, "actor": kari} | fields))
    registration.refresh_from_db()


def plain(text: str) -> str:
    return text.replace("\xa0", " ")


def texts() -> list[tuple[str, str]]:
    return list(Message.objects.order_by("pk").values_list("kind", "state"))


def sent() -> None:
    for message in Message.objects.filter(state=MessageState.QUEUED, channel=Channel.EMAIL):
        outbox.send(message.pk, last_try=True)


def whats() -> list[str]:
    return list(Activity.objects.order_by("pk").values_list("what", flat=True))


@pytest.mark.parametrize(
    ("kind", "how"),
    [("rang", "Vi ringer deg."), ("met", "Sted: Storgata 1."), ("video", "Sted: på video.")],
)
def test_person_is_told_when_how_and_with_whom(registration, kari, kind, how):
    booked(registration, kari, kind=kind)

    message = Message.objects.get()
    text = plain(message.text)
    assert message.kind == "talk_booked"
    assert "Tid: torsdag 26. november 2026 kl. 10.30." in text
    assert how in text
    assert "Du snakker med Kari Ek." in text
    assert "77 00 11 22" in text
    assert whats() == ["talk_booked"]


def test_time_is_norways_on_both_sides_of_the_change_of_clocks(registration, kari):
    with travel(datetime(2027, 3, 20, 9, tzinfo=UTC), tick=False):
        for at, clock in (
            (datetime(2027, 3, 26, 9, 30, tzinfo=UTC), "10.30"),
            (datetime(2027, 3, 29, 8, 30, tzinfo=UTC), "10.30"),
        ):
            booked(registration, kari, at=at)
            message = Message.objects.latest("pk")
            event = Calendar.from_ical(message.calendar).walk("VEVENT")[0]

            assert f"kl. {clock}." in plain(message.text)
            assert event.decoded("dtstart").replace(tzinfo=None).time() == time(10, 30)
            assert event.decoded("dtstart").astimezone(UTC) == at


def test_calendar_file_of_the_mail_tells_nobody_what_it_is_about(registration, kari):
    booked(registration, kari, kind="met")
    sent()

    [file] = mailbox.outbox[0].attachments
    event = Calendar.from_ical(file.content).walk("VEVENT")[0]
    told = {name: str(event[name]) for name in ("SUMMARY", "LOCATION")}
    assert (file.filename, file.mimetype) == ("mote.ics", "text/calendar")
    assert told == {"SUMMARY": "Møte", "LOCATION": "Storgata 1"}
    assert set(event) == {
        *("UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "STATUS", "SUMMARY", "LOCATION")
    }
    assert "Kari" not in file.content
    assert "LINK senter" not in file.content


def test_a_text_about_another_time_takes_over_from_the_one_before(registration, kari):
    booked(registration, kari)
    booked(registration, kari, at=AT + timedelta(days=1))

    assert texts() == [("talk_booked", "cancelled"), ("talk_changed", "queued")]
    assert whats() == ["talk_booked", "talk_changed"]


def test_booking_the_same_again_tells_nobody_anything(registration, kari):
    booked(registration, kari)
    booked(registration, kari)

    assert texts() == [("talk_booked", "queued")]


def test_who_knows_of_the_talk_is_told_that_it_is_cancelled(registration, kari):
    booked(registration, kari)
    sent()

    cancel_talk(registration, actor=kari)

    registration.refresh_from_db()
    assert registration.talk_at is None
    assert texts() == [("talk_booked", "sent"), ("talk_cancelled", "queued")]
    event = Calendar.from_ical(Message.objects.latest("pk").calendar).walk("VEVENT")[0]
    assert event["STATUS"] == "CANCELLED"


def test_who_has_not_heard_of_the_talk_hears_nothing(registration, kari):
    booked(registration, kari)
    sent()
    cancel_talk(registration, actor=kari)
    sent()
    booked(registration, kari)

    cancel_talk(registration, actor=kari)

    assert texts()[2:] == [("talk_booked", "cancelled")]


def test_a_talk_is_cancelled_once(registration, kari):
    booked(registration, kari)
    cancel_talk(registration, actor=kari)

    with pytest.raises(NoTalkBooked):
        cancel_talk(registration, actor=kari)


@pytest.mark.parametrize("at", [NOW, NOW - timedelta(hours=1), NOW + timedelta(days=200)])
def test_a_talk_is_to_come_and_not_too_far_off(registration, kari, at):
    with pytest.raises(NotToCome):
        booked(registration, kari, at=at)


def test_only_who_works_at_the_centre_holds_the_talk(registration, kari):
    stranger = recipes.staff(Role.COORDINATOR, recipes.centre())

    with pytest.raises(NotAColleague):
        booked(registration, kari, held_by=stranger)


def test_nothing_is_booked_for_who_is_not_on_the_list(registration, kari):
    close(registration, reason=CloseReason.NOT_NOW)

    with pytest.raises(AlreadyClosed):
        booked(registration, kari)


@pytest.mark.parametrize(("minutes", "is_taken"), [(0, True), (44, True), (-44, True), (45, False)])
def test_nobody_is_booked_for_two_talks_at_once_unawares(registration, kari, minutes, is_taken):
    centre = registration.participant.centre
    other = recipes.registration(recipes.participant(centre))
    booked(registration, kari)
    at = AT + timedelta(minutes=minutes)

    if is_taken:
        with pytest.raises(StaffTaken):
            booked(other, kari, at=at)
        booked(other, kari, at=at, anyway=True)
    else:
        booked(other, kari, at=at)

    assert other.talk_at == at


def test_a_colleague_may_talk_with_somebody_else_at_the_same_time(registration, kari):
    centre = registration.participant.centre
    booked(registration, kari)

    other = recipes.registration(recipes.participant(centre))
    booked(other, kari, held_by=recipes.staff(Role.LEAD, centre))

    assert other.talk_at == AT


def test_a_contact_ends_the_booking_and_an_early_try_does_not(registration, kari):
    booked(registration, kari)
    record_talk(registration, kind=TalkKind.TRIED, outcome=TalkOutcome.NO_ANSWER, by=kari)
    registration.refresh_from_db()
    assert registration.talk_at == AT

    record_talk(registration, kind=TalkKind.RANG, outcome=TalkOutcome.READY, by=kari)

    registration.refresh_from_db()
    assert registration.talk_at is None
    assert texts() == [("talk_booked", "cancelled")]


def test_a_try_at_the_time_of_the_talk_ends_the_booking(registration, kari):
    booked(registration, kari)

    with travel(AT + timedelta(minutes=5), tick=False):
        record_talk(
            registration,
            kind=TalkKind.TRIED,
            outcome=TalkOutcome.NO_ANSWER,
            next_try=date(2026, 11, 27),
            by=kari,
        )

    registration.refresh_from_db()
    assert registration.talk_at is None


def views(registration: Registration) -> list[str]:
    rows = Registration.objects.all()
    today = date(2026, 11, 23)
    return [
        view.slug
        for view in (TALKS, TALKS_TO_WRITE_DOWN, ANOTHER_TIME)
        if registration in view.rows(rows, today)
    ]


@pytest.mark.parametrize(
    ("moment", "listed"),
    [
        (NOW, ["talks"]),
        (AT - timedelta(days=7), []),
        (AT + timedelta(minutes=30), ["talks"]),
        (AT + timedelta(minutes=50), ["talked"]),
    ],
)
def test_lists_tell_which_talks_come_and_which_are_to_be_written_down(
    registration, kari, moment, listed
):
    booked(registration, kari)

    with travel(moment, tick=False):
        assert views(registration) == listed


def test_who_cannot_come_gives_up_the_time_and_says_what_suits(registration, kari):
    booked(registration, kari)

    decline_talk(registration, wishes=["wed-evening", "mon-morning"])

    registration.refresh_from_db()
    assert registration.talk_at is None
    assert registration.talk_wishes == ["mon-morning", "wed-evening"]
    assert views(registration) == ["other-time"]
    booked(registration, kari, at=AT + timedelta(days=1))
    assert (registration.talk_declined_at, registration.talk_wishes) == (None, [])


@pytest.mark.django_db(transaction=True)
def test_two_who_book_the_same_colleague_at_once_come_one_after_the_other(registration, kari):
    other = recipes.registration(recipes.participant(registration.participant.centre))
    refused: list[bool] = []

    def book_too() -> None:
        try:
            booked(other, kari)
        except StaffTaken:
            refused.append(True)
        finally:
            connection.close()

    with transaction.atomic():
        booked(registration, kari)
        second = Thread(target=book_too)
        second.start()
        second.join(timeout=0.5)
        assert second.is_alive()
    second.join(timeout=10)

    assert refused == [True]


def test_nobody_is_told_of_a_talk_who_has_left_since(registration, kari):
    registration.participant.centre.looks_through = True
    registration.participant.centre.save()
    booked(registration, kari)

    close(registration, reason=CloseReason.NOT_NOW, actor=kari)

    assert Message.objects.get().state == MessageState.CANCELLED


def test_who_has_a_talk_booked_is_not_new(registration: Registration, kari: User) -> None:
    booked(registration, kari)
    agreed = (Registration.objects.new().count(), Registration.objects.in_contact().count())
    cancel_talk(registration, actor=kari)

    assert agreed == (0, 1)
    assert Registration.objects.new().count() == 1
