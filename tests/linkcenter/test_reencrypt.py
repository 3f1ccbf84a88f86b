"""A new key takes over: every encrypted column is written anew, and the old key can go."""

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.core.management import call_command

from linkcenter import encryption
from participants.models import Participant
from tests import recipes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keys(settings):
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    return settings


def test_after_writing_anew_the_old_key_can_be_taken_away(keys):
    participant = recipes.participant(recipes.centre(), name="Kari")
    old, new = keys.FIELD_KEYS[0], Fernet.generate_key().decode()
    keys.FIELD_KEYS = [new, old]

    call_command("reencrypt", verbosity=0)
    keys.FIELD_KEYS = [new]

    assert Participant.objects.get(pk=participant.pk).name == "Kari"


def test_without_writing_anew_the_old_key_is_needed(keys):
    recipes.participant(recipes.centre(), name="Kari")

    keys.FIELD_KEYS = [Fernet.generate_key().decode()]

    with pytest.raises(InvalidToken):
        Participant.objects.get()


def test_a_new_index_key_finds_the_same_people(keys):
    centre = recipes.centre()
    participant = recipes.participant(centre, name="Kari", phone="+4741234567")
    keys.INDEX_KEY = "another key of at least thirty-two characters"

    call_command("reencrypt", verbosity=0)

    found = Participant.objects.filter(
        search_keys__contains=[encryption.keyed_digest(f"{centre.pk}:name:kari")]
    )
    assert list(found) == [participant]
