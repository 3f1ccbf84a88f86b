"""The matching engine: from everyone who waits, propose the groups that place most people.

It knows no framework and no other part of the product: frozen dataclasses in, frozen dataclasses
out, the same answer every time.
"""

from .advice import (
    Change,
    Gain,
    NearGroup,
    Question,
    possible_changes,
    question_for,
    smallest_change,
    what_is_missing,
    what_more_would_place,
)
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
    FULL,
    QUICK,
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
    Progress,
    Proposal,
    Rules,
    Score,
    Venue,
    Violation,
)
from .proposing import propose_groups

__all__ = [
    "FULL",
    "QUICK",
    "REASONS",
    "Bound",
    "Change",
    "Effort",
    "Explanation",
    "Fault",
    "Gain",
    "Group",
    "GroupFacts",
    "GroupKey",
    "Initiator",
    "Join",
    "NearGroup",
    "NearMiss",
    "Objective",
    "OpenGroup",
    "Participant",
    "Problem",
    "ProblemError",
    "Progress",
    "Proposal",
    "Question",
    "Rules",
    "Score",
    "Venue",
    "Violation",
    "check",
    "describe",
    "explain",
    "near_misses",
    "possible_changes",
    "problem_from_dict",
    "problem_to_dict",
    "proposal_from_dict",
    "proposal_to_dict",
    "propose_groups",
    "question_for",
    "smallest_change",
    "upper_bound",
    "what_is_missing",
    "what_more_would_place",
]
