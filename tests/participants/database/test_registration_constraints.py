"""What the database refuses of registrations, talks and links, whatever Python thinks."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError

from centres.states import Role
from participants.models import PersonalLink, Registration, Talk
from participants.states import CloseReason, RegistrationState
from tests import recipes

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 2, 1, 12, tzinfo=UTC)
CLOSED = {
    "state": RegistrationState.CLOSED,
    "close_reason": CloseReason.WITHDRAWN,
    "closed_at": NOW,
}


@pytest.fixture
def registration():
    return recipes.registration(recipes.participant(recipes.centre()))


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        (CLOSED | {"close_reason": ""}, "registration_closed_with_reason"),
        (CLOSED | {"close_reason": "owls"}, "registration_closed_with_reason"),
        (CLOSED | {"closed_at": None}, "registration_closed_with_reason"),
        ({"close_reason": "withdrawn"}, "registration_closed_with_reason"),
        ({"closed_at": NOW}, "registration_closed_with_reason"),
        ({"state": "owl"}, "registration_state_known"),
        ({"state": "held"}, "registration_held_with_reason"),
        ({"state": "held", "held_because": "owl"}, "registration_held_with_reason"),
        ({"held_because": "links"}, "registration_held_with_reason"),
        ({"talk_at": NOW}, "registration_talk_whole"),
        ({"talk_kind": "rang"}, "registration_talk_whole"),
        ({"availability": ["tue-night"]}, "registration_availability_known"),
        ({"languages": []}, "registration_has_language"),
        ({"languages": ["tl"]}, "registration_has_language"),
        ({"needs": ["owls"]}, "registration_needs_known"),
        ({"channel": "owl"}, "registration_choices_known"),
        ({"role": "owl"}, "registration_choices_known"),
        ({"kind": "owl"}, "registration_choices_known"),
        ({"format": "owl"}, "registration_choices_known"),
        ({"gender_wish": "owl"}, "registration_choices_known"),
        ({"heard_from": "owl"}, "registration_choices_known"),
    ],
)
def test_registration_is_refused(registration, changes, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        Registration.objects.filter(pk=registration.pk).update(**changes)


@pytest.mark.parametrize(
    "changes", [CLOSED, {"availability": []}, {"needs": []}, {"state": RegistrationState.WAITING}]
)
def test_registration_is_taken(registration, changes):
    assert Registration.objects.filter(pk=registration.pk).update(**changes) == 1


def copy_of(registration, **changes):
    fields = {"registered_at": NOW, "heard_at": NOW, "channel": "web", "role": "own"}
    return Registration(**({"participant": registration.participant} | fields | changes))


def test_person_has_one_open_registration(registration):
    with pytest.raises(IntegrityError, match="registration_one_open"):
        Registration.objects.bulk_create([copy_of(registration)])


def test_person_may_register_again_after_the_first_is_closed(registration):
    Registration.objects.filter(pk=registration.pk).update(**CLOSED)

    Registration.objects.bulk_create([copy_of(registration)])

    assert registration.participant.registrations.count() == 2


def test_one_form_is_one_registration(registration):
    other = recipes.registration(recipes.participant(recipes.centre()))
    key = uuid4()
    Registration.objects.filter(pk=registration.pk).update(submission_key=key)

    with pytest.raises(IntegrityError, match="submission_key"):
        Registration.objects.filter(pk=other.pk).update(submission_key=key)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"kind": "wrote", "outcome": "ready"}, "talk_choices_known"),
        ({"kind": "rang", "outcome": "owls"}, "talk_choices_known"),
        (
            {"kind": "rang", "outcome": "ready", "next_try": date(2026, 3, 1)},
            "talk_next_try_only_if_open",
        ),
        (
            {"kind": "rang", "outcome": "ready", "pointed_to": "doctor"},
            "talk_pointed_to_if_referred",
        ),
        (
            {"kind": "rang", "outcome": "referred_on", "pointed_to": "moon"},
            "talk_pointed_to_if_referred",
        ),
    ],
)
def test_talk_is_refused(registration, fields, constraint):
    by = recipes.staff(Role.COORDINATOR, registration.participant.centre)

    with pytest.raises(IntegrityError, match=constraint):
        Talk.objects.bulk_create([Talk(registration=registration, by=by, **fields)])


def link(registration, **changes):
    fields = {"purpose": "answer", "seed": "a", "created_at": NOW, "expires_at": NOW}
    return PersonalLink(
        **({"participant": registration.participant, "token_hash": uuid4().hex} | fields | changes)
    )


def test_person_has_one_live_link_for_a_purpose(registration):
    PersonalLink.objects.bulk_create(
        [link(registration, used_at=NOW), link(registration, superseded_at=NOW), link(registration)]
    )

    with pytest.raises(IntegrityError, match="personal_link_one_live"):
        PersonalLink.objects.bulk_create([link(registration)])


def test_token_belongs_to_one_link(registration):
    PersonalLink.objects.bulk_create([link(registration, token_hash="x", used_at=NOW)])

    with pytest.raises(IntegrityError, match="token_hash"):
        PersonalLink.objects.bulk_create([link(registration, token_hash="x", used_at=NOW)])


def test_link_is_for_a_purpose_that_is_known(registration):
    with pytest.raises(IntegrityError, match="personal_link_purpose_known"):
        PersonalLink.objects.bulk_create([link(registration, purpose="owls")])


@pytest.mark.parametrize(("purpose", "new_email"), [("address", None), ("enter", "ny@example.org")])
def test_only_a_link_that_confirms_an_address_holds_one(registration, purpose, new_email):
    with pytest.raises(IntegrityError, match="personal_link_new_email"):
        PersonalLink.objects.bulk_create([link(registration, purpose=purpose, new_email=new_email)])
