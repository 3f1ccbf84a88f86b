"""Every field that we store is in the register of personal data, or is said to be about nobody."""

from django.contrib.sessions.models import Session

from linkcenter.personal_data.register import names_of, register
from tests.architecture.test_models import OURS


def test_every_field_is_declared():
    assert register.undeclared([*OURS, Session]) == []


def test_nothing_is_declared_twice_over():
    both = {f"{model._meta.model_name}.{name}" for model, name in register.matters} & {
        f"{model._meta.model_name}.{name}" for model, name in register.impersonal
    }

    assert both == set()


def test_everything_that_is_declared_exists():
    declared = {*register.matters, *register.impersonal}

    assert [
        f"{model.__name__}.{name}" for model, name in declared if name not in names_of(model)
    ] == []


def test_encrypted_fields_are_personal():
    encrypted = {
        (model, field.name)
        for model in OURS
        for field in model._meta.fields
        if type(field).__name__ == "EncryptedTextField"
    }

    assert {f"{model.__name__}.{name}" for model, name in encrypted - set(register.matters)} == {
        "Event.joining",
        "Venue.host_key",
    }  # how to join and to open a meeting: secrets of the centre, and about nobody


def test_rules_have_a_code_each():
    codes = [rule.code for rule in register.rules()]

    assert sorted(codes) == sorted(set(codes))
