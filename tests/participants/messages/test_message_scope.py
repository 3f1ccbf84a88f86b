"""What is said to those who sign up for an event is seen by staff of its centre alone."""

from uuid import uuid4

import pytest
from django.http import Http404
from django.urls import reverse

from centres.domain.events.sign_ups import sign_up
from centres.states import Attendance, Role
from linkcenter.models import Message, MessageState
from participants.access import message_or_404, messages_for
from tests import recipes
from tests.bulk import sure

pytestmark = pytest.mark.django_db

NAME = "Kanarifugl"
LIST = reverse("admin:linkcenter_message_changelist")


@pytest.fixture
def tromso():
    return recipes.centre("tromso")


@pytest.fixture
def call(tromso):
    """A call to somebody who has a place and no e-mail address."""
    event = recipes.event(tromso, attendance=Attendance.SIGN_UP)
    who = sign_up(event, name=NAME, phone="+4741234567", language="nb", form_id=uuid4())
    return who.messages.get()


def test_staff_of_the_centre_find_the_call_with_name_and_number(client, tromso, call):
    client.force_login(recipes.staff(Role.COORDINATOR, tromso))

    listed = client.get(LIST, {"view": "by-hand"})
    text = client.get(reverse("admin:linkcenter_message_change", args=[call.pk])).content.decode()

    assert list(listed.context["cl"].result_list) == [call]
    assert NAME in text
    assert "+4741234567" in text


def test_list_itself_names_nobody(client, tromso, call):
    client.force_login(recipes.staff(Role.COORDINATOR, tromso))

    assert NAME not in client.get(LIST).content.decode()


@pytest.mark.parametrize("who", ["coordinator", "administrator"])
def test_others_meet_nothing_of_it(client, call, who):
    user = (
        recipes.staff(Role.COORDINATOR, recipes.centre("oslo"))
        if who == "coordinator"
        else recipes.staff(Role.ADMINISTRATOR)
    )
    client.force_login(user)

    listed = client.get(LIST)
    page = client.get(reverse("admin:linkcenter_message_change", args=[call.pk]))
    client.post(LIST, sure("mark_as_told", [call], select_across="1"))

    assert list(messages_for(user)) == []
    assert NAME not in listed.content.decode() + page.content.decode()
    assert page.status_code in (302, 403)
    call.refresh_from_db()
    assert call.state == MessageState.QUEUED


def test_call_is_ticked_off(client, tromso, call):
    client.force_login(recipes.staff(Role.COORDINATOR, tromso))

    client.post(LIST, sure("mark_as_told", [call]))

    call.refresh_from_db()
    assert call.state == MessageState.SENT
    assert [each.what for each in call.recipient.activities.order_by("pk")] == [
        "signed_up",
        "told_by_hand",
    ]


def test_nothing_is_ticked_off_before_the_page_to_check(client, tromso, call):
    client.force_login(recipes.staff(Role.COORDINATOR, tromso))

    page = client.post(LIST, {"action": "mark_as_told", "_selected_action": call.pk})

    call.refresh_from_db()
    assert page.status_code == 200
    assert call.state == MessageState.QUEUED


def test_each_message_is_there_once(tromso, call):
    recipes.sign_up(call.recipient.event)
    recipes.waiting(tromso)
    user = recipes.staff(Role.COORDINATOR, tromso)

    assert list(messages_for(user)) == list(Message.objects.all())


def test_message_is_there_for_staff_of_its_centre_alone(tromso, call):
    own = recipes.staff(Role.COORDINATOR, tromso)
    other = recipes.staff(Role.LEAD, recipes.centre("oslo"))

    assert message_or_404(own, call.pk) == call
    for user, pk in ((other, call.pk), (own, call.pk + 1)):
        with pytest.raises(Http404):
            message_or_404(user, pk)
