"""What can be refused when groups are formed, asked, settled and ended."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class GroupError(Exception):
    """Something about a group was refused; ``message`` says what, and what to do."""

    message: str | Promise


class ProposalOutdated(GroupError):
    message = _(
        "Something in this proposal is no longer so. Its page says what. Ask for new proposals."
    )


class AlreadyUnderWay(GroupError):
    message = _("Proposals are being made for this centre already.")


class NotInUse(GroupError):
    message = _("Say first that you go on from these proposals.")


class GroupFull(GroupError):
    message = _("The last place in this group has been taken.")


class AlreadyPlaced(GroupError):
    message = _("This person already has a place in a group.")


class NotWaiting(GroupError):
    message = _("This person is not waiting for a group. Record a talk first.")


class KeptApart(GroupError):
    message = _("Two of these people must not be in the same group.")


class InitiatorBusy(GroupError):
    message = _("The initiator has as many groups as agreed. Choose another one.")


class WrongMoment(GroupError):
    message = _("The group has moved on since you opened the page. Look at it again.")


class NobodyToAsk(GroupError):
    message = _("Everybody in the group has been asked.")


class TooFewYes(GroupError):
    message = _("Too few have said yes to settle the group.")


class TooLate(GroupError):
    message = _("This invitation is no longer open.")


class NotStarted(GroupError):
    message = _("Record the start meeting before you hand the group over.")


class AlreadyAsked(GroupError):
    message = _("This person has a question to answer already.")


class NothingToAsk(GroupError):
    message = _("This person has said so already, or does not wait for a group any more.")
