"""The matching engine: from everyone who waits, propose the groups that place most people.

It knows no framework and no other part of the product: frozen dataclasses in, frozen dataclasses
out, the same answer every time. The way of a problem through it:

1. **Input.** ``model`` has the values in and out, ``rules`` says who fits where in plain code,
   ``validation`` refuses what cannot be right. ``exchange`` reads and writes JSON: ``reader``
   (typed fields), ``problems``, ``proposals``, ``files``.
2. **The way in.** ``proposing`` takes the problem and checks the answer, ``solving`` has the steps
   for one list, ``regions`` divides the very longest.
3. **Columns.** ``index`` makes bit masks of the problem: who accepts what, and the *stations* where
   some of them could form a group.
4. **Start.** ``search.state`` is a set of groups under construction, with the initiators paired;
   ``search.starting`` begins one, ``search.greedy`` opens and fills groups.
5. **Relaxation.** ``linear.relaxation`` finds prices and a bound by subgradient, ``linear.columns``
   by a linear program over all groups (``linear.solver`` is HiGHS); ``linear.diving`` makes groups
   of either.
6. **Search.** ``search.ruin_and_recreate`` lets groups go and builds better ones;
   ``linear.branch_and_bound`` ends the matter on a short list. ``improving.combined`` runs 5 and 6
   in turn; on a long list for each of ``improving.windows``, cut out by ``improving.window`` and
   shared among ``improving.workers``.
7. **Finish.** ``linear.members`` chooses who sits where, ``search.labels`` what each group is,
   ``assembling`` makes the proposal; ``check`` recounts every rule.
8. **Explain.** ``explaining.reasons`` says why somebody has no place, ``near_misses`` what nearly
   came about, ``facts`` what a group looks like; ``questions`` what to ask somebody, ``changes``
   what would place them, ``near_groups`` what a group lacks, ``resources`` what one more room
   would bring.
"""

from groups.matching.check import check
from groups.matching.exchange.problems import problem_from_dict, problem_to_dict
from groups.matching.exchange.proposals import proposal_from_dict, proposal_to_dict
from groups.matching.explaining.changes import Change, possible_changes
from groups.matching.explaining.facts import GroupFacts, describe
from groups.matching.explaining.near_groups import NearGroup, what_is_missing
from groups.matching.explaining.near_misses import near_misses
from groups.matching.explaining.questions import Question, question_for
from groups.matching.explaining.reasons import explain
from groups.matching.explaining.resources import Gain, what_more_would_place
from groups.matching.model import (
    AT_ONCE,
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
from groups.matching.proposing import propose_groups, upper_bound

__all__ = [
    "AT_ONCE",
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
    "upper_bound",
    "what_is_missing",
    "what_more_would_place",
]
