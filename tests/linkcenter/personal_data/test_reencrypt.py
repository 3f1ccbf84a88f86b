"""A new key takes over: every encrypted column is written anew, and the old key can go."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken
from django.core.management import call_command

from centres.states import Role
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


def test_the_staffs_apps_and_recovery_codes_work_with_the_new_key_alone(keys):
    user = recipes.staff(Role.COORDINATOR, recipes.centre())
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    codes = RecoveryCodes.activate(user).get_unused_codes()
    new = Fernet.generate_key().decode()
    keys.FIELD_KEYS = [new, *keys.FIELD_KEYS]

    call_command("reencrypt", verbosity=0)
    keys.FIELD_KEYS = [new]

    app, paper = Authenticator.objects.filter(user=user).order_by("pk")
    assert encryption.decrypt(app.data["secret"]) == secret
    assert paper.wrap().get_unused_codes() == codes


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


def test_it_says_in_one_language_what_it_has_written(keys):
    recipes.participant(recipes.centre())
    said = StringIO()

    call_command("reencrypt", stdout=said)

    assert "persons: 1 of 1" in said.getvalue()
    assert "personer" not in said.getvalue()
