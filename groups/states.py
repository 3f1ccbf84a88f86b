"""The few states that are stored of groups and seats. Everything else about them is derived."""

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from centres.week import WEEK_SLOTS, label
from linkcenter.activity_codes import register


class GroupState(models.TextChoices):
    FORMING = "forming", _("forming")
    SETTLED = "settled", _("settled")
    SELF_RUN = "self_run", _("runs itself")
    ENDED = "ended", pgettext_lazy("group", "ended")


STARTED_OR_TO_START = Q(state__in=[GroupState.SETTLED, GroupState.SELF_RUN])

# The start meeting has been held, and the group has not ended.
MEETS = Q(state=GroupState.SELF_RUN) | Q(state=GroupState.SETTLED, started_on__isnull=False)

# An initiator is at work in a group from the day it is put together until it runs itself.
INITIATED = Q(state__in=[GroupState.FORMING, GroupState.SETTLED])


class GroupEndReason(models.TextChoices):
    LET_GO = "let_go", _("let go before it started")
    FINISHED = "finished", _("the group was finished")
    TOO_FEW = "too_few", _("too few were left")
    BEGUN_AGAIN = "begun_again", _("began again as a new group")
    OTHER = "other", pgettext_lazy("why a group ended", "another reason")


class BrokenRule(models.TextChoices):
    """A rule that staff may break on purpose when they put a group together or settle it."""

    FEWER = "fewer", _("fewer people than the centre starts with")
    MORE = "more", _("more people than the centre has in a group")
    AGE_SPAN = "age_span", _("more years between the youngest and the oldest")
    WISHES = "wishes", _("somebody has wished for something else")


class BrokenBecause(models.TextChoices):
    AGREED = "agreed", _("those it is about know it and want it")
    NOBODY_ELSE = "nobody_else", _("nobody else who fits will come soon")
    LONG_WAIT = "long_wait", _("somebody has waited for very long")
    BEGUN_AGAIN = "begun_again", _("they were in a group together before")


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
    GROUP_NO = "group_no", _("the group takes nobody in now")


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


class RunState(models.TextChoices):
    QUEUED = "queued", pgettext_lazy("run", "waits for its turn")
    RUNNING = "running", pgettext_lazy("run", "under way")
    DONE = "done", pgettext_lazy("run", "done")
    FAILED = "failed", pgettext_lazy("run", "stopped")


UNDER_WAY = Q(state__in=[RunState.QUEUED, RunState.RUNNING])


class Start(models.TextChoices):
    """What a run of the matcher begins with."""

    KEEP = "keep", _("Keep what was proposed")
    OVER = "over", _("Start over")


class WaitWeight(models.TextChoices):
    """How much a long wait counts against one more person with a place."""

    LITTLE = "little", _("Little: as many as possible get a place now.")
    SOME = "some", _("Some: a year of waiting counts as much as one more person.")
    MUCH = "much", _("Much: long waits come first, even if fewer get a place.")


class RunFailure(models.TextChoices):
    """Why a run came to nothing, in a sentence for staff."""

    FAULTY = "faulty", _("Something in the list cannot be right. Tell whoever runs the system.")
    BROKE_OFF = "broke_off", _("The run broke off several times. Tell whoever runs the system.")
    ERROR = "error", _("Something went wrong with us. Try again, or tell whoever runs the system.")


class Answer(models.TextChoices):
    YES = "yes", pgettext_lazy("to a question", "yes")
    NO = "no", pgettext_lazy("to a question", "no")


def askable() -> list[tuple[str, str | Promise]]:
    """What somebody may be asked whether it would do as well: a code and its words.

    Nobody is asked to meet other genders than they wished for, nor about a theme.
    """
    return [
        *((f"slot:{slot}", label(slot)) for slot in WEEK_SLOTS),
        ("kind:social", SettledKind.SOCIAL.label),
        ("kind:self_help", SettledKind.SELF_HELP.label),
        ("format:physical", SettledFormat.PHYSICAL.label),
        ("format:digital", SettledFormat.DIGITAL.label),
        ("theme:any", _("A mixed group, without a theme")),
        ("age:any", _("A group of all ages")),
    ]


class GroupLinkPurpose(models.TextChoices):
    """What somebody may do with a link that is not a registered person's own."""

    INITIATE = "initiate", _("see the groups that one helps to start")
    TAKE_OVER = "take_over", _("become the contact of a group")
    BEGIN_AGAIN = "begin_again", _("be in the group that follows")


class FollowUpKind(models.TextChoices):
    START = "start", _("start meeting")
    VISIT = "visit", _("visit the group")
    TALK = "talk", _("talk with the contact about how it goes")
    CONTACT_MEETING = "contact_meeting", _("invite to the contact meeting")
    RING = "ring", _("ring the contact: something does not work")


class CountedIn(models.TextChoices):
    """What a step of the follow-up plan counts."""

    WEEKS = "weeks", _("weeks after the start")
    OWN_MEETINGS = "meetings", _("meetings on their own, after the hand-over")


class Trouble(models.TextChoices):
    """What does not work for a group, in the words of its contact."""

    TIME = "time", _("The time")
    ROOM = "room", _("The room, the key or the video licence")
    FEW = "few", _("We are too few")
    TOGETHER = "together", _("How we are together")
    OTHER = "other", pgettext_lazy("what does not work", "Something else")


class StatisticsScope(models.TextChoices):
    """Whom frozen numbers are about."""

    COUNTRY = "country", _("the whole country")
    CENTRE = "centre", _("a centre")
    MUNICIPALITY = "municipality", _("a municipality")
    FUNDER = "funder", _("a funder")


@register
class QuestionActivity(models.TextChoices):
    """What the timeline of a person says of the one question that would help."""

    ASKED = "question_asked", _("Asked one question")
    YES = "question_yes", _("Said yes to the question")
    NO = "question_no", _("Said no to the question")
    WITHDRAWN = "question_withdrawn", _("The question was taken back")


@register
class GroupActivity(models.TextChoices):
    FORMED = "group_formed", _("Group formed from a proposal")
    FORMED_BY_HAND = "group_by_hand", _("Group put together at the workbench")
    PERSON_ADDED = "person_added", _("Person added")
    PERSON_REMOVED = "person_removed", _("Person removed")
    ASKED = "people_asked", _("People asked")
    SETTLED = "group_settled", _("Group settled")
    STARTED = "group_started", _("Start meeting held")
    HANDED_OVER = "group_handed_over", _("Handed over: runs itself")
    LET_GO = "group_let_go", _("Group let go")
    ENDED = "group_ended", _("Group ended")
    EXTENDED = "answers_extended", _("More time to answer")
    CHANGED = "group_changed", _("Changed")
    MOVED = "group_moved", _("Another time or room")
    INITIATORS_CHANGED = "initiators_changed", _("Other initiators")
    CONTACT_CHANGED = "group_contact_changed", _("Another contact")
    MEETING_REPORTED = "meeting_reported", _("A meeting reported, with a head count")
    FOLLOWED_UP = "followed_up", _("Followed up")
    PAUSED = "group_paused", _("Takes a break")
    PAUSE_ENDED = "group_pause_ended", _("The break is over, or was called off")
    WANTS_MORE = "group_wants_more", _("Has room for one more")
    WANTS_NO_MORE = "group_wants_no_more", _("Takes nobody in now")
    NEWCOMER_ASKED = "newcomer_asked", _("Asked whether somebody may join")
    NEWCOMER_YES = "newcomer_yes", _("Said yes to somebody new")
    NEWCOMER_NO = "newcomer_no", _("Said no to somebody new")
    STILL_ASKED = "group_still_asked", _("Asked whether it still uses its time")
    STILL_YES = "group_still_yes", _("Still uses its time")
    TROUBLE = "group_trouble", _("Said that something does not work")
    HOST_KEY_SHOWN = "host_key_shown", _("The host key was shown to the contact")
    FORGOTTEN = "members_forgotten", _("The centre keeps the contact only")
    BEGUN_AGAIN = "group_begun_again", _("Begins again as a new group")


@register
class InitiatorActivity(models.TextChoices):
    """What the timeline of an initiator says; and that of a person who has become one."""

    ENLISTED = "initiator_enlisted", _("Put on the list of those who would help")
    LINK_SENT = "initiator_link_sent", _("Got a new link")
    LINK_CLOSED = "initiator_link_closed", _("The link was closed")


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
    GROUP_NO = "seat_group_no", _("The group takes nobody in now: waits on")
    REMINDED = "seat_reminded", _("Reminded of the question about a group")
    EXTENDED = "seat_extended", _("Got more time to answer")
    MOVED = "seat_moved", _("Told of another time or place")
    SHARED = "seat_shared", _("Chose what the others in the group see")


# What the timeline says when a seat ends.
ENDS_AS = {
    SeatEndReason.NO: SeatActivity.NO,
    SeatEndReason.OTHER_TIME: SeatActivity.OTHER_TIME,
    SeatEndReason.EXPIRED: SeatActivity.EXPIRED,
    SeatEndReason.RELEASED: SeatActivity.RELEASED,
    SeatEndReason.LET_GO: SeatActivity.LET_GO,
    SeatEndReason.LEFT: SeatActivity.LEFT,
    SeatEndReason.GROUP_NO: SeatActivity.GROUP_NO,
}


class ExportList(models.TextChoices):
    """What may be taken out as a file, and nothing else."""

    WAITING = "waiting", _("people who wait")
    CALLS = "calls", _("whom to call")
    GROUPS = "groups", _("groups")
    NUMBERS = "numbers", _("numbers of today")
