"""A person who is erased is gone from everywhere, and does not come back with a backup."""

from datetime import UTC, datetime

import pytest
from django.contrib.admin.models import CHANGE, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from centres.states import Role
from groups.domain.asking.asking import ask
from groups.domain.forming.match_runs import propose
from groups.models import MatchRun, Seat, SelfHelpGroup
from linkcenter.personal_data import erasures
from participants.domain.erasure import erase, first_came_at
from participants.domain.intake.talks import record_talk
from participants.domain.person.consents import Agreement
from participants.domain.person.contact import Person
from participants.domain.registration.interest import Interest
from participants.domain.registration.merging import merge
from participants.domain.registration.register import register_interest
from participants.models import KeepApart, Participant, Registration
from participants.states import TalkKind, TalkOutcome
from tests import recipes
from tests.participants import own, walk

pytestmark = pytest.mark.django_db

KEPT = {  # what is not about one person
    "django_content_type",
    "django_session",
    "linkcenter_spending",
    "procrastinate_jobs",  # numbers of rows only
    "procrastinate_events",
}


@pytest.fixture(autouse=True)
def ledger(settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "erasures.txt"
    return settings.ERASURE_LEDGER


def rows():
    """How many rows each table has."""
    with connection.cursor() as cursor:
        counted = {}
        for table in set(connection.introspection.table_names()) - KEPT:
            cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608  names of our own
            counted[table] = cursor.fetchone()[0]
    return counted


def somebody():
    return recipes.registration(recipes.participant(recipes.centre()))


def registered(client, centre):
    walk.send(client, centre, message="Ordet tistelblomst", safe_times="Etter tistelblomst")
    return Registration.objects.latest("pk")


def test_nothing_is_left_of_a_person_who_has_been_through_everything(client):
    centre = walk.place()
    coordinator = recipes.staff(Role.COORDINATOR, centre)
    group = recipes.group(centre)
    other = recipes.participant(centre)
    before = rows()
    registration = registered(client, centre)
    participant = registration.participant
    record_talk(
        registration,
        kind=TalkKind.RANG,
        outcome=TalkOutcome.READY,
        note="tistelblomst",
        by=coordinator,
    )
    registration.refresh_from_db()
    KeepApart.objects.create(first=other, second=participant)
    Seat.objects.create(group=group, registration=registration)
    ask(group, actor=coordinator)
    LogEntry.objects.create(
        user=coordinator,
        content_type=ContentType.objects.get_for_model(Registration),
        object_id=str(registration.pk),
        object_repr=str(registration),
        action_flag=CHANGE,
    )

    erase(participant)

    left = {name: count for name, count in rows().items() if count != before[name]}
    about_the_group = left.pop("linkcenter_activity", before["linkcenter_activity"])
    left.pop("groups_tally")  # sums of a half-year, which name nobody
    assert left == {}
    assert about_the_group <= before["linkcenter_activity"] + 1


def test_admin_log_of_a_pair_goes_also_where_the_pair_is_gone(client):
    participant, other = somebody().participant, somebody().participant
    coordinator = recipes.staff(Role.COORDINATOR, participant.centre)
    for pair in (
        f"{other} / {participant}",
        f"{participant} / {other}",
        longer := f"{participant}7 / {other}",
    ):
        LogEntry.objects.create(
            user=coordinator,
            content_type=ContentType.objects.get_for_model(KeepApart),
            object_id="4711",
            object_repr=pair,
            action_flag=DELETION,
        )

    erase(participant)

    assert [entry.object_repr for entry in LogEntry.objects.all()] == [longer]


def test_every_browser_on_the_page_of_the_person_is_out(client):
    participant, other = somebody().participant, somebody().participant
    own.enter(client, participant)
    own.enter(Client(), participant)
    own.enter(elsewhere := Client(), other)

    erase(participant)

    assert [each.get_decoded()["person"]["pk"] for each in Session.objects.all()] == [other.pk]
    assert client.get(own.PAGE).context.get("participant") is None
    assert elsewhere.get(own.PAGE).context["participant"] == other


def test_no_run_of_the_matcher_holds_an_erased_person(client):
    centre = walk.place()
    run = None
    for _each in range(2):
        registration = recipes.registration(recipes.participant(centre), state="waiting")
        run = propose([centre], actor=None)
    group = recipes.group(centre)
    SelfHelpGroup.objects.filter(pk=group.pk).update(match_run=run, proposal_number=0)

    erase(registration.participant)

    assert MatchRun.objects.count() == 1  # from before the person came
    group.refresh_from_db()
    assert (group.match_run, group.proposal_number) == (None, None)


def test_the_ledger_names_nobody(ledger):
    participant = somebody().participant

    erase(participant)

    day, mark = ledger.read_text().split()
    assert day == str(timezone.localdate())
    assert len(mark) == 22
    assert participant.reference not in ledger.read_text()


def test_somebody_erased_who_is_back_from_a_backup_is_erased_again():
    registration = somebody()
    participant = registration.participant
    stays = somebody().participant
    erasures.note(participant, made_at=registration.registered_at)

    call_command("replay_erasures")

    assert list(Participant.objects.values_list("pk", flat=True)) == [stays.pk]


def test_what_was_registered_twice_goes_along_and_who_shares_the_telephone_stays():
    centre = walk.place()
    again, kari, ola = (twice(centre, name) for name in ("Kari", "Kari", "Ola"))
    merge(again, into=kari, actor=None)

    erase(kari.participant)

    assert list(Participant.objects.all()) == [ola.participant]
    assert len(erasures.marks()) == 2


def test_who_writes_the_telephone_of_somebody_takes_nothing_of_theirs_along():
    centre = walk.place()
    again, kari = (twice(centre, "Kari") for _time in range(2))
    merge(again, into=kari, actor=None)
    stranger = twice(centre, "Fremmed")

    erase(stranger.participant)

    assert set(Participant.objects.all()) == {again.participant, kari.participant}


def test_row_that_was_closed_as_the_second_goes_alone():
    centre = walk.place()
    again, kari = (twice(centre, "Kari") for _time in range(2))
    merge(again, into=kari, actor=None)

    erase(again.participant)

    assert list(Participant.objects.all()) == [kari.participant]


def twice(centre, name):
    return register_interest(
        centre,
        person=Person(name=name, phone="+4741234567"),
        interest=Interest(availability=["tue-evening"]),
        agreement=Agreement(purposes={"contact"}),
    )


def test_somebody_whose_date_became_another_is_known_in_an_older_backup():
    centre = walk.place()
    first, again = (twice(centre, "Kari") for _time in range(2))
    before = again.registered_at
    merge(first, into=again, actor=None)
    erasures.note(again.participant, made_at=first_came_at(again.participant))
    Registration.objects.filter(pk=again.pk).update(registered_at=before)  # as the backup has it

    call_command("replay_erasures")

    assert not Participant.objects.exists()


def test_somebody_new_with_the_number_of_an_erased_person_stays():
    registration = somebody()
    erasures.note(registration.participant, made_at=timezone.now())

    call_command("replay_erasures")

    assert Participant.objects.count() == 1


def test_marks_made_with_an_older_index_key_are_known_with_that_key(settings):
    older, newer = settings.INDEX_KEY, "an index key that came after the other one"
    first, second, stays = somebody(), somebody(), somebody()
    erasures.note(first.participant, made_at=first.registered_at)
    settings.INDEX_KEY = newer
    erasures.note(second.participant, made_at=second.registered_at)

    for settings.INDEX_KEY in (older, newer):
        call_command("replay_erasures")

    assert list(Participant.objects.values_list("pk", flat=True)) == [stays.participant.pk]


def test_marks_are_dropped_after_three_years(ledger):
    ledger.write_text("2023-11-21 aaaaaaaaaaaaaaaaaaaaaa\n2023-11-24 bbbbbbbbbbbbbbbbbbbbbb\n")

    dropped = erasures.forget(now=datetime(2026, 11, 22, 12, tzinfo=UTC))

    assert (dropped, erasures.marks()) == (1, {"bbbbbbbbbbbbbbbbbbbbbb"})


def test_nothing_is_dropped_where_nobody_has_been_erased(ledger):
    assert erasures.forget(now=datetime(2026, 11, 22, 12, tzinfo=UTC)) == 0
    assert not ledger.exists()


def test_ledger_without_old_marks_is_not_written_over(ledger):
    ledger.write_text("2023-11-24 bbbbbbbbbbbbbbbbbbbbbb\n")
    before = ledger.stat().st_mtime_ns

    assert erasures.forget(now=datetime(2026, 11, 22, 12, tzinfo=UTC)) == 0

    assert ledger.stat().st_mtime_ns == before
