"""The choices of the centres' models and the named sets of them that rules and queries share."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linkcenter.activity_codes import register


class WrittenNorm(models.TextChoices):
    BOKMAL = "nb", _("Bokmål")
    NYNORSK = "nn", _("Nynorsk")
    NEUTRAL = "neutral", _("neutral")


class CentreKind(models.TextChoices):
    LINK = "link", _("LINK centre")
    CONTACT_POINT = "contact_point", _("contact point")
    DISTRICT_OFFICE = "district_office", _("district office")


class CentreStatus(models.TextChoices):
    PLANNED = "planned", _("planned")
    ESTABLISHING = "establishing", _("being established")
    OPEN = "open", _("open")
    PAUSED = "paused", _("paused")
    CLOSED = "closed", _("closed")
    HISTORIC = "historic", _("historic")


# Only these can promise somebody a talk.
ACTIVE = Q(status__in=[CentreStatus.ESTABLISHING, CentreStatus.OPEN])
# Shown where people look for help today; the others only at their own address.
CURRENT = ~Q(status__in=[CentreStatus.CLOSED, CentreStatus.HISTORIC])


class GroupWording(models.TextChoices):
    CONVERSATION_GROUP = "conversation_group", _("conversation group")
    SELF_HELP_GROUP = "self_help_group", _("self-help group")


class InitiatorWording(models.TextChoices):
    INITIATOR = "initiator", _("initiator")
    GUIDE = "guide", _("guide")


class LegalBasis(models.TextChoices):
    CONSENT = "consent", _("consent")
    PUBLIC_TASK = "public_task", _("task in the public interest")


class HoursKind(models.TextChoices):
    DROP_IN = "drop_in", _("drop in")
    PHONE = "phone", _("telephone")
    APPOINTMENT = "appointment", _("by appointment")


class HolidayChoice(models.TextChoices):
    """What staff say of a holiday, or of a day beside one."""

    CLOSED = "closed", _("closed")
    USUAL = "usual", _("open as usual")
    OWN = "own", _("own hours")


class VenueKind(models.TextChoices):
    ROOM = "room", _("room")
    LICENCE = "licence", _("video licence")


class Skipped(models.TextChoices):
    """Why a weekly meeting is not held on one of its dates."""

    HOLIDAY = "holiday", _("public holiday")
    CLOSED = "closed", _("the house is closed")
    BREAK = "break", _("the group has a break")
    TAKEN = "taken", _("taken by something else")


class UseKind(models.TextChoices):
    """What a room or licence is taken by, for those who may not know by whom."""

    GROUP = "group", pgettext_lazy("use of a room", "a group")
    ORGANISATION = "organisation", pgettext_lazy("use of a room", "an organisation")
    EVENT = "event", pgettext_lazy("use of a room", "an event")
    HOUSE = "house", _("the house itself")


class PartnerRole(models.TextChoices):
    OPERATOR = "operator", _("operator")
    FUNDER = "funder", _("funder")
    PARTNER = "partner", _("partner")
    REFERRER = "referrer", _("tells people about us")


class EventKind(models.TextChoices):
    INFO_MEETING = "info_meeting", _("information meeting")
    HEALTH_CAFE = "health_cafe", _("health café")
    INITIATOR_TRAINING = "initiator_training", _("initiator training")
    SELF_HELP_SEMINAR = "self_help_seminar", _("self-help seminar")
    CONTACT_MEETING = "contact_meeting", _("contact meeting")
    MUNICIPAL_MEETING = "municipal_meeting", _("municipal meeting")
    PROFESSIONAL_DAY = "professional_day", _("professional day")
    THEMED_MEETING = "themed_meeting", _("themed meeting")
    CONFERENCE = "conference", _("conference")
    OTHER = "other", _("other")


# Open to everybody; who comes to the others comes because of their work.
FOR_RESIDENTS = (
    EventKind.INFO_MEETING,
    EventKind.HEALTH_CAFE,
    EventKind.SELF_HELP_SEMINAR,
    EventKind.CONTACT_MEETING,
    EventKind.THEMED_MEETING,
    EventKind.OTHER,
)


class Attendance(models.TextChoices):
    """How people come to an event."""

    JUST_COME = "just_come", _("just come")
    SIGN_UP = "sign_up", _("sign up")


class SignUpState(models.TextChoices):
    CONFIRMED = "confirmed", _("has a place")
    WAITING = "waiting", _("on the waiting list")
    CANCELLED = "cancelled", _("not coming")


@register
class EventActivity(models.TextChoices):
    SIGNED_UP = "signed_up", _("Signed up")
    MOVED_UP = "moved_up", _("Moved up from the waiting list")
    GAVE_UP_PLACE = "gave_up_place", _("Does not come after all")
    EVENT_CHANGED = "event_changed", _("Time or place changed")
    EVENT_CANCELLED = "event_cancelled", _("Cancelled")
    GUESTS_OPENED = "event_guests_opened", _("Looked at who has signed up")
    GUESTS_PRINTED = "event_guests_printed", _("Opened the list to print")


class EnquiryKind(models.TextChoices):
    QUESTION = "question", _("a question")
    INFO_MEETING = "info_meeting", _("wants an information meeting")
    VOLUNTEER = "volunteer", _("wants to volunteer")
    INITIATOR = "initiator", _("wants to become an initiator")
    ORGANISATION = "organisation", _("organisation that wants to join")
    BORROW = "borrow", _("wants to borrow a room or a licence")
    WRONG = "wrong", _("something is wrong on a page")
    ACCESSIBILITY = "accessibility", _("a page is hard to use")


class EnquiryChannel(models.TextChoices):
    WEB = "web", _("web")
    PHONE = "phone", _("telephone")
    VISIT = "visit", _("visit")
    EMAIL = "email", _("e-mail")
    EVENT = "event", _("event")


@register
class EnquiryActivity(models.TextChoices):
    RECEIVED = "enquiry_received", _("Came in")
    WRITTEN_DOWN = "enquiry_written_down", _("Written down by staff")
    TAKEN_CARE_OF = "enquiry_taken_care_of", _("Taken care of")
    GIVEN_TO = "enquiry_given_to", _("A colleague answers it")
    HANDED_OVER = "enquiry_handed_over", pgettext_lazy("an enquiry", "Handed over")
    FORGOTTEN = "enquiry_forgotten", _("What was written is deleted")
    OPENED = "enquiry_opened", _("Opened")


@register
class KeyActivity(models.TextChoices):
    LENT = "key_lent", _("Key lent out")
    BACK = "key_back", _("Key is back")
    CALLED_BACK = "key_called_back", _("Key asked back: the weekly time is given up")
    LOST = "key_lost", _("Key lost")
    FOUND = "key_found", _("Key found")


class ArticleKind(models.TextChoices):
    NEWS = "news", _("news")
    PROGRAMME = "programme", _("what the centre does")
    INFORMATION = "information", _("information")


class Role(models.TextChoices):
    COORDINATOR = "coordinator", _("coordinator")
    LEAD = "lead", _("lead")
    ADMINISTRATOR = "administrator", _("administrator")
    STATISTICS = "statistics", _("statistics")


CENTRE_ROLES = (Role.COORDINATOR, Role.LEAD)
NATIONAL_ROLES = (Role.ADMINISTRATOR, Role.STATISTICS)
