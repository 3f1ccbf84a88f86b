"""Problems and proposals as UTF-8 files of JSON. A file is complete or not there at all."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from groups.matching.exchange.problems import problem_from_dict, problem_to_dict
from groups.matching.exchange.proposals import proposal_from_dict, proposal_to_dict
from groups.matching.model import Fault, Problem, ProblemError, Proposal

Json = dict[str, Any]  # JSON is untyped until it has been read


def read_problem(path: Path | str) -> Problem:
    """The problem in a file. Raises ``ProblemError`` with everything that is wrong with it."""
    return problem_from_dict(_read(path))


def write_problem(path: Path | str, problem: Problem) -> None:
    """Write the problem, so that it can be run again."""
    _write(path, problem_to_dict(problem))


def read_proposal(path: Path | str) -> Proposal:
    """The proposal in a file."""
    return proposal_from_dict(_read(path))


def write_proposal(path: Path | str, proposal: Proposal) -> None:
    """Write the proposal; the same proposal always gives the same bytes."""
    _write(path, proposal_to_dict(proposal))


def _read(path: Path | str) -> Json:
    try:
        data = json.loads(Path(path).read_text(encoding="utf-8"))
    except ValueError as error:
        raise ProblemError([Fault("not_json", "file")]) from error
    if not isinstance(data, dict):
        raise ProblemError([Fault("not_an_object", "file")])
    return data


def _write(path: Path | str, data: Json) -> None:
    target = Path(path)
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    handle, half_written = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(half_written).replace(target)
    except BaseException:
        Path(half_written).unlink(missing_ok=True)
        raise
