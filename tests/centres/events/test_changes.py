"""Those who signed up hear when an event is cancelled, or when time or place changes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from centres.domain.events.changes import (
    cancel_event,
    change_event,
    delete_event,
    write_down_who_came,
)
from centres.domain.events.errors import (
    AlreadyCancelled,
    CannotBeHidden,
    EventIsOver,
    HasSignUps,
    NotOverYet,
    TooFewPlaces,
)
from centres.domain.events.sign_ups import give_up_place, sign_up
from centres.models import Event, EventSignUp
from centres.states import Attendance, SignUpState
from linkcenter.models import Activity, Message, MessageState
from linkcenter.personal_data import retention
from tests import recipes

pytestmark = pytest.mark.django_db

JOIN = "https://video.example.org/kanarifugl"


@pytest.fixture
def event():
    return recipes.event(
        recipes.centre("tromso", name="LINK Tromsø", visiting_address="Storgata 1"),
        attendance=Attendance.SIGN_UP,
        capacity=1,
        joining=JOIN,
    )


@pytest.fixture
def kari(event):
    """Has the place."""
    return come(event, "Kari")


@pytest.fixture
def ola(event, kari):
    """Stands in line, and has no e-mail address."""
    return come(event, "Ola", phone="+4741234567")


def come(event, name, **way):
    way = way or {"email": f"{name.lower()}@example.org"}
    return sign_up(event, name=name, language="nb", form_id=uuid4(), **way)


def fresh(event):
    return Event.objects.get(pk=event.pk)


def unsent(who):
    return who.messages.exclude(state=MessageState.CANCELLED).get()


def test_cancelled_event_is_told_to_everybody_once(event, kari, ola):
    gone = come(event, "Per")
    give_up_place(gone)

    assert cancel_event(event, because="Vi er syke") == 2

    assert (unsent(kari).kind, unsent(kari).channel) == ("event_cancelled", "email")
    assert (unsent(ola).kind, unsent(ola).channel) == ("event_cancelled", "call")
    assert gone.messages.exclude(state=MessageState.CANCELLED).count() == 0
    assert "Vi er syke" in unsent(kari).text
    assert JOIN not in unsent(kari).text
    assert fresh(event).cancelled_because == "Vi er syke"
    assert list(event.activities.values_list("what", flat=True)) == ["event_cancelled"]


def test_event_is_cancelled_once(event):
    cancel_event(event, because="Vi er syke")

    with pytest.raises(AlreadyCancelled):
        cancel_event(event, because="Likevel ikke")

    assert fresh(event).cancelled_because == "Vi er syke"


def test_event_that_is_over_is_not_cancelled(event):
    with pytest.raises(EventIsOver):
        cancel_event(event, because="For sent", now=event.starts_at + timedelta(days=1))


def test_nobody_moves_up_at_a_cancelled_event(event, kari, ola):
    cancel_event(event, because="Vi er syke")

    give_up_place(kari)

    ola.refresh_from_db()
    assert ola.state == SignUpState.WAITING


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("starts_at", timezone.now() + timedelta(days=40)),
        ("ends_at", timezone.now() + timedelta(days=41)),
        ("place", "Biblioteket"),
        ("digital", True),
    ],
)
def test_new_time_or_place_is_told_to_all_who_count_on_it(event, kari, ola, field, value):
    changed = fresh(event)
    setattr(changed, field, value)

    assert change_event(changed) == 2

    assert (unsent(kari).kind, unsent(ola).kind) == ("event_changed", "event_changed")
    assert getattr(fresh(event), field) == value
    assert list(event.activities.values_list("fields", flat=True)) == [[field]]


def test_how_to_join_is_told_only_to_those_who_have_a_place(event, kari, ola):
    changed = fresh(event)
    changed.joining = "Ny adresse: " + JOIN

    assert change_event(changed) == 1

    assert unsent(kari).kind == "event_changed"
    assert "Ny adresse" in unsent(kari).text
    assert unsent(ola).kind == "sign_up_waiting"
    assert JOIN not in "".join(message.text for message in ola.messages.all())


@pytest.mark.parametrize(("field", "value"), [("title_nb", "Nytt navn"), ("note", "Husk kaffe")])
def test_other_changes_are_told_to_nobody(event, kari, field, value):
    changed = fresh(event)
    setattr(changed, field, value)

    assert change_event(changed) == 0

    assert unsent(kari).kind == "sign_up_confirmed"
    assert getattr(fresh(event), field) == value


def test_more_places_move_people_up(event, kari, ola):
    changed = fresh(event)
    changed.capacity = 2

    change_event(changed)

    ola.refresh_from_db()
    assert ola.state == SignUpState.CONFIRMED
    assert unsent(ola).kind == "sign_up_moved_up"
    assert JOIN in unsent(ola).text


def test_room_for_all_moves_everybody_up(event, kari, ola):
    changed = fresh(event)
    changed.capacity, changed.attendance = None, Attendance.JUST_COME

    change_event(changed)

    assert set(event.sign_ups.values_list("state", flat=True)) == {SignUpState.CONFIRMED}


def test_fewer_places_than_people_are_refused(event, kari):
    Event.objects.filter(pk=event.pk).update(capacity=2)
    come(event, "Per")
    changed = fresh(event)
    changed.capacity = 1

    with pytest.raises(TooFewPlaces):
        change_event(changed)

    assert fresh(event).capacity == 2


def test_event_that_people_count_on_is_not_hidden(event, kari):
    changed = fresh(event)
    changed.published = False

    with pytest.raises(CannotBeHidden):
        change_event(changed)

    assert fresh(event).published is True


def test_event_stays_with_the_centre_that_people_wrote_to(event, kari):
    other = recipes.centre("bergen", name="LINK Bergen")
    give_up_place(kari)
    changed = fresh(event)
    changed.centre = other

    change_event(changed)

    assert fresh(event).centre == event.centre


def test_event_that_nobody_has_signed_up_for_goes_to_another_centre(event):
    other = recipes.centre("bergen", name="LINK Bergen")
    changed = fresh(event)
    changed.centre = other

    change_event(changed)

    assert fresh(event).centre == other


def test_change_undoes_no_cancelling(event):
    old = fresh(event)
    cancel_event(event, because="Vi er syke")
    old.place = "Biblioteket"

    assert change_event(old) == 0

    assert fresh(event).cancelled_because == "Vi er syke"


def test_number_who_came_is_written_down_afterwards(event):
    write_down_who_came(event, came=14, now=event.starts_at + timedelta(days=1))

    assert fresh(event).came == 14


def test_number_who_came_is_refused_before_and_when_it_was_not_held(event):
    with pytest.raises(NotOverYet):
        write_down_who_came(event, came=14)
    cancel_event(event, because="Vi er syke")
    with pytest.raises(AlreadyCancelled):
        write_down_who_came(event, came=14, now=event.starts_at + timedelta(days=1))


def test_event_that_people_count_on_is_not_deleted(event, kari):
    with pytest.raises(HasSignUps):
        delete_event(event)
    give_up_place(kari)
    delete_event(event)

    assert (Event.objects.count(), EventSignUp.objects.count()) == (0, 0)


def test_sign_ups_are_forgotten_thirty_days_after_the_event_with_all_that_was_said(event, kari):
    other = come(recipes.event(attendance=Attendance.SIGN_UP), "Per")
    Event.objects.filter(pk=other.event_id).update(starts_at=timezone.now() + timedelta(days=300))
    end = event.starts_at + timedelta(hours=2)

    early = retention.run(now=end + timedelta(days=29, hours=23))
    before = EventSignUp.objects.count()
    late = retention.run(now=end + timedelta(days=30, minutes=1))

    assert (early["sign-ups"], before, late["sign-ups"]) == (0, 2, 1)
    assert list(EventSignUp.objects.all()) == [other]
    assert {message.recipient for message in Message.objects.all()} == {other}
    assert {activity.subject for activity in Activity.objects.all()} == {other}
