"""The matching engine: from everyone who waits, propose the groups that place most people.

It knows no framework and no other part of the product: frozen dataclasses in, frozen dataclasses
out, the same answer every time.
"""

from .bound import upper_bound
from .check import check
from .explain import GroupFacts, describe, explain, near_misses
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
    "propose_groups",
    "upper_bound",
]
