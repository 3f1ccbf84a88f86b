"""Who at the centre has looked at guests of an event, or at what somebody wrote, is noted."""

from datetime import timedelta

import pytest
from django.utils import timezone
from time_machine import travel

from centres.domain.enquiries import forget
from centres.states import EnquiryActivity, EventActivity, Role
from tests import recipes
from tests.centres.events.event_desk import event, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return recipes.centre()


@pytest.fixture
def desk(client, centre):
    client.force_login(recipes.staff(Role.COORDINATOR, centre, name="Anne"))
    return client


def openings(of):
    return list(of.activities.order_by("pk").values_list("what", "actor__name"))


def test_enquiry_tells_once_an_hour_who_has_opened_it(desk, centre):
    enquiry = recipes.enquiry(centre)
    address = f"/admin/centres/enquiry/{enquiry.pk}/change/"

    twice = [desk.get(address) for _each in range(2)]
    once = openings(enquiry)
    with travel(timezone.now() + timedelta(minutes=61), tick=False):
        desk.force_login(recipes.staff(Role.COORDINATOR, centre, name="Berit"))
        desk.get(address)

    assert "Anne" in twice[1].content.decode()
    assert once == [(EnquiryActivity.OPENED, "Anne")]
    assert openings(enquiry) == [*once, (EnquiryActivity.OPENED, "Berit")]


def test_enquiry_of_which_nothing_is_left_has_nothing_to_open(desk, centre):
    enquiry = recipes.enquiry(centre)
    forget(enquiry)
    before = openings(enquiry)

    desk.get(f"/admin/centres/enquiry/{enquiry.pk}/change/")

    assert openings(enquiry) == before


def test_event_tells_who_has_looked_at_its_guests(desk, centre):
    to = event(centre)
    desk.get(page(to))  # there is nobody yet
    recipes.sign_up(to)

    for _each in range(2):
        desk.get(page(to))
        desk.get(page(to, "sign_ups"))

    assert openings(to) == [
        (EventActivity.GUESTS_OPENED, "Anne"),
        (EventActivity.GUESTS_PRINTED, "Anne"),
    ]


def test_whoever_sees_no_guests_has_not_opened_them(client, centre):
    to = event(centre)
    recipes.sign_up(to)
    client.force_login(recipes.staff(Role.ADMINISTRATOR))

    client.get(page(to))

    assert openings(to) == []
