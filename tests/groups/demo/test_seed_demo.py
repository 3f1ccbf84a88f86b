from collections import Counter
from io import StringIO
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from centres.domain.booking.spans import WEEK
from centres.domain.house.week import week_of
from centres.lists.venues import HOST_KEYS
from centres.models import Centre
from groups.demo.events import BORROWER, FRIDAY, SATURDAY
from groups.demo.people import Inventor
from groups.lists import groups, match_runs
from groups.models import Seat, SelfHelpGroup
from groups.states import GroupState
from groups.today.all_tasks import STAFF_TASKS
from groups.today.tiles import tiles_for
from linkcenter.models import Message, MessageState, User
from participants.lists import FLOOD
from participants.models import Participant, Registration

pytestmark = pytest.mark.django_db

EMPTIED = (
    *("participants_participant", "groups_selfhelpgroup", "groups_initiator"),
    *("groups_matchrun", "centres_venue", "linkcenter_message"),
)
FEWEST = 96
# For days on which something is wrong, or all but settled; and a licence, which the first centre
# has none of.
ALARMS = {
    *(FLOOD, match_runs.STOPPED, HOST_KEYS),
    *(groups.EXPIRING, groups.ONE_MORE, groups.STARTS_SOON),
}


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """The demo, told once for all the tests here that only look at it: what the command said."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_reference", stdout=StringIO())
        restart_numbering()
        yield seed_demo()
        transaction.set_rollback(True)


def seed_demo(**options):
    out = StringIO()
    call_command("seed_demo", registrations=FEWEST, stdout=out, **options)
    return out.getvalue()


def restart_numbering():
    """References follow the numbering of rows, and between groups that suit somebody equally
    well the matcher goes by theirs.
    """
    with connection.cursor() as cursor:
        for table in EMPTIED:
            cursor.execute("select pg_get_serial_sequence(%s, 'id')", [table])
            cursor.execute(f"alter sequence {cursor.fetchone()[0]} restart")


def forget_everybody():
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute(f"truncate {', '.join(EMPTIED)} cascade")


def story():
    people = [
        (p.reference, p.name, p.phone, p.email, p.birth_year)
        for p in Participant.objects.order_by("pk")
    ]
    groups = [
        (g.name, g.state, {seat.registration.participant.reference for seat in g.seats.all()})
        for g in SelfHelpGroup.objects.order_by("created_at")
    ]
    return people, groups


def test_seed_demo_shows_groups_at_every_stage(told):
    assert Counter(SelfHelpGroup.objects.values_list("state", flat=True)) == {
        GroupState.FORMING: 4,
        GroupState.SETTLED: 2,
        GroupState.SELF_RUN: 6,
        GroupState.ENDED: 1,
    }
    assert "demo: 79 people, 13 groups, 217 messages" in told
    assert "koordinator.tromso@example.org" in told


def test_seed_demo_shows_what_comes_in_the_life_of_a_group(told):
    running = SelfHelpGroup.objects.filter(state=GroupState.SELF_RUN)
    assert running.filter(paused_until__isnull=False).count() == 1
    assert running.filter(contact=None).count() == 1
    assert running.filter(next_groups__state=GroupState.FORMING).count() == 1
    assert running.filter(still_asked_on__isnull=False, still_used_on=None).count() == 1
    assert Seat.objects.waiting_for_group().count() == 1


def test_seed_demo_fills_the_rooms_of_the_house(told):
    """Beside those who meet weekly: an event in one room, and somebody from outside in another.

    On a Friday, the next one is a week after the next Saturday: the days are of two weeks.
    """
    centre = Centre.objects.get(slug="link-tromso")
    weeks = [week_of(centre, timezone.localdate() + number * WEEK) for number in range(2)]
    days = [(week, day) for week in weeks for day in week.days]

    once = [
        (day.date.weekday(), room.name, use.event.title_nb if use.event else use.holder.name)
        for week, day in days
        for room, uses in zip(week.rooms, day.rooms, strict=True)
        for use in uses
        if use.slot is None
    ]

    assert sorted(once) == [
        (FRIDAY, "Biblioteket", "Åpent møte om selvhjelpsgrupper"),
        (SATURDAY, "Stua", BORROWER),
    ]
    assert {day.date.weekday() for _week, day in days if not day.is_empty} == set(range(7))


def test_seed_demo_leaves_something_in_every_tile_but_the_alarms(told):
    user = User.objects.get(email="koordinator.tromso@example.org")
    tiles = tiles_for(user, today=timezone.localdate())
    empty = {tile.url for tile in tiles if not tile.count}
    assert empty == {task.url for task in STAFF_TASKS if task.view in ALARMS}


def test_seed_demo_reaches_nobody_real(told):
    people = Participant.objects.all()
    assert {p.email.partition("@")[2] for p in people if p.email} == {"example.org"}
    assert {p.phone[:6] for p in people if p.phone} == {"+47880"}
    assert len([p for p in people if not p.email]) == 20


def test_seed_demo_leaves_only_the_last_hours_mails_to_be_sent(told):
    queued = Message.objects.filter(state=MessageState.QUEUED, channel="email")
    assert Counter(message.kind for message in queued) == {"asked": 4}


def test_seed_demo_with_the_same_seed_tells_the_same_story(told):
    first = story()
    forget_everybody()
    restart_numbering()

    seed_demo()

    assert story() == first


def test_another_seed_invents_other_people(told):
    centre = Centre.objects.get(slug="link-tromso")
    names = [
        [inventor.person(centre).name for _person in range(20)]
        for inventor in (Inventor(Random(seed), ["sorg"], year=2026) for seed in (1, 1, 2))  # noqa: S311  no secret
    ]

    assert names[0] == names[1] != names[2]


def test_seed_demo_refuses_where_there_are_people(told):
    with pytest.raises(CommandError, match="--add"):
        seed_demo()


def test_seed_demo_adds_when_asked_to(told):
    """Those whose groups have come to run themselves are forgotten again. How many they are hangs
    on who waits already, since the matcher takes them, too: only a range holds.
    """
    before = set(Registration.objects.values_list("pk", flat=True))

    seed_demo(add=True, seed=2)

    assert Registration.objects.exclude(pk__in=before).count() >= FEWEST * 3 // 4
