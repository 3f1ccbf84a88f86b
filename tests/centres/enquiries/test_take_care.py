"""An enquiry is answered once, by those it belongs to, and may be handed over before that."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from centres.access import enquiries_for
from centres.domain.enquiries import (
    AlreadyTakenCareOf,
    AlreadyThere,
    hand_over,
    take_care_of,
)
from centres.models import Enquiry
from centres.states import EnquiryActivity, Role
from linkcenter.models import Message
from tests import recipes

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.django_db
def test_enquiry_is_taken_care_of_once():
    centre = recipes.centre()
    by, other = (recipes.staff(Role.COORDINATOR, centre) for _each in range(2))
    enquiry = recipes.enquiry(centre)

    take_care_of(enquiry, by=by, now=NOW)
    with pytest.raises(AlreadyTakenCareOf):
        take_care_of(Enquiry.objects.get(), by=other)

    assert (enquiry.handled_at, enquiry.handled_by) == (NOW, by)
    assert [(each.what, each.actor) for each in enquiry.activities.all()] == [
        (EnquiryActivity.TAKEN_CARE_OF, by)
    ]
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_handed_over_enquiry_is_the_others():
    here, there = recipes.centre(), recipes.centre()
    by, other = recipes.staff(Role.COORDINATOR, here), recipes.staff(Role.LEAD, there)
    enquiry = recipes.enquiry(here, created_at=NOW)

    hand_over(enquiry, centre=there, by=by)

    assert list(enquiries_for(by)) == []
    assert list(enquiries_for(other)) == [enquiry]
    assert Enquiry.objects.get().created_at == NOW
    assert [(each.what, each.fields) for each in enquiry.activities.all()] == [
        (EnquiryActivity.HANDED_OVER, ["centre"])
    ]


@pytest.mark.django_db
def test_enquiry_is_handed_to_the_administrators():
    here = recipes.centre()
    by, administrator = recipes.staff(Role.COORDINATOR, here), recipes.staff(Role.ADMINISTRATOR)
    enquiry = recipes.enquiry(here)
    before = list(enquiries_for(administrator))

    hand_over(enquiry, centre=None, by=by)

    assert before == []
    assert list(enquiries_for(administrator)) == [enquiry]


@pytest.mark.django_db
def test_handing_over_to_where_it_is_or_when_it_is_done_is_refused():
    here = recipes.centre()
    by = recipes.staff(Role.COORDINATOR, here)
    enquiry, done = recipes.enquiry(here), recipes.enquiry(here, handled_at=NOW, handled_by=by)

    with pytest.raises(AlreadyThere):
        hand_over(enquiry, centre=here, by=by)
    with pytest.raises(AlreadyTakenCareOf):
        hand_over(done, centre=None, by=by)

    assert set(Enquiry.objects.values_list("centre", flat=True)) == {here.pk}


@pytest.mark.django_db(transaction=True)
def test_second_answer_waits_for_the_first_and_is_refused():
    centre = recipes.centre()
    by = recipes.staff(Role.COORDINATOR, centre)
    enquiry = recipes.enquiry(centre)
    refused: list[bool] = []

    def second() -> None:
        try:
            hand_over(enquiry, centre=None, by=by)
        except AlreadyTakenCareOf:
            refused.append(True)
        finally:
            connection.close()

    with transaction.atomic():
        take_care_of(enquiry, by=by)
        thread = threading.Thread(target=second)
        thread.start()
        thread.join(timeout=0.5)
        was_waiting = thread.is_alive()
    thread.join(timeout=10)

    assert (was_waiting, refused) == (True, [True])
    assert Enquiry.objects.get().centre == centre


@pytest.mark.django_db
def test_nobody_sees_what_others_answer():
    here, there = recipes.centre(), recipes.centre()
    coordinator = recipes.staff(Role.COORDINATOR, here)
    recipes.staff(Role.LEAD, there)
    administrator, statistics = (
        recipes.staff(role) for role in (Role.ADMINISTRATOR, Role.STATISTICS)
    )
    own, _foreign, nobodys = (recipes.enquiry(at) for at in (here, there, None))

    assert list(enquiries_for(coordinator)) == [own]
    assert list(enquiries_for(administrator)) == [nobodys]
    assert list(enquiries_for(statistics)) == []


@pytest.mark.django_db
def test_administrators_answer_for_a_centre_where_nobody_works_with_this():
    centre = recipes.centre()
    last = recipes.staff(Role.COORDINATOR, centre)
    administrator = recipes.staff(Role.ADMINISTRATOR)
    open_one = recipes.enquiry(centre)
    recipes.enquiry(centre, handled_at=NOW, handled_by=last)
    before = list(enquiries_for(administrator))

    last.is_active = False
    last.save()

    assert before == []
    assert list(enquiries_for(administrator)) == [open_one]
    assert list(enquiries_for(last)) == []
