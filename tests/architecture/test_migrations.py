"""Migrations can be done again: each is one transaction, or one step that may be run twice."""

import pytest
from django.db import migrations
from django.db.migrations.loader import MigrationLoader

OURS = {"linkcenter", "centres", "participants", "groups"}


def cannot_be_done_again(migration: migrations.Migration) -> bool:
    """Whether a part of it may have been done, and be in the way of the next try."""
    return not migration.atomic and len(migration.operations) > 1


def test_migration_outside_of_a_transaction_is_one_step():
    loader = MigrationLoader(None)
    own = [each for (app, _name), each in loader.disk_migrations.items() if app in OURS]

    assert [str(each) for each in own if cannot_be_done_again(each)] == []
    assert {each.app_label for each in own} == OURS


@pytest.mark.parametrize(("steps", "expected"), [(1, False), (2, True)])
def test_several_steps_are_recognised(steps, expected):
    migration = migrations.Migration("0002", "groups")
    migration.atomic = False
    migration.operations = [migrations.RunSQL("select 1")] * steps

    assert cannot_be_done_again(migration) is expected
