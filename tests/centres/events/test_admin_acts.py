"""What staff do with an event: sign people up, give up a place, cancel it, count who came."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from centres.states import SignUpState
from linkcenter.models import Message
from tests import recipes
from tests.centres.events.event_desk import event, messages_on, page

pytestmark = pytest.mark.django_db

NAME = "Kanarifugl"


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
