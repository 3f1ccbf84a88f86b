"""The groups' part of the staff's workplace. Importing it registers what it declares."""

from groups.admin.exports import ExportAdmin
from groups.admin.follow_ups import FollowUpAdmin
from groups.admin.group.groups import SelfHelpGroupAdmin
from groups.admin.initiators import InitiatorAdmin
from groups.admin.jobs import JobRunAdmin
from groups.admin.numbers import NumbersAdmin
from groups.admin.people.registrations import RegistrationAdmin
from groups.admin.plan_steps import PlanStepAdmin
from groups.admin.proposals.runs import MatchRunAdmin

__all__ = [
    "ExportAdmin",
    "FollowUpAdmin",
    "InitiatorAdmin",
    "JobRunAdmin",
    "MatchRunAdmin",
    "NumbersAdmin",
    "PlanStepAdmin",
    "RegistrationAdmin",
    "SelfHelpGroupAdmin",
]
