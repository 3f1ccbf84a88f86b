"""Never more people with a place at an event than it has places, whatever path writes them."""

import pytest
from django.db import IntegrityError, transaction

from centres.models import Event, EventSignUp
from centres.states import Attendance, SignUpState
from linkcenter.database.constraints import broken_by
from tests import recipes

pytestmark = pytest.mark.django_db


def full_event():
    event = recipes.event(attendance=Attendance.SIGN_UP, capacity=1)
    recipes.sign_up(event)
    return event


def test_database_refuses_one_more_than_the_event_has_places():
    event = full_event()

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        recipes.sign_up(event)

    assert broken_by(refused.value) == "event_sign_up_within_capacity"


def test_database_refuses_to_move_one_too_many_up_from_the_waiting_list():
    waiting = recipes.sign_up(full_event(), state=SignUpState.WAITING)

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        EventSignUp.objects.filter(pk=waiting.pk).update(state=SignUpState.CONFIRMED)

    assert broken_by(refused.value) == "event_sign_up_within_capacity"


def test_database_refuses_fewer_places_than_people_have():
    event = full_event()
    Event.objects.filter(pk=event.pk).update(capacity=2)
    recipes.sign_up(event)

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Event.objects.filter(pk=event.pk).update(capacity=1)

    assert broken_by(refused.value) == "event_capacity_holds_sign_ups"


def test_an_event_without_a_number_of_places_has_room_for_all():
    event = recipes.event(attendance=Attendance.SIGN_UP)

    for _each in range(12):
        recipes.sign_up(event)

    assert event.sign_ups.confirmed().count() == 12
