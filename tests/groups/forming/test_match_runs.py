"""A run of the matcher is a job: queued with its row, taken up again when killed, never stuck."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from centres.models import Centre
from centres.states import VenueKind
from groups import matching
from groups.domain.errors import AlreadyUnderWay, NotInUse, WrongMoment
from groups.domain.forming import match_runs
from groups.domain.forming.accepting import accept
from groups.domain.forming.match_runs import ask_for_proposals, carry_out, propose
from groups.models import MatchRun
from groups.proposals.run_page import run_page
from groups.states import RunFailure, RunState, Start, WaitWeight
from participants.domain.erasure import erase
from participants.domain.registration.closing import close
from participants.domain.registration.pausing import pause
from participants.models import Registration
from participants.states import CloseReason
from tests import recipes

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


@pytest.fixture
def house(centre: Centre) -> Centre:
    recipes.venue(centre)
    recipes.initiator(centre, availability=["tue-evening", "wed-evening"])
    return centre


def four(centre: Centre, **fields):
    return [recipes.waiting(centre, **fields) for _number in range(4)]


def test_run_and_its_job_are_written_together(house: Centre) -> None:
    with transaction.atomic():
        ask_for_proposals([house], actor=None)
        transaction.set_rollback(True)

    assert MatchRun.objects.count() == ProcrastinateJob.objects.count() == 0
    run = ask_for_proposals([house], actor=None)
    assert run.state == RunState.QUEUED
    assert ProcrastinateJob.objects.get().args == {"run_id": run.pk}


def test_asking_twice_is_one_run(house: Centre) -> None:
    first = ask_for_proposals([house], actor=None)
    second = ask_for_proposals([house], actor=None)

    assert first == second
    assert ProcrastinateJob.objects.count() == 1
    with pytest.raises(AlreadyUnderWay):
        propose([house], actor=None)


@pytest.mark.django_db(transaction=True)
def test_worker_carries_the_run_out() -> None:
    centre = recipes.centre()
    recipes.venue(centre)
    recipes.initiator(centre)
    four(centre)
    run = ask_for_proposals([centre], actor=None)

    call_command("worker", one_shot=True)

    run.refresh_from_db()
    assert (run.state, run.in_use) == (RunState.DONE, True)
    assert len(run.result["groups"]) == 1


def test_run_whose_worker_was_killed_is_taken_up_again(house: Centre) -> None:
    four(house)
    run = ask_for_proposals([house], actor=None)
    MatchRun.objects.update(state=RunState.RUNNING, tries=1, done_steps=3, all_steps=9)

    carry_out(run.pk)

    run.refresh_from_db()
    assert (run.state, run.tries) == (RunState.DONE, 2)


def test_run_that_breaks_off_again_and_again_is_given_up(house: Centre) -> None:
    run = ask_for_proposals([house], actor=None)
    MatchRun.objects.update(state=RunState.RUNNING, tries=match_runs.MOST_TRIES)

    carry_out(run.pk)

    run.refresh_from_db()
    assert (run.state, run.failure) == (RunState.FAILED, RunFailure.BROKE_OFF)
    assert ask_for_proposals([house], actor=None) != run


def test_run_that_went_wrong_says_so(house: Centre) -> None:
    run = ask_for_proposals([house], actor=None)

    def breaks(progress: object) -> bool:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        carry_out(run.pk, listener=breaks)

    run.refresh_from_db()
    assert (run.state, run.failure, run.in_use) == (RunState.FAILED, RunFailure.ERROR, False)
    assert run.problem is None  # whoever was erased meanwhile is not in it
    assert run_page(run) is None


def test_finished_run_is_not_done_again(house: Centre) -> None:
    run = propose([house], actor=None, now=NOW)
    four(house)

    carry_out(run.pk)

    run.refresh_from_db()
    assert run.result["groups"] == []


def test_person_erased_in_the_middle_is_in_no_run(house: Centre) -> None:
    people = four(house)
    run = ask_for_proposals([house], actor=None)

    def erase_one(progress: object) -> bool:
        if people:
            erase(people.pop().participant)
        return True

    carry_out(run.pk, listener=erase_one)

    assert not MatchRun.objects.filter(pk=run.pk).exists()


def test_earlier_proposals_are_kept(house: Centre) -> None:
    recipes.venue(house)
    recipes.initiator(house)
    first = propose([house], actor=None, now=NOW)
    four(house)
    second = propose([house], actor=None, now=LATER)
    four(house, registered_at=NOW - timedelta(days=900))

    third = propose([house], actor=None, now=LATER + timedelta(days=1))

    [kept] = second.result["groups"]
    assert first.result["groups"] == []
    assert any(set(kept["members"]) <= set(group["members"]) for group in third.result["groups"])
    assert third.in_use
    assert matching.proposal_from_dict(third.result).score.kept_members == 4


def test_starting_over_waits_for_a_yes_when_people_move(house: Centre) -> None:
    four(house)
    propose([house], actor=None, now=NOW)
    for _number in range(6):  # the one initiator can start one group, and this is the larger
        recipes.waiting(house, availability=["wed-evening"])

    over = propose([house], actor=None, start=Start.OVER, wait_weight=WaitWeight.MUCH, now=LATER)

    moves = match_runs.moved(matching.proposal_from_dict(over.result))
    assert moves == 4
    assert not over.in_use
    assert "4 " in run_page(over).moves
    with pytest.raises(NotInUse):
        accept(over, 0, actor=None, now=LATER)
    match_runs.use(over)
    with pytest.raises(WrongMoment):
        match_runs.use(over)
    accept(over, 0, actor=None, now=LATER)


def test_proposals_of_another_day_cannot_be_taken_up_past_newer_ones(house: Centre) -> None:
    four(house)
    over = propose([house], actor=None, now=NOW)
    MatchRun.objects.update(in_use=False)
    propose([house], actor=None, now=LATER)

    with pytest.raises(WrongMoment):
        match_runs.use(over)


def test_forming_group_with_room_is_offered_people(house: Centre) -> None:
    four(house)
    group = accept(propose([house], actor=None, now=NOW), 0, actor=None, now=NOW)
    one_more = recipes.waiting(house)

    run = propose([house], actor=None, now=LATER)

    [join] = run_page(run).joining
    assert (join.person.pk, join.group) == (one_more.pk, group)
    assert not join.is_outdated


@pytest.mark.parametrize("what", ["closed", "paused", "changed", "placed", "venue", "initiator"])
def test_proposal_says_what_is_no_longer_so(house: Centre, what: str) -> None:
    people = four(house)
    run = propose([house], actor=None)
    one = people[0]
    if what == "closed":
        close(one, reason=CloseReason.WITHDRAWN)
    elif what == "paused":
        pause(one, until=timezone.localdate() + timedelta(days=30))
    elif what == "changed":
        one.availability = ["mon-morning"]
        one.save()
    elif what == "placed":
        recipes.seat(recipes.group(house), one)
    elif what == "venue":
        house.venues.update(active=False)
    else:
        house.initiators.update(availability=[])

    [card] = run_page(run).cards

    reference = one.participant.reference
    assert [words.startswith(reference) for words in card.no_longer] == [
        what in ("closed", "paused", "changed", "placed")
    ]


def test_digital_pool_takes_those_of_other_centres_who_agreed(house: Centre) -> None:
    elsewhere = recipes.centre()
    recipes.venue(house, kind=VenueKind.LICENCE, provider="Zoom", capacity=8)
    house.initiators.update(digital=True)
    own = [recipes.waiting(house, format="digital") for _number in range(3)]
    agreed = recipes.waiting(elsewhere, {"name": "Kanarifugl"}, digital_elsewhere=True)
    recipes.waiting(elsewhere, format="digital")

    run = propose([house], actor=None, now=NOW)
    [card] = run_page(run).cards
    lent = [member for member in card.members if member.is_lent]

    assert len(card.members) == len(own) + 1
    assert [(one.reference, one.pk, one.first_name) for one in lent] == [
        (agreed.participant.reference, None, "")
    ]
    group = accept(run, 0, actor=None, now=NOW)
    assert group.centre == house
    assert group.seats.filter(registration=agreed).exists()


def test_those_who_stay_at_home_do_not_share_a_group_on_video(house: Centre) -> None:
    other = recipes.centre()
    recipes.venue(house, kind=VenueKind.LICENCE, provider="Zoom", capacity=8)
    house.initiators.update(digital=True)
    for centre in (house, other):
        for _number in range(3):
            recipes.waiting(centre, format="digital")

    apart = propose([house, other], actor=None, now=NOW)
    for row in Registration.objects.filter(participant=other.participants.first()):
        row.digital_elsewhere = True
        row.save()
    together = propose([house, other], actor=None, now=LATER)

    assert apart.result["groups"] == []
    assert [len(group["members"]) for group in together.result["groups"]] == [4]
    assert accept(together, 0, actor=None, now=LATER).centre == house


def test_state_and_result_belong_together(house: Centre) -> None:
    run = ask_for_proposals([house], actor=None)

    for columns in (
        {"state": RunState.DONE},
        {"state": RunState.FAILED, "finished_at": NOW},
        {"in_use": True},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            MatchRun.objects.filter(pk=run.pk).update(**columns)
