from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from participants.models import Participant

pytestmark = pytest.mark.django_db


def test_seed_demo_refuses_outside_development(settings):
    settings.DEVELOPMENT = False

    with pytest.raises(CommandError, match="development"):
        call_command("seed_demo", stdout=StringIO())

    assert Participant.objects.count() == 0


def test_seed_demo_asks_for_the_centres_first():
    with pytest.raises(CommandError, match="load_reference"):
        call_command("seed_demo", stdout=StringIO())
