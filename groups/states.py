"""The few states that are stored of groups and seats. Everything else about them is derived."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linkcenter.activity_codes import register


class GroupState(models.TextChoices):
    FORMING = "forming", _("forming")
    SETTLED = "settled", _("settled")
    SELF_RUN = "self_run", _("runs itself")
    ENDED = "ended", pgettext_lazy("group", "ended")


STARTED_OR_TO_START = Q(state__in=[GroupState.SETTLED, GroupState.SELF_RUN])

# An initiator is at work in a group from the day it is put together until it runs itself.
INITIATED = Q(state__in=[GroupState.FORMING, GroupState.SETTLED])


class GroupEndReason(models.TextChoices):
    LET_GO = "let_go", _("let go before it started")
    FINISHED = "finished", _("the group was finished")
    TOO_FEW = "too_few", _("too few were left")
    BEGUN_AGAIN = "begun_again", _("began again as a new group")
    OTHER = "other", pgettext_lazy("why a group ended", "another reason")


class SeatState(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    ASKED = "asked", _("asked")
    YES = "yes", _("said yes")
    ENDED = "ended", pgettext_lazy("seat", "ended")


LIVE = ~Q(state=SeatState.ENDED)


class SeatEndReason(models.TextChoices):
    NO = "no", _("said no")
    OTHER_TIME = "other_time", _("can, but at another time")
    EXPIRED = "expired", _("did not answer in time")
    RELEASED = "released", _("was released")
    LET_GO = "let_go", _("the group was let go")
    LEFT = "left", _("left")


class NoReason(models.TextChoices):
    """Why somebody says no, if they like to tell."""

    NOT_NOW = "not_now", _("It is not the right moment")
    PLACE = "place", _("The place does not suit me")
    KIND = "kind", _("I would like another kind of group")
    CHANGED = "changed", _("I do not need a group any more")


class Newcomers(models.TextChoices):
    NO = "no", _("no newcomers")
    YES = "yes", _("newcomers are welcome")
    ASK = "ask", _("ask the group")


class GroupRole(models.TextChoices):
    OWN = "own", _("For oneself")
    KIN = "kin", _("For next of kin")
    MIXED = "mixed", _("For both")


class GroupGender(models.TextChoices):
    MIXED = "mixed", _("Everybody")
    WOMEN = "women", _("Women")
    MEN = "men", _("Men")


class SettledFormat(models.TextChoices):
    PHYSICAL = "physical", _("In person")
    DIGITAL = "digital", _("On video")


class SettledKind(models.TextChoices):
    SOCIAL = "social", _("Conversation group")
    SELF_HELP = "self_help", _("Self-help group")


@register
class GroupActivity(models.TextChoices):
    FORMED = "group_formed", _("Group formed from a proposal")
    PERSON_ADDED = "person_added", _("Person added")
    PERSON_REMOVED = "person_removed", _("Person removed")
    ASKED = "people_asked", _("People asked")
    SETTLED = "group_settled", _("Group settled")
    STARTED = "group_started", _("Start meeting held")
    HANDED_OVER = "group_handed_over", _("Handed over: runs itself")
    LET_GO = "group_let_go", _("Group let go")
    ENDED = "group_ended", _("Group ended")


@register
class SeatActivity(models.TextChoices):
    """What the timeline of a person says of places in groups."""

    PROPOSED = "seat_proposed", _("Proposed for a group")
    ASKED = "seat_asked", _("Asked to join a group")
    YES = "seat_yes", _("Said yes to a group")
    NO = "seat_no", _("Said no to a group")
    OTHER_TIME = "seat_other_time", _("Can, but at another time")
    EXPIRED = "seat_expired", _("Did not answer in time: waits on")
    RELEASED = "seat_released", _("Released from a group: waits on")
    LET_GO = "seat_let_go", _("The group was let go: waits on")
    PLACED = "seat_placed", _("Has a place in a group")
    LEFT = "seat_left", _("Left a group")


# What the timeline says when a seat ends.
ENDS_AS = {
    SeatEndReason.NO: SeatActivity.NO,
    SeatEndReason.OTHER_TIME: SeatActivity.OTHER_TIME,
    SeatEndReason.EXPIRED: SeatActivity.EXPIRED,
    SeatEndReason.RELEASED: SeatActivity.RELEASED,
    SeatEndReason.LET_GO: SeatActivity.LET_GO,
    SeatEndReason.LEFT: SeatActivity.LEFT,
}
