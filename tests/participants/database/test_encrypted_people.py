"""Names, ways to reach people and what they write can be read by the application alone."""

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.core.exceptions import FieldError
from django.db import connection

from linkcenter.encryption import encrypt, keyed_digest
from participants.domain.person.consents import Agreement
from participants.domain.registration.changes import change_interest
from participants.models import Participant, Registration, Talk
from participants.models.person import search_terms
from tests import recipes
from tests.participants import walk

pytestmark = pytest.mark.django_db

SECRETS = {
    "name": "Kanari Fugleberg",
    "phone": "+4741234567",
    "email": "kanari@example.org",
    "safe_times": "Kanaritid",
}


@pytest.fixture
def person():
    return recipes.participant(recipes.centre(), **SECRETS)


def columns(table, **where):
    name, value = next(iter(where.items()))
    with connection.cursor() as cursor:
        cursor.execute(f"select t::text from {table} t where {name} = %s", [value])  # noqa: S608  our names
        return cursor.fetchone()[0]


def test_person_is_read_as_written(person):
    again = Participant.objects.get(pk=person.pk)

    assert {name: getattr(again, name) for name in SECRETS} == SECRETS


def test_database_holds_nothing_of_a_person_in_clear(person):
    row = columns("participants_participant", id=person.pk)

    for secret in ("Kanari", "Fugleberg", "41234567", "example.org", "kanari"):
        assert secret not in row


def test_database_holds_nothing_of_what_was_written_in_clear(client):
    walk.send(client, walk.place(), name="Kanari", message="Kanarisang")
    registration = Registration.objects.get()
    change_interest(registration, answers={"practical_needs": "Kanaribur"}, agreement=Agreement())
    registration.refresh_from_db()

    row = columns("participants_registration", id=registration.pk)
    session = columns("django_session", session_key=client.session.session_key)

    assert (registration.message, registration.practical_needs) == ("Kanarisang", "Kanaribur")
    assert "Kanari" not in row + session


def test_note_of_a_talk_is_encrypted():
    registration = recipes.registration(recipes.participant(recipes.centre()))
    by = recipes.staff("coordinator", registration.participant.centre)
    talk = Talk.objects.create(
        registration=registration, by=by, kind="rang", outcome="again", note="Kanarinotat"
    )

    assert "Kanarinotat" not in columns("participants_talk", id=talk.pk)


def test_same_text_is_encrypted_differently_each_time():
    assert encrypt("Kari") != encrypt("Kari")


def test_older_key_still_reads(person, settings):
    settings.FIELD_KEYS = [Fernet.generate_key().decode(), *settings.FIELD_KEYS]

    assert Participant.objects.get(pk=person.pk).name == SECRETS["name"]


def test_without_the_key_nothing_is_read(person, settings):
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]

    with pytest.raises(InvalidToken):
        Participant.objects.get(pk=person.pk)


@pytest.mark.parametrize("lookup", ["name", "name__icontains", "email__iexact", "phone__in"])
def test_encrypted_column_refuses_to_be_searched(lookup):
    with pytest.raises(FieldError):
        Participant.objects.filter(**{lookup: "Kari"})


@pytest.mark.parametrize(
    "term",
    [
        {"phone": "+4741234567"},
        {"last_digits": "4567"},
        {"email": "KANARI@example.org"},
        {"words": ["kanari"]},
        {"words": ["FUGLEBERG"]},
    ],
)
def test_person_is_found_by_the_keyed_digest_at_the_own_centre_only(person, term):
    def found(centre_id):
        digest = keyed_digest(next(search_terms(centre_id, **term)))
        return list(Participant.objects.filter(search_keys__contains=[digest]))

    assert found(person.centre_id) == [person]
    assert found(recipes.centre().pk) == []


def test_digests_follow_what_they_are_made_of(person):
    person.name = "Ola"
    person.save()

    old = keyed_digest(next(search_terms(person.centre_id, words=["kanari"])))
    assert old not in Participant.objects.get(pk=person.pk).search_keys


def test_person_is_known_by_the_reference_alone(person):
    assert str(person) == person.reference
    assert str(recipes.registration(person)) == person.reference
