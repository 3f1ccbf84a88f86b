"""What can be refused when groups are formed, asked, settled and ended."""

from collections.abc import Collection

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from groups.states import BrokenRule


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


class NotHere(GroupError):
    message = _("We cannot sign you up here. Call us, and we look at it together.")


class InitiatorBusy(GroupError):
    message = _("The initiator has as many groups as agreed. Choose another one.")


class WrongMoment(GroupError):
    message = _("The group has moved on since you opened the page. Look at it again.")


class NoNewcomers(GroupError):
    message = _("This group takes nobody in now, or has no contact who could say yes.")


class NoTimeYet(GroupError):
    message = _("The group has no time and place yet. Settle that first, and then ask people.")


class NobodyToAsk(GroupError):
    message = _("Everybody in the group has been asked.")


class TooFewYes(GroupError):
    message = _("Too few have said yes to settle the group.")


class RulesBroken(GroupError):
    """The group would break rules of its centre, and nobody has said that it is on purpose."""

    message = _("Tick each of the centre's rules that you break on purpose, and choose why.")

    def __init__(self, rules: Collection[BrokenRule]) -> None:
        self.rules = list(rules)
        super().__init__(", ".join(self.rules))


class NotLater(GroupError):
    message = _("Choose a later day than the one they have now.")


class NobodyToRemind(GroupError):
    message = _("Each is reminded once, and not before they have heard the question.")


class TooLate(GroupError):
    message = _("This invitation is no longer open.")


class NotStarted(GroupError):
    message = _("Record the start meeting before you hand the group over.")


class AlreadyAsked(GroupError):
    message = _("This person has a question to answer already.")


class WrongPlace(GroupError):
    message = _("The group cannot meet there. Choose a room of the centre, or a licence for video.")


class RoomTooSmall(GroupError):
    message = _("There are more people in the group than places there. Choose another.")


class NothingToAsk(GroupError):
    message = _("This person has said so already, or does not wait for a group any more.")


class AlreadyDone(GroupError):
    message = _("Somebody has done this already, or it is no longer to be done.")


class NoContact(GroupError):
    message = _("Choose the contact of the group first, among its members.")


class NotAMember(GroupError):
    message = _("This person is not a member of the group. Choose somebody else.")


class NoSuchBreak(GroupError):
    message = _("Choose two days at most half a year apart, the first one today or later.")


class NoMeetingInBreak(GroupError):
    message = _("You do not meet at all between these days. Choose other ones.")


class NoBreak(GroupError):
    message = _("The group has no break now.")


class FewerThanKnown(GroupError):
    message = _(
        "We have more people on our list than that. Has somebody left? Then call us, and we take"
        " them off."
    )


class MoreThanRoom(GroupError):
    message = _("That is more than there is room for in the group. Call us, and we look at it.")


class MeetingNotYet(GroupError):
    message = _("This meeting has not begun yet. Come back when it has been.")


class TooManyCame(GroupError):
    def __init__(self, most: int) -> None:
        text = _("Write how many came, from 1 to %(most)s. Did nobody come? Then it was not held.")
        self.message = text % {"most": most}
        super().__init__()


class TooManyInitiators(GroupError):
    message = _("The group has two initiators already. Take one of them off first.")


class AlreadyInitiator(GroupError):
    message = _("Somebody with this phone number or e-mail address is on the list already.")


class NoWayToReachInitiator(GroupError):
    message = _("A name, and a phone number or an e-mail address, is needed. Ask for them first.")


class NobodyChosen(GroupError):
    message = _("Add at least two people first.")


class SomebodyGone(GroupError):
    message = _(
        "Somebody you had chosen has a place by now, or does not wait any more. They are taken out"
        " here. Look at who is left."
    )


class LentByVideoOnly(GroupError):
    message = _("People of other centres can be in groups on video only. Take them out first.")


class RoomLacks(GroupError):
    message = _("Somebody needs more of the room than this one has. Choose another one.")


class PlaceTaken(GroupError):
    message = _("The room or licence has been taken meanwhile. Choose another time or place.")
