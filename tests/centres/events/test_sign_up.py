"""A place at an event: taken, waited for, given up, and moved up to."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from centres.domain.events.errors import AlreadyGivenUp, EventIsOver, NoSignUp
from centres.domain.events.sign_ups import Places, give_up_place, move_up, places_left, sign_up
from centres.models import Event, EventSignUp
from centres.states import Attendance, CentreStatus, SignUpState
from linkcenter.models import Activity, Channel, Message, MessageState
from tests import recipes

pytestmark = pytest.mark.django_db

TAKEN, WAITS, GONE = SignUpState.CONFIRMED, SignUpState.WAITING, SignUpState.CANCELLED


def event(**fields):
    return recipes.event(**({"attendance": Attendance.SIGN_UP} | fields))


def come(to, name="Kari", **fields):
    way = {} if "phone" in fields else {"email": f"{name.lower()}@example.org"}
    return sign_up(to, **({"name": name, "language": "nb", "form_id": uuid4()} | way | fields))


def states(of):
    return [(each.name, each.state) for each in of.sign_ups.order_by("signed_up_at", "pk")]


def told(who):
    return [message.kind for message in who.messages.order_by("pk")]


def test_who_signs_up_has_a_place_and_is_told():
    to = event(capacity=2)

    made = come(to, "Kari")

    assert states(to) == [("Kari", TAKEN)]
    message = made.messages.get()
    assert (message.kind, message.channel, message.to) == (
        "sign_up_confirmed",
        Channel.EMAIL,
        "kari@example.org",
    )
    assert list(made.activities.values_list("what", flat=True)) == ["signed_up"]


def test_who_comes_when_it_is_full_stands_in_line():
    to = event(capacity=1)
    come(to, "Kari")

    late = come(to, "Ola")

    assert states(to) == [("Kari", TAKEN), ("Ola", WAITS)]
    assert told(late) == ["sign_up_waiting"]


def test_an_event_without_a_number_of_places_takes_everybody():
    to = event(capacity=None)

    for name in ("Kari", "Ola", "Per"):
        come(to, name)

    assert states(to) == [("Kari", TAKEN), ("Ola", TAKEN), ("Per", TAKEN)]


def test_first_in_line_gets_the_place_that_is_given_up():
    to = event(capacity=1)
    first, second, third = (come(to, name) for name in ("Kari", "Ola", "Per"))

    give_up_place(first)

    assert states(to) == [("Kari", GONE), ("Ola", TAKEN), ("Per", WAITS)]
    assert told(second)[-1] == "sign_up_moved_up"
    assert told(third) == ["sign_up_waiting"]


def test_nobody_jumps_the_line():
    to = event(capacity=1)
    come(to, "Kari")
    come(to, "Ola")
    Event.objects.filter(pk=to.pk).update(capacity=2)  # past the domain: nobody has moved up

    come(to, "Per")
    move_up(to)

    assert states(to) == [("Kari", TAKEN), ("Ola", TAKEN), ("Per", WAITS)]


def test_who_leaves_the_line_frees_no_place():
    to = event(capacity=1)
    come(to, "Kari")
    second, third = come(to, "Ola"), come(to, "Per")

    give_up_place(second)

    assert states(to) == [("Kari", TAKEN), ("Ola", GONE), ("Per", WAITS)]
    assert told(third) == ["sign_up_waiting"]


def test_who_gives_up_a_place_is_told_nothing_more():
    who = come(event(capacity=1))

    give_up_place(who)

    assert [message.state for message in who.messages.all()] == [MessageState.CANCELLED]


def test_a_place_is_given_up_once():
    who = come(event())
    give_up_place(who)

    with pytest.raises(AlreadyGivenUp):
        give_up_place(who)


def test_a_place_cannot_be_given_up_after_the_event():
    to = event(starts_at=timezone.now() + timedelta(hours=1))
    who = come(to)

    with pytest.raises(EventIsOver):
        give_up_place(who, now=timezone.now() + timedelta(hours=4))

    assert states(to) == [("Kari", TAKEN)]


def test_nobody_moves_up_once_the_event_has_begun():
    to = event(capacity=1, starts_at=timezone.now() + timedelta(hours=1))
    first, _second = come(to, "Kari"), come(to, "Ola")

    give_up_place(first, now=timezone.now() + timedelta(hours=2))

    assert states(to) == [("Kari", GONE), ("Ola", WAITS)]


@pytest.mark.parametrize(
    "fields",
    [
        {"attendance": Attendance.JUST_COME},
        {"published": False},
        {"cancelled_at": timezone.now(), "cancelled_because": "Sykdom"},
        {"starts_at": timezone.now() - timedelta(minutes=1)},
    ],
    ids=["just come", "not shown", "cancelled", "begun"],
)
def test_an_event_that_takes_nobody_refuses(fields):
    to = event(**fields)

    with pytest.raises(NoSignUp):
        come(to)

    assert EventSignUp.objects.count() == Message.objects.count() == Activity.objects.count() == 0


def test_an_event_of_a_centre_that_is_gone_refuses():
    with pytest.raises(NoSignUp):
        come(event(centre=recipes.centre(status=CentreStatus.CLOSED, takes_registrations=False)))


def test_who_has_only_a_phone_is_called_by_staff():
    who = come(event(), phone="+4741234567")

    message = who.messages.get()
    assert (message.channel, message.state) == (Channel.CALL, MessageState.QUEUED)
    assert (message.link_seed, message.link_path) == ("", "")


def test_the_same_form_is_one_sign_up():
    to, form_id = event(), uuid4()

    made = [come(to, name, form_id=form_id) for name in ("Kari", "Ola")]

    assert made[0] == made[1]
    assert states(to) == [("Kari", TAKEN)]
    assert Message.objects.count() == 1


def test_the_same_form_at_another_event_is_still_the_first_sign_up():
    form_id = uuid4()
    first = come(event(), form_id=form_id)

    assert come(event(), form_id=form_id) == first


@pytest.mark.parametrize(
    ("capacity", "taken", "left"),
    [
        (None, 1, None),
        (5, 1, Places.ENOUGH),
        (4, 1, Places.FEW),
        (2, 1, Places.FEW),
        (1, 1, Places.NONE),
    ],
)
def test_places_are_told_without_a_number(capacity, taken, left):
    to = event(capacity=capacity)
    for _each in range(taken):
        come(to)

    assert places_left(to) == left
