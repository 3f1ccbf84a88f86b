from .exports import Export
from .follow_up import FollowUp, PlanStep
from .group import SelfHelpGroup
from .initiators import GroupLink, Initiator
from .matching import MatchRun, Question
from .seat import Seat
from .statistics import StatisticsSnapshot, Tally

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
