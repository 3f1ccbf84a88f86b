"""A registration is at the centre of its person, whatever the code writes."""

import pytest

from participants.models import Participant, Registration
from tests import recipes

pytestmark = pytest.mark.django_db


def centre_of(registration: Registration) -> int | None:
    return Registration.objects.values_list("centre", flat=True).get(pk=registration.pk)


def test_registration_is_at_the_centre_of_its_person() -> None:
    registration = recipes.waiting(recipes.centre())

    assert centre_of(registration) == registration.participant.centre_id


def test_nothing_that_is_saved_moves_it() -> None:
    registration = recipes.waiting(recipes.centre())

    registration.centre = recipes.centre()
    registration.save()
    assert centre_of(registration) == registration.participant.centre_id

    Registration.objects.update(centre=None)
    assert centre_of(registration) == registration.participant.centre_id


def test_registration_goes_along_with_its_person() -> None:
    registration, other = recipes.waiting(recipes.centre()), recipes.centre()

    Participant.objects.update(centre=other)

    assert centre_of(registration) == other.pk


def test_registration_that_goes_to_another_person_is_at_their_centre() -> None:
    registration = recipes.waiting(recipes.centre())
    person = recipes.participant(recipes.centre())

    Registration.objects.update(participant=person)

    assert centre_of(registration) == person.centre_id
