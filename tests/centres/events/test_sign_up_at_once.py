"""Many who take the last place, or send one form, at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from time_machine import travel

from centres.domain.events.changes import change_event
from centres.domain.events.sign_ups import give_up_place, sign_up
from centres.models import Event, EventSignUp
from centres.states import Attendance, SignUpState
from linkcenter.models import Message
from linkcenter.tokens import token_for
from tests import recipes
from tests.database import InBackground, is_waiting
from tests.participants.walk import hidden

pytestmark = pytest.mark.django_db(transaction=True)

TAKEN, WAITS, GONE = SignUpState.CONFIRMED, SignUpState.WAITING, SignUpState.CANCELLED


@pytest.fixture
def background():
    runner = InBackground()
    yield runner
    runner.stop()


@pytest.fixture
def event():
    """An event with one place."""
    return recipes.event(attendance=Attendance.SIGN_UP, capacity=1)


def come(event, name="Kari", form_id=None):
    email = f"{name.lower()}@example.org"
    return sign_up(event, name=name, email=email, language="nb", form_id=form_id or uuid4())


def states(event):
    return sorted(event.sign_ups.values_list("state", flat=True))


def at_once(times, call):
    def run(number):
        try:
            return call(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(run, range(times)))


def test_second_to_take_the_last_place_waits_and_stands_in_line(event, background):
    with transaction.atomic():
        first = come(event, "Kari")
        call = background.start(come, event, "Ola")
        assert is_waiting(call)

    assert (first.state, call.result(timeout=10).state) == (TAKEN, WAITS)


def test_second_gets_the_place_if_the_first_does_not_go_through(event, background):
    with transaction.atomic():
        come(event, "Kari")
        call = background.start(come, event, "Ola")
        assert is_waiting(call)
        transaction.set_rollback(True)

    assert call.result(timeout=10).state == TAKEN
    assert states(event) == [TAKEN]


def test_who_comes_while_a_place_is_given_up_stands_behind_the_line(event, background):
    first, second = come(event, "Kari"), come(event, "Ola")

    with transaction.atomic():
        give_up_place(first)
        call = background.start(come, event, "Per")
        assert is_waiting(call)

    assert call.result(timeout=10).state == WAITS
    second.refresh_from_db()
    assert second.state == TAKEN


def test_same_form_waits_for_itself_and_is_one_sign_up(event, background):
    form_id = uuid4()

    with transaction.atomic():
        first = come(event, form_id=form_id)
        call = background.start(come, event, form_id=form_id)
        assert is_waiting(call)

    assert call.result(timeout=10) == first
    assert EventSignUp.objects.count() == Message.objects.count() == 1


def test_places_are_taken_away_only_after_who_takes_one(background):
    event = recipes.event(attendance=Attendance.SIGN_UP, capacity=2)
    come(event, "Kari")
    fewer = Event.objects.get(pk=event.pk)
    fewer.capacity = 1

    def shrink():
        try:
            change_event(fewer)
        except Exception as refused:  # noqa: BLE001  # which one is what is asked
            return type(refused).__name__

    with transaction.atomic():
        come(event, "Ola")
        call = background.start(shrink)
        assert is_waiting(call)

    assert call.result(timeout=10) == "TooFewPlaces"
    assert states(event) == [TAKEN, TAKEN]


def test_fifty_at_once_are_as_many_as_there_are_places(event):
    Event.objects.filter(pk=event.pk).update(capacity=7)

    at_once(50, lambda number: come(event, f"Person{number}"))

    assert event.sign_ups.confirmed().count() == 7
    assert event.sign_ups.waiting().count() == 43
    order = event.sign_ups.order_by("pk").values_list("state", flat=True)
    assert list(order) == [TAKEN] * 7 + [WAITS] * 43
    assert Message.objects.count() == 50


def test_all_who_give_up_at_once_free_each_place_once(event):
    Event.objects.filter(pk=event.pk).update(capacity=5)
    people = [come(event, f"Person{number}") for number in range(12)]

    at_once(5, lambda number: give_up_place(people[number]))

    assert states(event) == [GONE] * 5 + [TAKEN] * 5 + [WAITS] * 2


def test_one_form_twenty_times_at_once_is_one_sign_up_and_one_message(event):
    form_id = uuid4()

    made = at_once(20, lambda _number: come(event, form_id=form_id).pk)

    assert set(made) == {EventSignUp.objects.get().pk}
    assert Message.objects.count() == 1


def test_one_page_sent_twenty_times_at_once_leads_to_one_place(event):
    address = f"/arrangementer/{event.pk}/meld-pa/"
    typed = {"name": "Kari", "email": "kari@example.org"}
    sent = {**hidden(Client().get(address)), **typed}

    with travel(timezone.now() + timedelta(seconds=30)):
        led_to = at_once(20, lambda _n: Client().post(address, sent).headers["Location"])

    who = EventSignUp.objects.get()
    assert set(led_to) == {f"/pamelding/{token_for(who.seed)}/"}
    assert Message.objects.count() == 1
