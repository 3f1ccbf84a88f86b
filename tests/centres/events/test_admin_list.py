"""The staff's list and page of events: who sees what."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from centres.models import Event
from centres.states import Role, SignUpState
from tests import recipes
from tests.centres.events.event_desk import event, page

pytestmark = pytest.mark.django_db

NAME = "Kanarifugl"


def test_staff_see_who_comes_and_what_there_is_to_tell(staff, tromso):
    to = event(tromso)
    recipes.sign_up(to, name=NAME, phone="+4741234567", email=None)

    text = staff.get(page(to)).content.decode()

    assert NAME in text
    assert "412 34 567" in text


def test_administrator_changes_the_event_and_sees_nobody(administrator, tromso):
    to = event(tromso)
    who = recipes.sign_up(to, name=NAME)

    text = administrator.get(page(to)).content.decode()
    answers = [
        administrator.get(page(to, "sign_ups")),
        administrator.get(page(to, "sign_up")),
        administrator.post(page(to, "sign_up"), {"name": "X"}),
        administrator.post(page(to, "give_up", who.pk)),
    ]

    assert NAME not in text
    assert to.title in text
    assert [answer.status_code for answer in answers] == [404] * 4
    who.refresh_from_db()
    assert who.state == SignUpState.CONFIRMED


@pytest.mark.parametrize("method", ["get", "post"])
def test_acts_on_an_event_of_another_centre_answer_as_on_a_missing_one(staff, method):
    foreign = event(recipes.centre("oslo"), title_nb=NAME)
    who = recipes.sign_up(foreign, name=NAME)
    missing = Event(pk=999_999)

    for name, args in [
        ("cancel", []),
        ("came", []),
        ("sign_up", []),
        ("sign_ups", []),
        ("give_up", [who.pk]),
    ]:
        answer = getattr(staff, method)(page(foreign, name, *args))
        nothing = getattr(staff, method)(page(missing, name, *args))
        assert answer.status_code == nothing.status_code, name
        assert answer.status_code in (302, 404), name
        assert NAME not in answer.content.decode()
    foreign.refresh_from_db()
    who.refresh_from_db()
    assert (foreign.is_cancelled, foreign.came, who.state) == (False, None, "confirmed")


def test_sheet_for_the_door_says_who_made_it(client, tromso):
    who = recipes.staff(Role.COORDINATOR, tromso, name="Turid Tromsø")
    client.force_login(who)
    to = event(tromso)
    recipes.sign_up(to, name=NAME)
    recipes.sign_up(to, name="Borte", state=SignUpState.CANCELLED)

    text = client.get(page(to, "sign_ups")).content.decode()

    assert "Turid Tromsø" in text
    assert NAME in text
    assert "Borte" not in text


@pytest.mark.parametrize(
    ("view", "title"),
    [("coming", "Kommer"), ("drafts", "Kladd"), ("count", "Har vært"), ("cancelled", "Avlyst")],
)
def test_views_of_the_list_hold_what_they_say(staff, tromso, view, title):
    past = timezone.now() - timedelta(days=3)
    event(tromso, title_nb="Kommer")
    event(tromso, title_nb="Kladd", published=False)
    event(tromso, title_nb="Har vært", starts_at=past)
    event(tromso, title_nb="Talt", starts_at=past, came=7)
    event(tromso, title_nb="Avlyst", cancelled_at=past, cancelled_because="Sykdom")

    response = staff.get(reverse("admin:centres_event_changelist"), {"view": view})

    assert [each.title for each in response.context["cl"].result_list] == [title]


def test_list_tells_how_many_come_and_wait(staff, tromso):
    to = event(tromso, capacity=2)
    for state in ("confirmed", "confirmed", "waiting", "cancelled"):
        recipes.sign_up(to, state=state)

    text = staff.get(reverse("admin:centres_event_changelist")).content.decode()

    assert "2 av 2, 1 venter" in text


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_database_as_often_however_many_rows(
    staff, tromso, django_assert_num_queries, rows
):
    for _each in range(rows):
        recipes.sign_up(event(tromso))

    with django_assert_num_queries(11):
        staff.get(reverse("admin:centres_event_changelist"))


@pytest.mark.parametrize("rows", [1, 3])
def test_page_asks_the_database_as_often_however_many_people(
    staff, tromso, django_assert_num_queries, rows
):
    to = event(tromso)
    for _each in range(rows):
        recipes.sign_up(to)
    staff.get(page(to))  # from now on the kinds of rows are known by number

    with django_assert_num_queries(13):
        staff.get(page(to))
