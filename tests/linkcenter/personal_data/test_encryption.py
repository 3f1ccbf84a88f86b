import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.core.exceptions import FieldError
from django.db import connection

from linkcenter.encryption import decrypt, encrypt, keyed_digest
from participants.models import Participant
from participants.models.person import search_terms
from tests import recipes


def test_same_text_never_looks_the_same():
    assert encrypt("Kari") != encrypt("Kari")
    assert decrypt(encrypt("Kari Nordmann")) == "Kari Nordmann"


def test_every_key_reads_and_the_first_writes(settings):
    old = encrypt("Kari")
    new_key = Fernet.generate_key().decode()
    settings.FIELD_KEYS = [new_key, *settings.FIELD_KEYS]

    assert decrypt(old) == "Kari"
    assert Fernet(new_key).decrypt(encrypt("Kari").encode()) == b"Kari"


def test_changed_text_is_not_read():
    with pytest.raises(InvalidToken):
        decrypt(encrypt("Kari")[:-4] + "AAA=")


@pytest.mark.django_db
def test_encrypted_column_cannot_be_searched():
    with pytest.raises(FieldError, match="encrypted"):
        Participant.objects.filter(name="Kari")


@pytest.mark.django_db
def test_database_holds_no_contact_detail():
    recipes.participant(
        recipes.centre(), name="Kari Nordmann", phone="+4741234567", email="kari@example.org"
    )

    with connection.cursor() as cursor:
        cursor.execute("select row_to_json(p)::text from participants_participant p")
        (row,) = cursor.fetchone()

    assert [secret for secret in ("Kari", "Nordmann", "41234567", "kari@") if secret in row] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "term",
    [
        {"phone": "+4741234567"},
        {"last_digits": "4567"},
        {"email": "KARI@example.org"},
        {"words": ["nordmann"]},
    ],
)
def test_person_is_found_by_exact_terms_at_their_own_centre(term):
    centre = recipes.centre()
    person = recipes.participant(
        centre, name="Kari Nordmann", phone="+4741234567", email="Kari@example.org"
    )
    recipes.participant(recipes.centre(), name="Kari Nordmann", phone="+4741234567")

    digests = [keyed_digest(term) for term in search_terms(centre.pk, **term)]

    assert list(Participant.objects.filter(search_keys__contains=digests)) == [person]


@pytest.mark.django_db
def test_search_follows_a_changed_name():
    person = recipes.participant(recipes.centre(), name="Kari")
    person.name = "Karin"
    person.save()

    digests = [keyed_digest(term) for term in search_terms(person.centre_id, words=["kari"])]

    assert not Participant.objects.filter(search_keys__contains=digests).exists()


def test_digest_needs_the_key(settings):
    before = keyed_digest("1:name:kari")
    settings.INDEX_KEY = "another key"

    assert keyed_digest("1:name:kari") != before
