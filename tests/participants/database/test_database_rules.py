"""What the database holds about people and their interest, whatever path writes."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection

from centres.states import Role
from participants.models import (
    Consent,
    ConsentText,
    KeepApart,
    Participant,
    PersonalLink,
    Registration,
    Talk,
)
from participants.states import GivenBy, LinkPurpose, RegistrationState
from tests import recipes
from tests.database import refused_by

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture
def person():
    return recipes.participant(recipes.centre(), confirmed_adult_on=date(2026, 11, 2))


@pytest.fixture
def registration(person):
    return recipes.registration(person)


def test_person_can_be_reached(person):
    with refused_by("participant_can_be_reached"):
        Participant.objects.update(phone=None, email=None)


@pytest.mark.parametrize(("year", "rows"), [(2008, 1), (1926, 1), (None, 1)])
def test_person_of_eighteen_years_is_taken(person, year, rows):
    assert Participant.objects.update(birth_year=year) == rows


def test_person_below_eighteen_is_refused(person):
    with refused_by("participant_is_adult"):
        Participant.objects.update(birth_year=2009)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("participant_gender_known", {"gender": "x"}),
        ("participant_way_known", {"preferred_way": "fax"}),
    ],
)
def test_unknown_choice_of_a_person_is_refused(person, constraint, fields):
    with refused_by(constraint):
        Participant.objects.update(**fields)


def test_second_open_registration_of_a_person_is_refused(registration):
    with refused_by("registration_one_open"):
        Registration.objects.bulk_create(
            [
                Registration(
                    participant=registration.participant,
                    registered_at=NOW,
                    heard_at=NOW,
                    channel="web",
                    role="own",
                )
            ]
        )


def test_closed_registration_leaves_room_for_a_new_one(registration):
    Registration.objects.update(
        state=RegistrationState.CLOSED, close_reason="not_now", closed_at=NOW
    )

    recipes.registration(registration.participant)

    assert registration.participant.registrations.count() == 2


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("registration_closed_with_reason", {"state": "closed"}),
        ("registration_closed_with_reason", {"close_reason": "done"}),
        ("registration_availability_known", {"availability": ["tue-night"]}),
        ("registration_has_language", {"languages": []}),
        ("registration_has_language", {"languages": ["xx"]}),
        ("registration_needs_known", {"needs": ["sauna"]}),
        ("registration_choices_known", {"role": "xx"}),
        ("registration_choices_known", {"heard_from": "xx"}),
    ],
)
def test_registration_that_makes_no_sense_is_refused(registration, constraint, fields):
    with refused_by(constraint):
        Registration.objects.update(**fields)


def test_text_that_somebody_said_yes_to_stands_as_it_is(person):
    recipes.consent_texts()
    text = ConsentText.objects.get(purpose="contact")
    Consent.objects.create(participant=person, text=text, given_at=NOW, given_by=GivenBy.WEB)

    with refused_by("consent_text_frozen"), connection.cursor() as cursor:
        cursor.execute("update participants_consenttext set text = 'more' where id = %s", [text.pk])


def test_text_that_nobody_said_yes_to_may_change():
    recipes.consent_texts()

    assert ConsentText.objects.filter(purpose="contact").update(text="Better") == 1


def test_consent_is_given_once_until_it_is_withdrawn(person):
    recipes.consent_texts()
    text = ConsentText.objects.get(purpose="contact")
    Consent.objects.create(participant=person, text=text, given_at=NOW, given_by=GivenBy.WEB)

    with refused_by("consent_once"):
        Consent.objects.bulk_create(
            [Consent(participant=person, text=text, given_at=NOW, given_by=GivenBy.WEB)]
        )


def test_spoken_consent_is_recorded_by_somebody(person):
    recipes.consent_texts()

    with refused_by("consent_recorded_by_staff"):
        Consent.objects.create(
            participant=person,
            text=ConsentText.objects.get(purpose="contact"),
            given_at=NOW,
            given_by=GivenBy.SPOKEN,
        )


def test_next_try_belongs_to_a_talk_that_was_not_the_last(registration):
    staff = recipes.staff(Role.COORDINATOR, recipes.centre())

    with refused_by("talk_next_try_only_if_open"):
        Talk.objects.create(
            registration=registration,
            kind="rang",
            outcome="ready",
            by=staff,
            next_try=date(2026, 12, 1),
        )


def link(person, number):
    return PersonalLink(
        participant=person,
        purpose=LinkPurpose.ANSWER,
        seed=f"{number:032}",
        token_hash=f"{number:064}",
        created_at=NOW,
        expires_at=NOW,
    )


def test_person_has_one_live_link_for_a_purpose(person):
    PersonalLink.objects.bulk_create([link(person, 1)])

    with refused_by("personal_link_one_live"):
        PersonalLink.objects.bulk_create([link(person, 2)])


def test_used_link_leaves_room_for_another(person):
    PersonalLink.objects.bulk_create([link(person, 1)])
    PersonalLink.objects.update(used_at=NOW)

    PersonalLink.objects.bulk_create([link(person, 2)])

    assert PersonalLink.objects.live().count() == 1


def test_keep_apart_is_stored_one_way(person):
    other = recipes.participant(person.centre)

    with refused_by("keep_apart_ordered"):
        KeepApart.objects.create(first=other, second=person)
