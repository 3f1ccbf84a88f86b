from .activity import Activity
from .job_run import JobRun
from .message import Channel, Message, MessageState
from .user import User

__all__ = ["Activity", "Channel", "JobRun", "Message", "MessageState", "User"]
