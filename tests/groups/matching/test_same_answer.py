"""The same list has the same answer, byte for byte, whatever the process or the order."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from random import Random

from bench.matching.instances import waiting_list
from groups.matching import proposal_to_dict, propose_groups

PROGRAM = """
import hashlib, json
from bench.matching.instances import waiting_list
from groups.matching import proposal_to_dict, propose_groups
text = json.dumps(proposal_to_dict(propose_groups(waiting_list(100, seed=5, centres=3))))
print(hashlib.sha256(text.encode()).hexdigest())
"""


def test_hash_seed_does_not_matter():
    answers = {
        subprocess.run(  # noqa: S603  # our own interpreter and a constant
            [sys.executable, "-c", PROGRAM],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "77")
    }

    assert len(answers) == 1


def test_shuffled_lists_do_not_matter():
    case = waiting_list(120, seed=6, centres=2)
    rng = Random(1)  # noqa: S311  # no secret

    def shuffled(values):
        return tuple(rng.sample(values, len(values)))

    other = replace(
        case,
        slots=shuffled(case.slots),
        topics=shuffled(case.topics),
        centres=shuffled(case.centres),
        age_bands=dict(reversed(list(case.age_bands.items()))),
        keep_apart=shuffled([tuple(reversed(pair)) for pair in case.keep_apart]),
        venues=shuffled([replace(v, slots=shuffled(v.slots)) for v in case.venues]),
        initiators=shuffled(
            [
                replace(i, slots=shuffled(i.slots), centres=shuffled(i.centres))
                for i in case.initiators
            ]
        ),
        participants=shuffled([replace(p, slots=shuffled(p.slots)) for p in case.participants]),
        open_groups=shuffled(case.open_groups),
    )

    assert _text(other) == _text(case)


def test_second_run_in_one_process_does_not_differ():
    case = waiting_list(90, seed=7)

    assert _text(case) == _text(case)


def _text(case):
    return json.dumps(proposal_to_dict(propose_groups(case)))
