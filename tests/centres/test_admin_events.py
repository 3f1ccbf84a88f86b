"""The staff's page of an event: the people, the acts, and what is refused."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from centres.domain.events import cancel_event, give_up_place, sign_up
from centres.models import Event
from centres.states import Attendance, Role, SignUpState
from linkcenter.models import Message
from tests import recipes

pytestmark = pytest.mark.django_db

NAME = "Kanarifugl"


@pytest.fixture
def tromso():
    return recipes.centre("tromso")


@pytest.fixture
def staff(client, tromso):
    client.force_login(recipes.staff(Role.COORDINATOR, tromso))
    return client


@pytest.fixture
def administrator(client):
    client.force_login(recipes.staff(Role.ADMINISTRATOR))
    return client


def event(at, **fields):
    return recipes.event(at, **({"attendance": Attendance.SIGN_UP} | fields))


def page(of, name="change", *args):
    return reverse(f"admin:centres_event_{name}", args=[of.pk, *args])


def form_of(of, **fields):
    """What the page posts when nothing was changed in it, but ``fields``."""
    starts = timezone.localtime(of.starts_at)
    texts = {
        f"{name}_{code}": getattr(of, f"{name}_{code}") or ""
        for name in ("title", "audience", "description")
        for code in ("nb", "nn", "en")
    }
    return {
        "centre": of.centre_id,
        "kind": of.kind,
        "published": "on",
        "starts_at": f"{starts:%Y-%m-%dT%H:%M}",
        "ends_at": "",
        "place": of.place,
        "attendance": of.attendance,
        "capacity": of.capacity or "",
        "joining": of.joining,
        "held_in": of.held_in,
        "organiser": of.organiser,
        "note": of.note,
        **texts,
        **fields,
    }


def messages_on(response):
    return [str(message) for message in response.context["messages"]]


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


def test_no_place_is_given_up_by_the_number_of_another_event(staff, tromso):
    own, foreign = event(tromso), event(recipes.centre("oslo"))
    who = recipes.sign_up(foreign)

    answer = staff.post(page(own, "give_up", who.pk))

    assert answer.status_code == 404
    who.refresh_from_db()
    assert who.state == SignUpState.CONFIRMED


def test_who_rings_is_signed_up_once(staff, tromso):
    to = event(tromso, capacity=1)
    form = {"name": NAME, "phone": "41234567", "email": "", "language": "nb", "form_id": uuid4()}

    answers = [staff.post(page(to, "sign_up"), form) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    who = to.sign_ups.get()
    assert (who.name, who.phone, who.state) == (NAME, "+4741234567", "confirmed")
    assert Message.objects.get().channel == "call"


@pytest.mark.parametrize(
    ("field", "typed"),
    [("name", ""), ("phone", ""), ("phone", "12"), ("language", "xx"), ("form_id", "x")],
)
def test_sign_up_by_phone_says_what_is_missing(staff, tromso, field, typed):
    to = event(tromso)
    form = {"name": NAME, "phone": "41234567", "email": "", "language": "nb", "form_id": uuid4()}

    answer = staff.post(page(to, "sign_up"), form | {field: typed})

    assert field in answer.context["form"].errors
    assert to.sign_ups.count() == 0


def test_staff_give_up_a_place_and_the_next_one_gets_it(staff, tromso):
    to = event(tromso, capacity=1)
    first = recipes.sign_up(to)
    second = recipes.sign_up(to, state=SignUpState.WAITING)

    staff.post(page(to, "give_up", first.pk))

    assert dict(to.sign_ups.values_list("pk", "state")) == {
        first.pk: "cancelled",
        second.pk: "confirmed",
    }


def test_check_page_tells_how_many_are_told_and_cancels_nothing(staff, tromso):
    to = event(tromso)
    recipes.sign_up(to)
    recipes.sign_up(to)
    recipes.sign_up(to, email=None, phone="+4741234567")
    recipes.sign_up(to, state=SignUpState.CANCELLED)

    response = staff.get(page(to, "cancel"))

    assert (response.context["by_mail"], response.context["by_phone"]) == (2, 1)
    to.refresh_from_db()
    assert not to.is_cancelled


def test_event_is_cancelled_with_a_reason_and_not_without(staff, tromso):
    to = event(tromso)
    recipes.sign_up(to)

    without = staff.post(page(to, "cancel"), {"because": " "})
    staff.post(page(to, "cancel"), {"because": "Sykdom"})

    assert without.context["form"].errors.keys() == {"because"}
    to.refresh_from_db()
    assert to.cancelled_because == "Sykdom"
    assert Message.objects.get().kind == "event_cancelled"


def test_administrator_may_cancel(administrator, tromso):
    to = event(tromso)

    administrator.post(page(to, "cancel"), {"because": "Sykdom"})

    to.refresh_from_db()
    assert to.is_cancelled


def test_number_who_came_is_written_down_in_one_step(staff, tromso):
    to = event(tromso, starts_at=timezone.now() - timedelta(days=1))

    assert "came_form" in staff.get(page(to)).context
    staff.post(page(to, "came"), {"came": "12"})

    to.refresh_from_db()
    assert to.came == 12


@pytest.mark.parametrize("came", ["", "x", "-1", "99999", "1" * 400, "\x00"])
def test_odd_number_who_came_is_asked_for_again(staff, tromso, came):
    to = event(tromso, starts_at=timezone.now() - timedelta(days=1))

    answer = staff.post(page(to, "came"), {"came": came})

    assert answer.status_code in (302, 400)
    to.refresh_from_db()
    assert to.came is None


def test_number_who_came_waits_until_it_is_over(staff, tromso):
    to = event(tromso)

    response = staff.post(page(to, "came"), {"came": "12"}, follow=True)

    assert len(messages_on(response)) == 1
    to.refresh_from_db()
    assert to.came is None


def test_changed_time_is_told_to_those_who_signed_up(staff, tromso):
    to = event(tromso)
    recipes.sign_up(to)
    later = timezone.localtime(to.starts_at + timedelta(days=1))

    staff.post(page(to), form_of(to, starts_at=f"{later:%Y-%m-%dT%H:%M}"))

    assert Message.objects.get().kind == "event_changed"


def test_more_places_move_people_up(staff, tromso):
    to = event(
        tromso,
        capacity=1,
        starts_at=timezone.now().replace(second=0, microsecond=0) + timedelta(days=9),
    )
    recipes.sign_up(to)
    waiting = recipes.sign_up(to, state=SignUpState.WAITING)

    staff.post(page(to), form_of(to, capacity=2))

    waiting.refresh_from_db()
    assert waiting.state == SignUpState.CONFIRMED
    assert [message.kind for message in Message.objects.all()] == ["sign_up_moved_up"]


def test_fewer_places_than_people_are_refused_on_the_page(staff, tromso):
    to = event(tromso, capacity=2)
    recipes.sign_up(to)
    recipes.sign_up(to)

    response = staff.post(page(to), form_of(to, capacity=1))

    assert response.context["adminform"].form.errors.keys() == {"capacity"}


def test_event_that_people_count_on_is_not_hidden_from_them(staff, tromso):
    to = event(tromso)
    recipes.sign_up(to)
    form = form_of(to)
    del form["published"]

    response = staff.post(page(to), form)

    assert response.context["adminform"].form.errors.keys() == {"published"}


def test_event_that_people_count_on_is_not_deleted(staff, tromso):
    to = event(tromso)
    recipes.sign_up(to)
    one = staff.post(page(to, "delete"), {"post": "yes"}, follow=True)
    action = {"action": "delete_selected", "_selected_action": to.pk, "post": "yes"}
    several = staff.post(reverse("admin:centres_event_changelist"), action)

    assert len(messages_on(one)) == 1
    assert several.context["protected"] == [str(to)]
    assert Event.objects.filter(pk=to.pk).exists()


def test_event_that_nobody_counts_on_is_deleted(staff, tromso):
    one, other = event(tromso), event(tromso)
    for each in (one, other):
        who = sign_up(each, name=NAME, email="k@example.org", language="nb", form_id=uuid4())
        give_up_place(who)

    staff.post(page(one, "delete"), {"post": "yes"})
    action = {"action": "delete_selected", "_selected_action": other.pk, "post": "yes"}
    staff.post(reverse("admin:centres_event_changelist"), action)

    assert Event.objects.count() == 0


def test_cancelled_state_is_kept_when_an_old_page_is_saved(staff, tromso):
    to = event(tromso)
    old = form_of(to)
    cancel_event(to, because="Sykdom")

    staff.post(page(to), old)

    to.refresh_from_db()
    assert to.cancelled_because == "Sykdom"


def test_centre_of_people_is_not_changed(staff, administrator, tromso):
    to = event(tromso)
    recipes.sign_up(to)

    administrator.post(page(to), form_of(to, centre=recipes.centre("oslo").pk))

    to.refresh_from_db()
    assert to.centre == tromso


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

    with django_assert_num_queries(6):
        staff.get(reverse("admin:centres_event_changelist"))


@pytest.mark.parametrize("rows", [1, 3])
def test_page_asks_the_database_as_often_however_many_people(
    staff, tromso, django_assert_num_queries, rows
):
    to = event(tromso)
    for _each in range(rows):
        recipes.sign_up(to)
    staff.get(page(to))  # from now on the kinds of rows are known by number

    with django_assert_num_queries(8):
        staff.get(page(to))
