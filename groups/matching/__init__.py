"""The matching engine: from everyone who waits, propose the groups that place most people.

It knows no framework and no other part of the product: frozen dataclasses in, frozen dataclasses
out, the same answer every time.
"""

from .bound import upper_bound
from .check import check
from .explain import GroupFacts, describe, explain, near_misses
from .files import (
    problem_from_dict,
    problem_to_dict,
    proposal_from_dict,
    proposal_to_dict,
)
from .model import (
    REASONS,
    Bound,
    Effort,
    Explanation,
    Fault,
    Group,
    GroupKey,
    Initiator,
    Join,
    NearMiss,
    Objective,
    OpenGroup,
    Participant,
    Problem,
    ProblemError,
    Proposal,
    Rules,
    Score,
    Venue,
    Violation,
)
from .proposing import propose_groups

__all__ = [
    "REASONS",
    "Bound",
    "Effort",
    "Explanation",
    "Fault",
    "Group",
    "GroupFacts",
    "GroupKey",
    "Initiator",
    "Join",
    "NearMiss",
    "Objective",
    "OpenGroup",
    "Participant",
    "Problem",
    "ProblemError",
    "Proposal",
    "Rules",
    "Score",
    "Venue",
    "Violation",
    "check",
    "describe",
    "explain",
    "near_misses",
    "problem_from_dict",
    "problem_to_dict",
    "proposal_from_dict",
    "proposal_to_dict",
    "propose_groups",
    "upper_bound",
]
