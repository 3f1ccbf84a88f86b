from .activity import Activity
from .done_act import DoneAct
from .job_run import JobRun
from .message import Channel, Message, MessageState, WaitsBecause
from .password_link import PasswordLink
from .spending import Spending
from .user import User

__all__ = [
    "Activity",
    "Channel",
    "DoneAct",
    "JobRun",
    "Message",
    "MessageState",
    "PasswordLink",
    "Spending",
    "User",
    "WaitsBecause",
]
