from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from groups.management.commands.seed_demo import SEEDING
from linkcenter.database.statements import one_at_a_time
from participants.models import Participant
from tests import recipes
from tests.database import InBackground, is_waiting

pytestmark = pytest.mark.django_db


def test_seed_demo_refuses_outside_development(settings):
    settings.DEVELOPMENT = False

    with pytest.raises(CommandError, match="development"):
        call_command("seed_demo", stdout=StringIO())

    assert Participant.objects.count() == 0


def test_seed_demo_asks_for_the_centres_first():
    with pytest.raises(CommandError, match="load_reference"):
        call_command("seed_demo", stdout=StringIO())


@pytest.mark.django_db(transaction=True)
def test_seed_demo_waits_for_another_and_finds_its_people():
    background = InBackground()

    with one_at_a_time(SEEDING):
        second = background.start(call_command, "seed_demo", stdout=StringIO())
        assert is_waiting(second)
        recipes.participant(recipes.centre())

    with pytest.raises(CommandError, match="--add"):
        second.result(timeout=10)
    background.stop()
