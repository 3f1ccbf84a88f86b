from .group import Seat, SelfHelpGroup
from .matching import MatchRun
from .support import Initiator

__all__ = ["Initiator", "MatchRun", "Seat", "SelfHelpGroup"]
