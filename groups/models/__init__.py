from .group import Seat, SelfHelpGroup
from .matching import MatchRun, Question
from .support import Initiator

__all__ = ["Initiator", "MatchRun", "Question", "Seat", "SelfHelpGroup"]
