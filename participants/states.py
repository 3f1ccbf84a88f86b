"""The few stored states of a person's interest, and the words that a registration is made of."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linkcenter.activity_codes import register


class RegistrationState(models.TextChoices):
    HELD = "held", _("not confirmed")
    RECEIVED = "received", _("received")
    WAITING = "waiting", _("waiting for a group")
    CLOSED = "closed", pgettext_lazy("registration", "closed")


OPEN = Q(state__in=[RegistrationState.RECEIVED, RegistrationState.WAITING])
HELD = Q(state=RegistrationState.HELD)
CLOSED = Q(state=RegistrationState.CLOSED)


class HeldBecause(models.TextChoices):
    """What made a registration look like a program's: staff see it, and nobody is refused."""

    TRAP = "trap", _("filled in a field that people do not see")
    LINKS = "links", _("has web addresses in its text")
    MANY = "many", _("came with many others from one network address")


class OwnStatus(models.TextChoices):
    """How it stands with an interest, in the words of the person's own page."""

    HELD = "held", _("One thing is missing")
    RECEIVED = "received", _("We have your message")
    IN_CONTACT = "in_contact", _("We have been in touch")
    WAITING = "waiting", _("You are on the list")
    PAUSED = "paused", _("You are taking a break")
    WITHDRAWN = "withdrawn", _("You have withdrawn")
    MOVED = "moved", _("You have moved to another centre")
    CLOSED = "closed", _("You are not on the list")


class CloseReason(models.TextChoices):
    WITHDRAWN = "withdrawn", _("withdrew")
    REFERRED_ON = "referred_on", _("was pointed to other help")
    NOT_NOW = "not_now", _("not now")
    NO_ANSWER = "no_answer", _("did not answer")
    DUPLICATE = "duplicate", _("is registered twice")
    DONE = "done", _("has been in a group")
    MOVED = "moved", _("moved to another centre")


class EntryChannel(models.TextChoices):
    WEB = "web", _("web form")
    PHONE = "phone", _("telephone")
    VISIT = "visit", _("visit")
    EVENT = "event", _("event")
    PARTNER = "partner", _("partner")
    GROUP = "group", _("through a group")


class Role(models.TextChoices):
    OWN = "own", _("For myself")
    KIN = "kin", _("As next of kin")


class GroupKind(models.TextChoices):
    SOCIAL = "social", _("A conversation group, to meet and talk")
    SELF_HELP = "self_help", _("A self-help group, to work on what is hard")
    EITHER = "either", _("Either is fine")


class MeetingFormat(models.TextChoices):
    PHYSICAL = "physical", _("In person")
    DIGITAL = "digital", _("On video")
    EITHER = "either", _("Either is fine")


class Gender(models.TextChoices):
    WOMAN = "woman", _("Woman")
    MAN = "man", _("Man")
    OTHER = "other", _("Another gender")


class GenderWish(models.TextChoices):
    ANY = "any", _("It does not matter")
    WOMEN = "women", _("Only women")
    MEN = "men", _("Only men")


class SpokenLanguage(models.TextChoices):
    NORWEGIAN = "no", _("Norwegian")
    SAMI = "se", _("Northern Sami")
    ENGLISH = "en", _("English")
    ARABIC = "ar", _("Arabic")
    SPANISH = "es", _("Spanish")
    UKRAINIAN = "uk", _("Ukrainian")
    POLISH = "pl", _("Polish")


class Need(models.TextChoices):
    STEP_FREE = "step_free", _("No steps on the way in")
    HEARING_LOOP = "hearing_loop", _("Hearing loop")


class ContactWay(models.TextChoices):
    EMAIL = "email", _("E-mail")
    SMS = "sms", _("Text message")
    PHONE = "phone", _("Phone call")
    LETTER = "letter", _("Letter")


class HeardFrom(models.TextChoices):
    DOCTOR = "doctor", _("My doctor")
    RPH = "rph", _("Rask psykisk helsehjelp")
    DPS = "dps", _("DPS or a hospital")
    MUNICIPALITY = "municipality", _("The municipality or Frisklivssentralen")
    NAV = "nav", _("NAV")
    FRIEND = "friend", _("Somebody I know")
    WEB = "web", _("The internet")
    OTHER = "other", pgettext_lazy("heard from", "Another way")


class TalkKind(models.TextChoices):
    TRIED = "tried", _("Tried to reach")
    RANG = "rang", _("Talked by phone")
    MET = "met", _("Met")
    VIDEO = "video", _("Talked on video")


class TalkWay(models.TextChoices):
    """How a talk is held that is agreed on beforehand."""

    PHONE = TalkKind.RANG.value, _("by phone")
    VISIT = TalkKind.MET.value, _("at the centre")
    VIDEO = TalkKind.VIDEO.value, _("on video")


class TalkOutcome(models.TextChoices):
    NO_ANSWER = "no_answer", _("No answer")
    AGAIN = "again", _("We talk again")
    READY = "ready", _("Ready for a group")
    NOT_NOW = "not_now", _("Not now")
    REFERRED_ON = "referred_on", _("Was pointed to other help")
    WITHDREW = "withdrew", _("Does not want this any more")


class PointedTo(models.TextChoices):
    """Where somebody was pointed whom a group does not help, or not yet."""

    DOCTOR = "doctor", _("the GP")
    RPH = "rph", _("the municipality's quick mental health help")
    SPECIALIST = "specialist", _("the specialist health service")
    MUNICIPALITY = "municipality", _("another service of the municipality")
    CRISIS_LINE = "crisis_line", _("a crisis line")
    ORGANISATION = "organisation", _("an organisation")
    OTHER_CENTRE = "other_centre", _("another LINK")
    OTHER = "other", _("something else")


# What a talk that ends the registration closes it with.
CLOSES_WITH = {
    TalkOutcome.NOT_NOW: CloseReason.NOT_NOW,
    TalkOutcome.REFERRED_ON: CloseReason.REFERRED_ON,
    TalkOutcome.WITHDREW: CloseReason.WITHDRAWN,
}


class LinkPurpose(models.TextChoices):
    ANSWER = "answer", _("answer an invitation")
    ENTER = "enter", _("open one's own page")
    ADDRESS = "address", _("confirm a new e-mail address")
    UNDO = "undo", _("undo a withdrawal")
    CONFIRM = "confirm", _("confirm a registration")
    STILL = "still", _("say whether one is still interested")
    QUESTION = "question", _("answer one question")
    SHARE = "share", _("choose what the others in the group see")
    GROUP = "group", _("open the page of the group that one is the contact of")


class ConsentPurpose(models.TextChoices):
    CONTACT = "contact", _("contact and finding a group")
    THEME = "theme", _("the theme")
    DIGITAL = "digital", _("digital groups at other centres")
    TASK = "task", _("public task: told, and not asked")
    MOVE = "move", _("moving to another centre")


class GivenBy(models.TextChoices):
    WEB = "web", _("ticked on the web")
    SPOKEN = "spoken", _("said, after it was read aloud")
    PAPER = "paper", _("signed on paper")


class Door(models.TextChoices):
    """Through what somebody at the centre opened a person's record."""

    PERSON = "person", _("your page at the centre")
    DATA = "data", _("all that is stored about you, on paper")
    MESSAGE = "message", _("a message to you")
    CALL_LIST = "call_list", _("the list of whom to call")
    LETTER = "letter", _("a letter to you")
    PROPOSALS = "proposals", _("proposals of groups that you are in")
    GROUP = "group", _("the page of a group that you are in")
    BENCH = "bench", _("the page where groups are put together")
    LIST = "list", _("a list that you are on")
    SEARCH = "search", _("a search that found you")
    EXPORT = "export", _("a list that was taken out")


class ReadReason(models.TextChoices):
    """Why somebody opens the case of a colleague, or takes a list of people out of here."""

    PERSON_CALLED = "called", _("you got in touch")
    COLLEAGUE_AWAY = "away", _("the colleague who knows you is not at work")
    TOGETHER = "together", _("we look at it together")
    FINDING_GROUP = "finding", _("to find a group")
    LOOKED_THROUGH = "looked", _("whoever leads the centre looks through what is done")
    RINGING = "ringing", _("to ring from paper")
    MEETING = "meeting", _("to plan groups together")
    REPORTING = "reporting", _("to report numbers")
    ASKED = "asked", _("you have asked for it")
    SAFETY = "safety", _("to have it while the system is out of use")


class StillAnswer(models.TextChoices):
    """Whether somebody who has waited for long is still interested."""

    YES = "yes", _("Yes, I would like to wait on")
    CHANGE = "change", _("Yes, but something has changed")
    NO = "no", _("No, take me off the list")


@register
class PersonActivity(models.TextChoices):
    REGISTERED = "registered", _("Registered interest")
    HELD = "held", _("Held back until it is confirmed")
    TALKED = "talked", _("Contact")
    READY = "ready", _("Ready for a group: waits")
    CLOSED = "closed", _("Registration closed")
    INTEREST_CHANGED = "interest_changed", _("Interest changed")
    CONTACT_CHANGED = "contact_changed", _("Contact details changed")
    TOLD_BY_HAND = "told_by_hand", _("Told by phone, text message or letter")
    PAUSED = "paused", _("Paused")
    PAUSE_ENDED = "pause_ended", _("Pause ended")
    WITHDRAWAL_UNDONE = "withdrawal_undone", _("Undid the withdrawal")
    CONSENT_GIVEN = "consent_given", _("Gave consent")
    KEPT_LONGER = "kept_longer", _("Kept for six more months")
    GIVEN_TO = "given_to", _("A colleague is responsible now")
    MERGED = "merged", _("Another registration of the same person was closed")
    CONSENT_WITHDRAWN = "consent_withdrawn", _("Withdrew consent")
    STILL_ASKED = "still_asked", _("Asked whether still interested")
    STILL_YES = "still_yes", _("Is still interested")
    CONSENTS_REMINDED = "consents_reminded", _("Reminded of the consents")
    TALK_BOOKED = "talk_booked", _("A talk is booked")
    TALK_CHANGED = "talk_changed", _("The talk has another time")
    TALK_CANCELLED = "talk_cancelled", _("The talk is cancelled")
    TALK_DECLINED = "talk_declined", _("The time of the talk does not suit the person")
    MOVED_AWAY = "moved_away", _("Moved to another centre")
    MOVED_HERE = "moved_here", _("Moved here from another centre")
