"""What staff change in an event that people count on, and what is refused."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from centres.domain.events.changes import cancel_event
from centres.domain.events.sign_ups import give_up_place, sign_up
from centres.models import Event
from centres.states import SignUpState
from linkcenter.models import Message
from tests import recipes
from tests.centres.events.event_desk import event, form_of, messages_on, page

pytestmark = pytest.mark.django_db

NAME = "Kanarifugl"


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

    answer = staff.post(page(to, "delete"), {"post": "yes"}, follow=True)

    assert len(messages_on(answer)) == 1
    assert Event.objects.filter(pk=to.pk).exists()


def test_event_that_nobody_counts_on_is_deleted(staff, tromso):
    to = event(tromso)
    who = sign_up(to, name=NAME, email="k@example.org", language="nb", form_id=uuid4())
    give_up_place(who)

    staff.post(page(to, "delete"), {"post": "yes"})

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
