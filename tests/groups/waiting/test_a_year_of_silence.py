"""A year without a sign of life, though asked: then the nightly rule lets go, and never before."""

from datetime import UTC, date, datetime, timedelta

import pytest

from groups.domain.waiting.silence import ask_who_waits, people_to_forget
from linkcenter.models import JobRun, Message, MessageState
from linkcenter.personal_data import retention
from participants.domain.registration.changes import change_availability
from participants.domain.retention import in_a_week, keep_longer
from participants.lists import LEAVING
from participants.models import Participant, Registration, Talk
from participants.states import RegistrationState, TalkKind, TalkOutcome
from tests import recipes

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
YEAR = timedelta(days=366)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def ledger(settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "erasures.txt"
    JobRun.objects.create(
        job=f"{retention.JOB}: people who do not answer", started_at=NOW, finished_at=NOW
    )


@pytest.fixture
def centre():
    return recipes.centre()


def asked(centre, *, heard_at=NOW - YEAR, told_at=NOW - 30 * DAY, person=None, **fields):
    """Somebody who was told of the question at ``told_at``, or not at all."""
    registration = recipes.waiting(
        centre, person, registered_at=heard_at, still_asked_on=date(2026, 6, 1), **fields
    )
    Message.objects.create(
        recipient=registration.participant,
        matter="still",
        kind="still",
        channel="email",
        state=MessageState.SENT if told_at else MessageState.QUEUED,
        language="nb",
        message_id=f"<{registration.pk}@example.org>",
        created_at=heard_at,
        sent_at=told_at,
    )
    return registration


def left():
    return set(Registration.objects.values_list("pk", flat=True))


def test_a_year_after_the_last_sign_of_life_and_not_a_second_before(centre):
    asked(centre)
    stays = asked(centre, heard_at=NOW - YEAR + SECOND)
    received = asked(centre, state=RegistrationState.RECEIVED)

    counts = retention.run(now=NOW)

    assert counts["people who do not answer"] == 2
    assert left() == {stays.pk}
    assert received.pk not in left()


def test_everybody_has_a_month_to_answer(centre):
    asked(centre, told_at=NOW - 30 * DAY)
    stays = asked(centre, told_at=NOW - 30 * DAY + SECOND)

    retention.run(now=NOW)

    assert left() == {stays.pk}


def test_who_was_never_told_of_the_question_stays(centre):
    asked(centre, told_at=None)
    recipes.waiting(centre, registered_at=NOW - 5 * YEAR)

    retention.run(now=NOW)

    assert len(left()) == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"paused_until": NOW.date() + DAY},
        {"paused_until": NOW.date() - YEAR + DAY},
    ],
    ids=["on a break", "back within the year"],
)
def test_a_break_counts(centre, fields):
    asked(centre, **fields)

    assert not people_to_forget(NOW).exists()


def test_whom_we_have_agreed_to_talk_with_is_not_silent(centre):
    kari = recipes.staff("coordinator", centre)
    asked(centre, talk_at=NOW + DAY, talk_kind="rang", talk_by=kari)

    assert not people_to_forget(NOW).exists()


def test_who_has_a_place_in_a_group_stays_however_silent(centre):
    recipes.seat(
        recipes.group(centre, state="settled"),
        asked(centre),
        state="yes",
        asked_at=NOW - YEAR,
        answer_by=NOW.date() - YEAR,
        answered_at=NOW - YEAR,
    )

    assert not people_to_forget(NOW).exists()


def test_whoever_staff_keep_stays(centre):
    registration = asked(centre)
    keep_longer(registration.participant, actor=recipes.staff("coordinator", centre), now=NOW)

    assert not people_to_forget(NOW).exists()


def test_a_sign_of_life_begins_the_year_anew(centre):
    registration = asked(centre)
    change_availability(registration, availability=["mon-morning"], now=NOW - DAY)

    assert not people_to_forget(NOW).exists()
    assert not people_to_forget(NOW - DAY + YEAR).exists()  # not asked since


def test_staff_see_them_a_week_ahead(centre):
    registration = asked(centre, heard_at=NOW - YEAR + 7 * DAY)
    asked(centre, heard_at=NOW - YEAR + 8 * DAY)

    rows = LEAVING.rows(Registration.objects.all(), NOW.date())

    assert [row.pk for row in rows] == [registration.pk]
    assert [row.pk for row in people_to_forget(in_a_week(NOW.date()))] == [
        registration.participant_id
    ]


def test_who_only_waits_goes_the_whole_way_in_a_year(centre):
    recipes.waiting(centre, registered_at=NOW)

    gone = None
    for day in (0, 91, 92, 93, 182, 183, 184, 274, 365, 366, 367):
        now = NOW + day * DAY
        if ask_who_waits(now=now):
            Message.objects.filter(state=MessageState.QUEUED).update(
                state=MessageState.SENT, sent_at=now
            )
        if gone is None and people_to_forget(now).exists():
            gone = day

    assert (gone, Message.objects.count()) == (366, 2)


def test_notes_go_three_months_after_somebody_got_a_place(centre):
    placed, waiting = recipes.waiting(centre), recipes.waiting(centre)
    notes = [_note(placed), _note(waiting), _note(placed, at=NOW - 80 * DAY)]
    placed.activities.create(what="seat_placed", at=NOW - 92 * DAY)
    waiting.activities.create(what="seat_placed", at=NOW - 92 * DAY + SECOND)

    retention.run(now=NOW)

    for note in notes:
        note.refresh_from_db()
    assert [note.note for note in notes] == ["", "Ringte", "Ringte"]


def _note(registration, at=NOW - 100 * DAY):
    return Talk.objects.create(
        registration=registration,
        kind=TalkKind.RANG,
        at=at,
        by=recipes.staff("coordinator", registration.participant.centre),
        outcome=TalkOutcome.READY,
        note="Ringte",
    )


def test_nobody_held_back_is_taken_for_done(centre):
    to_ring = recipes.participant(centre, email=None, phone="+4741234567")
    recipes.registration(to_ring, state=RegistrationState.HELD, held_because="links")
    JobRun.objects.create(job=f"{retention.JOB}: people", started_at=NOW, finished_at=NOW)

    retention.run(now=NOW)

    assert Participant.objects.count() == 1
