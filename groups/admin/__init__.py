"""The groups' part of the staff's workplace. Importing it registers what it declares."""

from . import groups, initiators, jobs, proposals, registrations

__all__ = ["groups", "initiators", "jobs", "proposals", "registrations"]
