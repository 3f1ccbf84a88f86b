"""The nightly job forgets what it has to, goes on where it broke off, and never takes too much."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command

from linkcenter.messages.outbox import queue
from linkcenter.models import JobRun, Message
from linkcenter.personal_data import retention
from linkcenter.personal_data.register import register
from participants.domain.registration.changes import change_availability
from participants.models import Participant, Registration, Talk
from participants.states import RegistrationState, TalkKind, TalkOutcome
from tests import recipes

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
HALF_A_YEAR = timedelta(days=183)
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def ledger(settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "erasures.txt"


@pytest.fixture(autouse=True)
def confirmed():
    """Somebody has let each rule about people run before."""
    for code in ("people", "people who do not answer"):
        JobRun.objects.create(job=f"{retention.JOB}: {code}", started_at=NOW, finished_at=NOW)


@pytest.fixture
def centre():
    return recipes.centre()


def closed(centre, closed_at, **fields):
    return recipes.registration(
        recipes.participant(centre),
        state=RegistrationState.CLOSED,
        close_reason="done",
        registered_at=closed_at - timedelta(days=30),
        closed_at=closed_at,
        **fields,
    )


def tried(registration, at, outcome=TalkOutcome.NO_ANSWER, note=""):
    return Talk.objects.create(
        registration=registration,
        kind=TalkKind.TRIED,
        at=at,
        by=recipes.staff("coordinator", registration.participant.centre),
        outcome=outcome,
        note=note,
    )


def left():
    return set(Registration.objects.values_list("pk", flat=True))


def test_who_was_closed_half_a_year_ago_is_erased_and_not_a_second_before(centre):
    gone = closed(centre, NOW - HALF_A_YEAR)
    stays = closed(centre, NOW - HALF_A_YEAR + SECOND)

    retention.run(now=NOW)

    assert left() == {stays.pk}
    assert gone.pk not in left()


def test_who_has_registered_again_stays(centre):
    old = closed(centre, NOW - 2 * HALF_A_YEAR)
    recipes.registration(old.participant)

    retention.run(now=NOW)

    assert len(left()) == 2


def test_who_was_never_reached_in_half_a_year_is_erased(centre):
    unheard = recipes.registration(recipes.participant(centre), registered_at=NOW - 2 * HALF_A_YEAR)
    tried(unheard, NOW - HALF_A_YEAR)
    tried_lately = recipes.registration(recipes.participant(centre))
    tried(tried_lately, NOW - HALF_A_YEAR + SECOND)
    reached = recipes.registration(recipes.participant(centre))
    tried(reached, NOW - 2 * HALF_A_YEAR, TalkOutcome.AGAIN)

    retention.run(now=NOW)

    assert left() == {tried_lately.pk, reached.pk}


def test_who_took_a_break_stays_until_half_a_year_after_it(centre):
    registered_at = NOW - 2 * HALF_A_YEAR
    end_of_break = (NOW - HALF_A_YEAR).date()
    for paused_until in (end_of_break, end_of_break + timedelta(days=1), NOW.date() + HALF_A_YEAR):
        registration = recipes.registration(
            recipes.participant(centre), registered_at=registered_at, paused_until=paused_until
        )
        tried(registration, registered_at)

    retention.run(now=NOW)

    assert set(Registration.objects.values_list("paused_until", flat=True)) == {
        end_of_break + timedelta(days=1),
        NOW.date() + HALF_A_YEAR,
    }


def test_who_has_a_talk_to_come_stays(centre):
    registration = recipes.registration(
        recipes.participant(centre),
        registered_at=NOW - 2 * HALF_A_YEAR,
        talk_at=NOW + timedelta(days=7),
        talk_kind="rang",
        talk_by=recipes.staff("coordinator", centre),
    )
    tried(registration, NOW - HALF_A_YEAR)

    retention.run(now=NOW)

    assert left() == {registration.pk}


def test_who_has_changed_something_on_their_own_page_is_heard(centre):
    registration = recipes.registration(
        recipes.participant(centre), registered_at=NOW - 2 * HALF_A_YEAR
    )
    tried(registration, NOW - HALF_A_YEAR)
    change_availability(registration, availability=["mon-morning"], now=NOW - SECOND)

    retention.run(now=NOW)

    assert left() == {registration.pk}


def test_whom_nobody_has_tried_to_reach_is_never_erased(centre):
    recipes.registration(recipes.participant(centre), registered_at=NOW - 9 * HALF_A_YEAR)

    retention.run(now=NOW)

    assert len(left()) == 1


def test_who_waits_stays_however_long(centre):
    recipes.waiting(centre, registered_at=NOW - 9 * HALF_A_YEAR)

    retention.run(now=NOW)

    assert len(left()) == 1


def test_a_note_goes_half_a_year_after_the_talk_and_the_talk_stays(centre):
    registration = recipes.waiting(centre)
    old = tried(registration, NOW - HALF_A_YEAR, TalkOutcome.AGAIN, note="Ringte")
    new = tried(registration, NOW - HALF_A_YEAR + SECOND, TalkOutcome.AGAIN, note="Ringte")

    retention.run(now=NOW)

    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.note, new.note) == ("", "Ringte")


@pytest.mark.parametrize("state", ["failed", "cancelled", "draft"])
def test_the_text_of_what_was_never_sent_goes_as_well(centre, state):
    message = queue(
        recipes.participant(centre),
        matter="registration:1",
        kind="receipt",
        channel="email",
        to="kari@example.org",
        language="nb",
        subject="Hei",
        text="Hei",
        now=NOW - timedelta(days=30),
    )
    Message.objects.filter(pk=message.pk).update(state=state, waits_because="written")

    retention.run(now=NOW)

    message.refresh_from_db()
    assert (message.text, message.to, message.state == "draft") == (None, None, False)


def test_a_run_that_would_take_too_many_takes_none(centre):
    for _each in range(11):
        closed(centre, NOW - HALF_A_YEAR)

    counts = retention.run(now=NOW)

    assert (counts["people held back"], len(left())) == (11, 11)


def test_first_run_takes_nobody_until_somebody_has_let_it(centre):
    JobRun.objects.all().delete()
    closed(centre, NOW - HALF_A_YEAR)
    people = next(rule for rule in register.rules() if rule.code == "people")

    first = retention.run(now=NOW)
    waits = retention.held_back()
    retention.let_go(people, by=recipes.staff("administrator"), most=1, now=NOW)
    closed(centre, NOW - HALF_A_YEAR)
    later = retention.run(now=NOW)

    assert (first["people held back"], waits, retention.held_back()) == (1, {"people": 1}, {})
    assert (later["people"], len(left())) == (1, 0)


def test_nobody_goes_whom_nobody_has_seen(centre):
    people = next(rule for rule in register.rules() if rule.code == "people")
    for _each in range(12):
        closed(centre, NOW - HALF_A_YEAR)

    with pytest.raises(retention.MoreThanSeen):
        retention.let_go(people, by=None, most=11, now=NOW)

    assert len(left()) == 12


def test_ten_may_always_go(centre):
    for _each in range(10):
        closed(centre, NOW - HALF_A_YEAR)

    counts = retention.run(now=NOW)

    assert (counts["people"], len(left())) == (10, 0)


def test_somebody_who_has_looked_can_let_them_go(centre):
    for _each in range(11):
        closed(centre, NOW - HALF_A_YEAR)

    counts = retention.run(brake=False, now=NOW)

    assert (counts["people"], len(left())) == (11, 0)


def test_a_run_that_broke_off_goes_on_where_it_was(centre, monkeypatch):
    for _each in range(3):
        closed(centre, NOW - HALF_A_YEAR)
    delete = Participant.delete
    calls = iter([True, False])

    def break_at_the_second(self, *args, **kwargs):
        if next(calls):
            return delete(self, *args, **kwargs)
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(Participant, "delete", break_at_the_second)
        with pytest.raises(RuntimeError):
            retention.run(now=NOW)

    assert len(left()) == 2
    assert JobRun.objects.get(job=retention.JOB).finished_at is None
    assert retention.run(now=NOW)["people"] == 2


def test_what_cannot_be_forgotten_holds_up_nothing_else(centre, monkeypatch):
    stuck, gone = closed(centre, NOW - HALF_A_YEAR), closed(centre, NOW - HALF_A_YEAR)
    talk = tried(recipes.waiting(centre), NOW - HALF_A_YEAR, TalkOutcome.AGAIN, note="Ringte")
    delete = Participant.delete

    def refuse_one(self, *args, **kwargs):
        if self.pk == stuck.participant_id:
            raise RuntimeError
        return delete(self, *args, **kwargs)

    monkeypatch.setattr(Participant, "delete", refuse_one)
    with pytest.raises(RuntimeError):
        retention.run(now=NOW)

    talk.refresh_from_db()
    assert left() == {stuck.pk, talk.registration_id}
    assert (gone.pk in left(), talk.note) == (False, "")
    assert JobRun.objects.get(job=retention.JOB).finished_at is None


def test_the_command_can_say_what_it_would_do(centre, capsys):
    closed(centre, NOW - 9 * HALF_A_YEAR)

    call_command("forget", dry_run=True)

    assert "people: 1\n" in capsys.readouterr().out
    assert len(left()) == 1


def test_the_command_goes_on_where_the_nightly_job_stopped(centre, capsys):
    for _each in range(11):
        closed(centre, NOW - 9 * HALF_A_YEAR)

    call_command("forget")
    call_command("forget", without_brake=True)

    told = capsys.readouterr().out
    assert ("people held back: 11\n" in told, "people: 11\n" in told) == (True, True)
    assert left() == set()
