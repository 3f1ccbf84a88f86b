"""Acts on several at once: a page to check, one transaction, and what came of it."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from time_machine import travel

from centres.domain.booking.keys import lend
from centres.domain.booking.weekly_times import take_slot
from centres.models import Centre, Key
from centres.states import Role
from groups.domain.asking import asking
from groups.models import SelfHelpGroup
from linkcenter.models import DoneAct, User
from participants.domain.messages.acts import draft
from participants.domain.registration.closing import close
from participants.models import ReadLog, Registration
from participants.states import CloseReason
from tests import recipes
from tests.bulk import sure

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
PEOPLE = reverse("admin:participants_registration_changelist")
MESSAGES = reverse("admin:linkcenter_message_changelist")
GROUPS = reverse("admin:groups_selfhelpgroup_changelist")


@pytest.fixture(autouse=True)
def at_work():
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def centre() -> Centre:
    return recipes.centre()


@pytest.fixture
def kari(centre: Centre) -> User:
    return recipes.staff(Role.COORDINATOR, centre, name="Kari")


@pytest.fixture
def desk(client: Client, centre: Centre) -> Client:
    client.force_login(recipes.staff(Role.COORDINATOR, centre, name="Ola"))
    return client


@pytest.fixture
def people(centre: Centre) -> list[Registration]:
    return [recipes.waiting(centre) for _each in range(3)]


def states() -> list[str]:
    return list(Registration.objects.order_by("pk").values_list("state", flat=True))


def said(answer) -> list[str]:
    return [str(each) for each in answer.context["messages"]]


def first_press(desk: Client, action: str, rows, address: str = PEOPLE):
    return desk.post(address, {"action": action, "_selected_action": [row.pk for row in rows]})


def test_the_first_press_shows_who_is_meant_and_who_is_skipped_and_does_nothing(desk, people):
    close(people[0], reason=CloseReason.DONE)

    page = first_press(desk, "close_all", people)
    html = page.content.decode()

    assert [str(each) in html for each in people] == [True] * 3
    assert (len(page.context["meant"]), len(page.context["skipped"])) == (2, 1)
    assert "interessemeldingen er avsluttet" in html
    assert states() == ["closed", "waiting", "waiting"]


def test_the_second_press_does_it_and_tells_in_buckets(desk, people):
    close(people[0], reason=CloseReason.DONE)
    answers = {"reason": "not_now", "word": "Avslutt"}

    answer = desk.post(PEOPLE, sure("close_all", people, **answers), follow=True)

    assert states() == ["closed"] * 3
    done, skipped = said(answer)
    assert done.startswith("2 ")
    assert str(people[0]) in skipped


@pytest.mark.parametrize("typed", [{"word": "ja", "reason": "not_now"}, {"word": "avslutt"}, {}])
def test_nothing_is_done_without_the_word_and_what_is_asked_for(desk, people, typed):
    answer = desk.post(PEOPLE, sure("close_all", people, **typed))

    assert answer.context["form"].errors
    assert answer.context["form"].data.get("word", "") == typed.get("word", "")
    assert states() == ["waiting"] * 3


def test_sent_twice_it_is_done_once(desk, people):
    until = {"until": "2026-12-24"}
    page = sure("pause_all", people, **until)

    desk.post(PEOPLE, page)
    activities = people[0].activities.count()
    again = desk.post(PEOPLE, page, follow=True)

    assert people[0].activities.count() == activities
    assert DoneAct.objects.get().act == "pause_all"
    assert "gjort allerede" in said(again)[-1]


def test_all_of_it_or_nothing(desk, people):
    with connection.cursor() as cursor:
        cursor.execute(
            "create function breaks() returns trigger language plpgsql as"
            " $$ begin raise exception 'the disk is full'; end $$;"
            " create trigger breaks before update on participants_registration for each row"
            f" when (old.id = {people[2].pk} and new.state = 'closed') execute function breaks()"
        )
    press = sure("close_all", people, reason="done", word="avslutt")

    with pytest.raises(DatabaseError), transaction.atomic():
        desk.post(PEOPLE, press)

    assert states() == ["waiting"] * 3
    assert not DoneAct.objects.exists()


def test_people_of_another_centre_are_neither_shown_nor_touched(desk, people):
    foreign = recipes.waiting(recipes.centre())

    page = first_press(desk, "pause_all", [*people, foreign])
    desk.post(PEOPLE, sure("pause_all", [*people, foreign], until="2026-12-24", select_across="1"))

    assert str(foreign) not in page.content.decode()
    foreign.refresh_from_db()
    assert foreign.paused_until is None
    assert Registration.objects.filter(paused_until=date(2026, 12, 24)).count() == 3


def test_whoever_the_page_shows_is_in_the_log(desk, people):
    first_press(desk, "ask_still", people)

    assert ReadLog.objects.filter(door="list").count() == 3


def test_given_to_a_colleague_who_works_there(desk, people, kari):
    stranger = recipes.staff(Role.COORDINATOR, recipes.centre())

    refused = desk.post(PEOPLE, sure("give_to", people, colleague=stranger.pk))
    desk.post(PEOPLE, sure("give_to", people, colleague=kari.pk))

    assert refused.context["form"].errors.keys() == {"colleague"}
    assert {each.responsible for each in Registration.objects.all()} == {kari}


def test_asked_if_still_interested_but_not_twice_in_a_month(desk, people):
    desk.post(PEOPLE, sure("ask_still", people[:1]))
    page = first_press(desk, "ask_still", people)
    desk.post(PEOPLE, sure("ask_still", people))

    assert len(page.context["skipped"]) == 1
    kinds = [each.participant.messages.filter(kind="still").count() for each in people]
    assert kinds == [1, 1, 1]


def test_more_than_can_be_looked_through_are_refused(desk, people, monkeypatch):
    monkeypatch.setattr("linkcenter.admin.bulk.MOST", 2)

    answer = desk.post(
        PEOPLE, {"action": "keep_all", "_selected_action": [p.pk for p in people]}, follow=True
    )

    assert "2" in said(answer)[0]


def test_a_heavy_act_wants_a_fresh_log_in(desk, people):
    desk.get(PEOPLE)
    with travel(NOW + timedelta(minutes=20), tick=False):
        answers = {"reason": "done", "word": "avslutt"}
        answer = desk.post(PEOPLE, sure("close_all", people, **answers))

    assert answer.status_code == 302
    assert answer.headers["Location"] != PEOPLE
    assert states() == ["waiting"] * 3


def test_check_page_asks_the_database_as_often_for_many(desk, centre, people):
    few = [people[0]]
    first_press(desk, "ask_still", few)
    with CaptureQueriesContext(
        connection,
    ) as one:
        first_press(desk, "ask_still", few)
    many = [*people, *(recipes.waiting(centre) for _each in range(20))]
    with CaptureQueriesContext(connection) as all_of_them:
        first_press(desk, "ask_still", many)

    assert len(one) == len(all_of_them)


# Groups, keys, enquiries


@pytest.fixture
def groups(centre: Centre) -> list[SelfHelpGroup]:
    made = [recipes.group(centre) for _each in range(2)]
    for group in made:
        group.first_date = date(2026, 12, 15)
        group.slot = take_slot(
            recipes.venue(centre), weekday=1, starts=time(18), first_date=group.first_date
        )
        group.save()
        recipes.seat(group)
    return made


def test_groups_are_asked_reminded_and_given_more_time(desk, groups):
    desk.post(GROUPS, sure("ask_all", groups))
    asked = [group.seats.get().state for group in groups]
    later = (NOW + timedelta(days=20)).date().isoformat()
    desk.post(GROUPS, sure("extend_all", groups, answer_by=later))
    page = first_press(desk, "ask_all", groups, GROUPS)

    assert asked == ["asked", "asked"]
    assert {str(group.seats.get().answer_by) for group in groups} == {later}
    assert page.context["meant"] == []


def test_reminding_takes_those_who_have_heard(desk, groups):
    for group in groups:
        asking.ask(group, actor=None)
        seat = group.seats.get()
        seat.message.state = "sent"
        seat.message.sent_at = NOW
        seat.message.save()

    desk.post(GROUPS, sure("remind_all", groups))
    again = desk.post(GROUPS, sure("remind_all", groups), follow=True)

    assert all(group.seats.get().reminded_at for group in groups)
    assert "én gang" in said(again)[-1]


def test_keys_are_back(desk, centre):
    room = recipes.venue(centre)
    out, here = (Key.objects.create(venue=room, number=number) for number in ("1", "2"))
    lend(out, holder="Kari")

    answer = desk.post(
        reverse("admin:centres_key_changelist"), sure("take_back", [out, here]), follow=True
    )

    out.refresh_from_db()
    assert out.since is None
    assert len(said(answer)) == 2


def test_enquiries_are_given_to_a_colleague(desk, centre, kari):
    mine, foreign = recipes.enquiry(centre), recipes.enquiry(recipes.centre())
    address = reverse("admin:centres_enquiry_changelist")

    desk.post(address, sure("give_to", [mine, foreign], colleague=kari.pk))

    mine.refresh_from_db()
    foreign.refresh_from_db()
    assert (mine.taken_by, foreign.taken_by) == (kari, None)


def test_who_has_changed_since_the_page_was_made_is_skipped(desk, people):
    page = first_press(desk, "close_all", people)
    close(people[0], reason=CloseReason.DONE)
    Registration.objects.filter(pk=people[1].pk).update(format="digital")
    answers = {"reason": "not_now", "word": "avslutt", "as_seen": page.context["rows_as_seen"]}

    answer = desk.post(PEOPLE, sure("close_all", people, **answers), follow=True)

    assert states() == ["closed", "waiting", "closed"]
    done, *skipped = said(answer)
    assert done.startswith("1 ")
    assert [str(people[0]) in skipped[0], str(people[1]) in skipped[1]] == [True] * 2


def test_nobody_is_asked_whom_the_page_did_not_count(desk, centre):
    group = recipes.group(centre)
    recipes.seat(group)
    page = first_press(desk, "ask_all", [group], GROUPS)
    recipes.seat(group)

    as_seen = page.context["rows_as_seen"]
    desk.post(GROUPS, sure("ask_all", [group], as_seen=as_seen))

    assert set(group.seats.values_list("state", flat=True)) == {"proposed"}


def test_people_are_held_before_the_messages_to_them(desk, people):
    message = draft(people[0].participant, kind="call_us")
    with CaptureQueriesContext(connection) as asked:
        desk.post(MESSAGES, sure("renew", [message]))

    locks = [each["sql"] for each in asked.captured_queries if "FOR UPDATE" in each["sql"]]
    held = [lock.split('FROM "')[1].split('"')[0] for lock in locks]
    assert held[:2] == ["participants_registration", "linkcenter_message"]
