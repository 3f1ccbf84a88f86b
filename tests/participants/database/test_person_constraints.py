"""What the database refuses of people and consents, also when no Python has checked it."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection

from centres.states import Role
from participants.models import Consent, ConsentText, KeepApart, Participant
from tests import recipes

pytestmark = pytest.mark.django_db

GIVEN = datetime(2026, 2, 1, 12, tzinfo=UTC)


@pytest.fixture
def centre():
    return recipes.centre()


@pytest.fixture
def person(centre):
    return recipes.participant(centre)


@pytest.fixture
def text():
    return ConsentText.objects.create(purpose="contact", language="nb", version=1, text="Ja.")


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"phone": None, "email": None}, "participant_can_be_reached"),
        ({"birth_year": 2009}, "participant_is_adult"),
        ({"gender": "owl"}, "participant_gender_known"),
        ({"preferred_way": "owl"}, "participant_way_known"),
    ],
)
def test_person_is_refused(person, changes, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        Participant.objects.filter(pk=person.pk).update(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"phone": "+4741234567", "email": None},
        {"birth_year": 2008, "confirmed_adult_on": date(2026, 1, 15)},
        {"birth_year": None, "gender": ""},
    ],
)
def test_person_is_taken(person, changes):
    assert Participant.objects.filter(pk=person.pk).update(**changes) == 1


def test_person_cannot_be_kept_apart_from_oneself_nor_twice(centre):
    first, second = recipes.participant(centre), recipes.participant(centre)
    KeepApart.objects.bulk_create([KeepApart(first=first, second=second)])

    with pytest.raises(IntegrityError, match="keep_apart_once"), connection.cursor() as cursor:
        cursor.execute(
            "insert into participants_keepapart (first_id, second_id) values (%s, %s)",
            [first.pk, second.pk],
        )


@pytest.mark.parametrize("order", [(0, 0), (1, 0)])
def test_two_kept_apart_stand_in_one_order(centre, order):
    people = recipes.participant(centre), recipes.participant(centre)

    with pytest.raises(IntegrityError, match="keep_apart_ordered"):
        KeepApart.objects.bulk_create([KeepApart(first=people[order[0]], second=people[order[1]])])


def test_consent_is_given_once_until_it_is_withdrawn(person, text):
    given = {"participant": person, "text": text, "given_at": GIVEN, "given_by": "web"}
    Consent.objects.bulk_create([Consent(**given, withdrawn_at=GIVEN), Consent(**given)])

    with pytest.raises(IntegrityError, match="consent_once"):
        Consent.objects.bulk_create([Consent(**given)])


def test_consent_is_not_withdrawn_before_it_was_given(person, text):
    earlier = GIVEN.replace(year=2025)

    with pytest.raises(IntegrityError, match="consent_withdrawn_after_given"):
        Consent.objects.bulk_create(
            [
                Consent(
                    participant=person,
                    text=text,
                    given_at=GIVEN,
                    given_by="web",
                    withdrawn_at=earlier,
                )
            ]
        )


@pytest.mark.parametrize(
    ("given_by", "by_staff"), [("web", True), ("spoken", False), ("paper", False), ("owl", True)]
)
def test_consent_tells_who_heard_it(centre, person, text, given_by, by_staff):
    staff = recipes.staff(Role.COORDINATOR, centre) if by_staff else None
    consent = Consent(
        participant=person, text=text, given_at=GIVEN, given_by=given_by, recorded_by=staff
    )

    with pytest.raises(IntegrityError, match="consent_recorded_by_staff"):
        Consent.objects.bulk_create([consent])


def test_text_that_somebody_said_yes_to_cannot_be_changed(person, text):
    Consent.objects.create(participant=person, text=text, given_at=GIVEN, given_by="web")

    with pytest.raises(IntegrityError, match="said yes to this text"):
        ConsentText.objects.filter(pk=text.pk).update(text="Ja til alt.")


def test_text_that_nobody_said_yes_to_can_be_changed(text):
    assert ConsentText.objects.filter(pk=text.pk).update(text="Ja, gjerne.") == 1


def test_text_has_one_version_once_also_without_an_operator(text):
    with pytest.raises(IntegrityError, match="consent_text_version_once"):
        ConsentText.objects.bulk_create(
            [ConsentText(purpose="contact", language="nb", version=1, text="Et annet ja.")]
        )


def test_text_is_for_a_purpose_that_is_known(text):
    with pytest.raises(IntegrityError, match="consent_text_purpose_known"):
        ConsentText.objects.filter(pk=text.pk).update(purpose="owls")
