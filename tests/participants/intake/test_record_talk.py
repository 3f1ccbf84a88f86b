"""A talk, or a try, and what it leads to."""

from datetime import UTC, date, datetime

import pytest

from centres.states import Role
from linkcenter.models import Activity
from participants.domain.errors import AlreadyClosed
from participants.domain.intake.talks import record_talk
from participants.models import Registration, Talk
from participants.states import CloseReason, RegistrationState, TalkKind, TalkOutcome
from tests import recipes

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 2, 1, 12, tzinfo=UTC)


@pytest.fixture
def registration():
    return recipes.registration(recipes.participant(recipes.centre()))


@pytest.fixture
def coordinator(registration):
    return recipes.staff(Role.COORDINATOR, registration.participant.centre)


@pytest.mark.parametrize(
    ("outcome", "state", "reason"),
    [
        (TalkOutcome.NO_ANSWER, RegistrationState.RECEIVED, ""),
        (TalkOutcome.AGAIN, RegistrationState.RECEIVED, ""),
        (TalkOutcome.READY, RegistrationState.WAITING, ""),
        (TalkOutcome.NOT_NOW, RegistrationState.CLOSED, CloseReason.NOT_NOW),
        (TalkOutcome.REFERRED_ON, RegistrationState.CLOSED, CloseReason.REFERRED_ON),
        (TalkOutcome.WITHDREW, RegistrationState.CLOSED, CloseReason.WITHDRAWN),
    ],
)
def test_outcome_of_a_talk_moves_the_registration(
    registration, coordinator, outcome, state, reason
):
    record_talk(registration, kind=TalkKind.RANG, outcome=outcome, by=coordinator, now=NOW)

    registration.refresh_from_db()
    assert (registration.state, registration.close_reason) == (state, reason)


def test_talk_is_kept_with_who_when_and_the_next_try(registration, coordinator):
    talk = record_talk(
        registration,
        kind=TalkKind.TRIED,
        outcome=TalkOutcome.NO_ANSWER,
        by=coordinator,
        next_try=date(2026, 2, 3),
        note="Ring etter fire",
        now=NOW,
    )

    assert (talk.by, talk.at, talk.next_try, talk.note) == (
        coordinator,
        NOW,
        date(2026, 2, 3),
        "Ring etter fire",
    )
    assert list(Registration.objects.in_contact()) == [registration]
    assert list(Registration.objects.new()) == []


def test_timeline_has_the_talk_and_the_move_and_not_the_note(registration, coordinator):
    record_talk(
        registration,
        kind=TalkKind.MET,
        outcome=TalkOutcome.READY,
        by=coordinator,
        note="Kanarinotat",
        now=NOW,
    )

    told = Activity.objects.order_by("pk").values_list("what", "actor", "fields")
    assert list(told) == [("talked", coordinator.pk, []), ("ready", coordinator.pk, [])]


def test_ready_twice_is_one_move(registration, coordinator):
    for _time in range(2):
        record_talk(registration, kind=TalkKind.MET, outcome=TalkOutcome.READY, by=coordinator)

    assert Activity.objects.filter(what="ready").count() == 1


def test_talk_about_a_closed_registration_is_refused(registration, coordinator):
    record_talk(registration, kind=TalkKind.RANG, outcome=TalkOutcome.NOT_NOW, by=coordinator)

    with pytest.raises(AlreadyClosed):
        record_talk(registration, kind=TalkKind.RANG, outcome=TalkOutcome.READY, by=coordinator)

    assert Talk.objects.count() == 1


def test_there_is_no_talk_with_whom_we_hold_back(registration, coordinator):
    Registration.objects.update(state=RegistrationState.HELD, held_because="many")

    with pytest.raises(AlreadyClosed):
        record_talk(registration, kind=TalkKind.RANG, outcome=TalkOutcome.READY, by=coordinator)

    assert not Talk.objects.exists()
