"""The exchange formats: what is written can be read, and what is wrong is said at once."""

import json
from dataclasses import replace

import pytest

from bench.matching.instances import waiting_list
from groups.matching import (
    Join,
    ProblemError,
    Rules,
    problem_from_dict,
    problem_to_dict,
    proposal_from_dict,
    proposal_to_dict,
    propose_groups,
)
from groups.matching.exchange.files import (
    read_problem,
    read_proposal,
    write_problem,
    write_proposal,
)
from tests.groups.matching.builders import PERSON, earlier, open_group, people, problem


def test_problem_survives_writing_and_reading(tmp_path):
    case = replace(waiting_list(30), previous=(earlier(["p000001"], locked=False),))

    write_problem(tmp_path / "instance.json", case)

    assert read_problem(tmp_path / "instance.json") == case


def test_proposal_survives_writing_and_reading(tmp_path):
    proposal = propose_groups(waiting_list(80))

    write_proposal(tmp_path / "proposal.json", proposal)

    assert read_proposal(tmp_path / "proposal.json") == proposal


def test_dictionaries_are_json_as_they_stand():
    case = problem(*people(5), open_groups=(open_group(),))
    proposal = propose_groups(case)

    assert problem_from_dict(json.loads(json.dumps(problem_to_dict(case)))) == case
    assert proposal_from_dict(json.loads(json.dumps(proposal_to_dict(proposal)))) == proposal


def test_group_in_a_file_has_the_fields_of_the_format():
    data = proposal_to_dict(propose_groups(problem(*people(4))))

    assert data["format"] == "group-matching-proposal/1"
    assert data["groups"] == [
        {
            "format": "physical",
            "centre": "c1",
            "kind": "self_help",
            "topic": "grief",
            "role": "own",
            "gender": "mixed",
            "age_band": None,
            "language": "nb",
            "slot": "tue-evening",
            "venue": "r1",
            "initiator": "i1",
            "members": ["p01", "p02", "p03", "p04"],
            "previous": None,
            "locked": False,
        }
    ]


def test_unknown_extra_fields_are_ignored():
    data = problem_to_dict(problem(*people(4)))
    data["colour"] = "blue"
    data["participants"][0]["shoe_size"] = 43

    assert problem_from_dict(data) == problem(*people(4))


def test_all_faults_are_listed():
    data = problem_to_dict(problem(*people(2)))
    data["as_of"] = "soon"
    data["participants"][0]["age"] = "old"
    del data["participants"][1]["slots"], data["participants"][1]["role"]

    with pytest.raises(ProblemError) as refused:
        problem_from_dict(data)

    assert [(fault.code, fault.where) for fault in refused.value.faults] == [
        ("no_date", "as_of"),
        ("wrong_type", "participants[p01].age"),
        ("missing", "participants[p02].role"),
    ]


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"rules": Rules(5, 4)}, ["min_over_max"]),
        ({"participants": (PERSON, PERSON)}, ["duplicate_id"]),
        ({"participants": (replace(PERSON, slots=("never",)),)}, ["unknown_slot"]),
        (
            {"participants": (replace(PERSON, role="boss", topics=("tax",)),), "venues": ()},
            ["unknown_topic", "unknown_choice"],
        ),
        ({"age_bands": {"young": (30, 18)}}, ["min_over_max"]),
        ({"open_groups": (open_group(vacancies=-1),)}, ["negative"]),
    ],
)
def test_input_that_cannot_be_right_is_refused_with_every_fault(fields, codes):
    with pytest.raises(ProblemError) as refused:
        propose_groups(problem(**{"participants": (), **fields}))

    assert [fault.code for fault in refused.value.faults] == codes


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": "something/1"}'])
def test_file_that_is_something_else_is_refused(tmp_path, text):
    (tmp_path / "x.json").write_text(text)

    with pytest.raises(ProblemError):
        read_problem(tmp_path / "x.json")


def test_interrupted_writing_leaves_the_old_file_alone(tmp_path):
    target = tmp_path / "proposal.json"
    proposal = propose_groups(problem(*people(4)))
    write_proposal(target, proposal)
    before = target.read_bytes()

    with pytest.raises(UnicodeEncodeError):
        write_proposal(target, replace(proposal, groups=(), joins=(Join("\ud800", "p01"),)))

    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["proposal.json"]
