"""``manage.py propose_groups``: from a file to a file, whole or not at all, without a database."""

import json
import os
import signal
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from bench.matching.instances import waiting_list
from groups.matching import check, problem_to_dict, propose_groups
from groups.matching.exchange.files import read_proposal, write_problem, write_proposal
from linkcenter.settings import BASE_DIR

CASE = waiting_list(60)


@pytest.fixture
def instance(tmp_path):
    write_problem(tmp_path / "instance.json", CASE)
    return tmp_path / "instance.json"


def run(source, target, *extra):
    call_command("propose_groups", "--input", str(source), "--output", str(target), *extra)


def test_answer_is_the_engines_and_is_told_in_a_line(instance, tmp_path, capsys):
    run(instance, tmp_path / "proposal.json")

    proposal = read_proposal(tmp_path / "proposal.json")
    assert check(CASE, proposal) == []
    assert proposal.score == propose_groups(CASE).score
    assert f"{proposal.score.placed} of 60 placed" in capsys.readouterr().out


def test_any_number_of_processes_gives_the_same_bytes(instance, tmp_path):
    run(instance, tmp_path / "one.json", "--effort", "quick", "--processes", "1")
    run(instance, tmp_path / "two.json", "--effort", "quick", "--processes", "2")

    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_all_faults_are_told_and_nothing_is_written(tmp_path):
    data = problem_to_dict(CASE)
    data["participants"][0]["age"] = "old"
    data["as_of"] = "soon"
    (tmp_path / "bad.json").write_text(json.dumps(data))

    with pytest.raises(CommandError) as refused:
        run(tmp_path / "bad.json", tmp_path / "proposal.json")

    assert refused.value.returncode == 2
    assert "as_of: no_date soon" in str(refused.value)
    assert "participants[p000000].age: wrong_type" in str(refused.value)
    assert not (tmp_path / "proposal.json").exists()


@pytest.mark.parametrize("missing", ["input", "folder"])
def test_what_cannot_be_opened_is_named(instance, tmp_path, missing):
    source = tmp_path / "none.json" if missing == "input" else instance
    target = tmp_path / "none" / "proposal.json" if missing == "folder" else tmp_path / "p.json"

    with pytest.raises(CommandError, match="none"):
        run(source, target)


def test_no_process_at_all_is_refused(instance, tmp_path):
    with pytest.raises(CommandError):
        run(instance, tmp_path / "p.json", "--processes", "0")


def test_no_database_is_needed_and_a_bar_only_where_somebody_looks(instance, tmp_path):
    done = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "manage.py", "propose_groups",
         "--input", instance, "--output", tmp_path / "p.json"],
        cwd=BASE_DIR,
        env={**os.environ, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"},
        capture_output=True,
        check=True,
    )  # fmt: skip

    assert done.stderr == b""
    assert (tmp_path / "p.json").exists()


@pytest.mark.prove
def test_interrupt_keeps_the_best_so_far(tmp_path):
    case = waiting_list(2000, centres=20)
    write_problem(tmp_path / "instance.json", case)
    before = propose_groups(waiting_list(60))
    write_proposal(tmp_path / "proposal.json", before)

    with subprocess.Popen(  # noqa: S603  # our own command
        [sys.executable, "-c", WAITING_FOR_THE_SEARCH, tmp_path],
        cwd=BASE_DIR,
        env=os.environ,
        stdout=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        running.stdout.readline()
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=60)

    assert running.returncode == 0
    proposal = read_proposal(tmp_path / "proposal.json")
    assert check(case, proposal) == []
    assert proposal.score.placed > before.score.placed


WAITING_FOR_THE_SEARCH = """
import sys
import django
from django.core.management import execute_from_command_line
django.setup()
from groups.management.commands import propose_groups
tell = propose_groups._Watch.tell
def said(self, progress):
    print("search", flush=True)
    return tell(self, progress)
propose_groups._Watch.tell = said
execute_from_command_line(["manage.py", "propose_groups", "--input", sys.argv[1] + "/instance.json",
                           "--output", sys.argv[1] + "/proposal.json"])
"""
