"""The groups' part of the staff's workplace. Importing it registers what it declares."""

from . import exports, follow_ups, groups, initiators, jobs, numbers, proposals, registrations

__all__ = [
    "exports",
    "follow_ups",
    "groups",
    "initiators",
    "jobs",
    "numbers",
    "proposals",
    "registrations",
]
