"""What staff do about people who may be there twice, or are soon deleted."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from centres.states import Role
from participants.admin.registration.merging import TO_CHOOSE
from participants.models import Registration
from tests import recipes

pytestmark = pytest.mark.django_db

PHONE = "+4741234567"
LONG_AGO = timezone.now() - timedelta(days=180)


@pytest.fixture
def centre():
    recipes.consent_texts()
    return recipes.centre()


@pytest.fixture
def desk(client, centre):
    client.force_login(recipes.staff(Role.COORDINATOR, centre))
    return client


def address(act, registration, *more):
    return reverse(f"admin:participants_registration_{act}", args=[registration.pk, *more])


def twins(centre):
    return [recipes.registration(recipes.participant(centre, phone=PHONE)) for _each in range(2)]


def closed(centre):
    return recipes.registration(
        recipes.participant(centre),
        state="closed",
        close_reason="done",
        registered_at=LONG_AGO,
        closed_at=LONG_AGO,
    )


def test_a_page_says_who_may_be_the_same_person(desk, centre):
    first, second = twins(centre)

    html = desk.get(address("change", first)).content.decode()

    assert second.participant.reference in html


def test_the_same_person_is_closed_and_the_other_page_opens(desk, centre):
    first, second = twins(centre)

    response = desk.post(
        address("twice", second, first.pk), dict.fromkeys(["goes_on", *TO_CHOOSE], first.pk)
    )

    assert response.headers["Location"] == address("change", first)
    second.refresh_from_db()
    assert second.close_reason == "duplicate"


def test_somebody_at_another_centre_is_not_there_to_be_closed(desk, centre):
    mine = recipes.registration(recipes.participant(centre, phone=PHONE))
    theirs = recipes.registration(recipes.participant(recipes.centre(), phone=PHONE))

    for pair in ((mine, theirs), (theirs, mine)):
        assert desk.post(address("twice", pair[0], pair[1].pk)).status_code == 404

    assert Registration.objects.open().count() == 2


def test_who_is_soon_deleted_is_on_a_list_and_can_be_kept(desk, centre):
    registration = closed(centre)
    soon = f"{reverse('admin:participants_registration_changelist')}?view=leaving"
    listed = registration.participant.reference in desk.get(soon).content.decode()

    desk.post(address("keep", registration))

    assert listed
    assert registration.participant.reference not in desk.get(soon).content.decode()


def test_nobody_of_another_centre_can_be_kept(desk):
    registration = closed(recipes.centre())

    assert desk.post(address("keep", registration)).status_code == 404


@pytest.mark.parametrize(
    ("outcome", "pointed_to", "saved"),
    [
        ("referred_on", "doctor", 1),
        ("referred_on", "", 0),
        ("ready", "doctor", 0),
        ("ready", "", 1),
    ],
)
def test_where_a_person_was_pointed_is_asked_for_when_they_were(
    desk, centre, outcome, pointed_to, saved
):
    registration = recipes.registration(recipes.participant(centre))

    desk.post(
        address("talk", registration),
        {"kind": "rang", "outcome": outcome, "pointed_to": pointed_to},
    )

    assert registration.talks.count() == saved
