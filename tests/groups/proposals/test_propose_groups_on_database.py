"""``manage.py propose_groups`` without files: runs on the database, for staff to look at."""

import pytest
from django.core.management import CommandError, call_command

from groups.domain.forming.match_runs import ask_for_proposals
from groups.models import MatchRun
from groups.states import RunState
from tests import recipes

pytestmark = pytest.mark.django_db


@pytest.fixture
def centres():
    made = [recipes.centre("link-a"), recipes.centre("link-b")]
    recipes.centre("link-c", takes_registrations=False)
    for centre in made:
        recipes.venue(centre)
        recipes.initiator(centre)
        for _number in range(4):
            recipes.waiting(centre)
    return made


def test_each_centre_that_takes_registrations_gets_a_run(centres, capsys):
    call_command("propose_groups")

    assert capsys.readouterr().out.splitlines() == [
        "link-a: 4 of 4 placed in 1 new groups",
        "link-b: 4 of 4 placed in 1 new groups",
    ]
    assert [run.centre for run in MatchRun.objects.order_by("pk")] == centres
    assert set(MatchRun.objects.values_list("state", "in_use")) == {(RunState.DONE, True)}


def test_centres_that_are_named_share_a_run_if_asked_to(centres, capsys):
    call_command("propose_groups", centre=["link-a", "link-b"], together=True, effort="quick")

    assert capsys.readouterr().out == "link-a, link-b: 8 of 8 placed in 2 new groups\n"
    assert MatchRun.objects.get().centre_ids == sorted(centre.pk for centre in centres)


def test_centre_with_a_run_under_way_is_passed_by(centres, capsys):
    ask_for_proposals(centres[:1], actor=None)

    call_command("propose_groups", centre=["link-a"])

    assert "already" in capsys.readouterr().err
    assert MatchRun.objects.count() == 1


@pytest.mark.parametrize(
    "options",
    [{"centre": ["nowhere"]}, {"input": "a.json"}, {"input": "a", "output": "b", "together": True}],
)
def test_what_cannot_be_done_is_refused(db, options):
    with pytest.raises(CommandError):
        call_command("propose_groups", **options)
