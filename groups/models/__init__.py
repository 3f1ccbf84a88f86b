from .exports import Export
from .follow_up import FollowUp, PlanStep
from .group import Seat, SelfHelpGroup
from .matching import MatchRun, Question
from .statistics import StatisticsSnapshot, Tally
from .support import GroupLink, Initiator

__all__ = [
    "Export",
    "FollowUp",
    "GroupLink",
    "Initiator",
    "MatchRun",
    "PlanStep",
    "Question",
    "Seat",
    "SelfHelpGroup",
    "StatisticsSnapshot",
    "Tally",
]
