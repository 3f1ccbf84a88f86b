"""The named views of the lists of people, of messages, and of the log of readings."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linkcenter.admin.named_views import NamedView
from linkcenter.database.among import among
from linkcenter.messages.outbox import KEEP_TEXT
from linkcenter.models import MessageState
from linkcenter.personal_data.register import register
from participants.domain.read_log import NOT_OWN, TAKEN_OUT, to_look_through
from participants.domain.retention import in_a_week
from participants.models import Participant
from participants.states import Door, RegistrationState

OLDEST_FIRST = ("registered_at", "pk")
NEWEST_FIRST = ("-registered_at", "-pk")


def _leaving(rows: Any, night: datetime) -> Any:
    """Those whom any of the rules takes by then, whichever app it is in."""
    # As numbers: from a subquery PostgreSQL cannot tell how few they are, and reads everybody.
    centres = list(rows.centres().values_list("pk", flat=True))
    due = [
        people.filter(centre__in=centres).order_by().values("pk")
        for people in register.due(Participant, night)
    ]
    people = Participant.objects.none().union(*due)
    return rows.filter(among(people, field="participant"))


NEW = NamedView(
    slug="new",
    title=_("New"),
    help=_("Nobody has tried to reach them yet. Call, and write down how it went."),
    rows=lambda rows, today: rows.new(),
    ordering=OLDEST_FIRST,
)
IN_CONTACT = NamedView(
    slug="contact",
    title=_("In contact"),
    help=_("Somebody has tried or talked with them. They are not ready for a group yet."),
    rows=lambda rows, today: rows.in_contact(),
    ordering=OLDEST_FIRST,
)
TRY_AGAIN = NamedView(
    slug="again",
    title=_("Try again"),
    help=_("The day you set for the next try has come."),
    rows=lambda rows, today: rows.to_try_again(today),
    ordering=OLDEST_FIRST,
)
TALKS = NamedView(
    slug="talks",
    title=_("Talks this week"),
    help=_("Booked for today and the six days to come, the next one first."),
    rows=lambda rows, today: rows.talks_to_come(timezone.now()),
    ordering=("talk_at", "pk"),
)
TALKS_TO_WRITE_DOWN = NamedView(
    slug="talked",
    title=_("How did the talk go?"),
    help=_("The time of the talk is over. Write down how it went, also if nobody came."),
    rows=lambda rows, today: rows.talks_to_write_down(timezone.now()),
    ordering=("talk_at", "pk"),
    is_rare=True,
)
ANOTHER_TIME = NamedView(
    slug="other-time",
    title=_("Another time for the talk"),
    help=_("The time did not suit them. Their page says what does. Book another one."),
    rows=lambda rows, today: rows.want_another_time(),
    ordering=("talk_declined_at", "pk"),
    is_rare=True,
)
TWICE = NamedView(
    slug="twice",
    title=_("Perhaps twice"),
    help=_("They share a phone number or an e-mail address. Two in one home is normal: ask."),
    rows=lambda rows, today: rows.perhaps_twice(),
    ordering=OLDEST_FIRST,
    is_rare=True,
)
SILENT = NamedView(
    slug="silent",
    title=_("Not heard from"),
    help=_("Asked if they are still interested, and no answer. Ring, and note it on their page."),
    rows=lambda rows, today: rows.without_answer(today),
    ordering=OLDEST_FIRST,
    is_rare=True,
)
LEAVING = NamedView(
    slug="leaving",
    title=_("Deleted soon"),
    help=_("Deleted within a week, unless you keep them for six more months on their page."),
    rows=lambda rows, today: _leaving(rows, in_a_week(today)),
    ordering=OLDEST_FIRST,
    is_rare=True,
)
CLOSED = NamedView(
    slug="closed",
    title=pgettext_lazy("registration", "Closed"),
    help=_("Finished here, with the reason. They can register again."),
    rows=lambda rows, today: rows.filter(state=RegistrationState.CLOSED),
    ordering=NEWEST_FIRST,
)

ODD = NamedView(
    slug="odd",
    title=_("Looks odd"),
    help=_("Perhaps a program filled these in. Have a look, and say whether it is a person."),
    rows=lambda rows, today: rows.to_look_at(),
    ordering=OLDEST_FIRST,
    is_rare=True,
)
FLOOD = NamedView(
    slug="flood",
    title=_("A lot at once"),
    help=_("Far more than usual came in one day. Have a look, and tell the others at LINK."),
    rows=lambda rows, today: rows.in_a_flood(timezone.now()),
    ordering=NEWEST_FIRST,
    is_rare=True,
)

DRAFTS = NamedView(
    slug="drafts",
    title=_("Drafts"),
    help=_("They wait until you send them, or say that they no longer hold. Read them first."),
    rows=lambda rows, today: rows.to_look_at(),
)
BY_HAND = NamedView(
    slug="by-hand",
    title=_("To tell by hand"),
    help=_("No e-mail will do it: ring, send a text message or write. Then tick it off."),
    rows=lambda rows, today: rows.ring_instead().filter(stale=False),
)
FAILED = NamedView(
    slug="failed",
    title=_("Failed"),
    help=_("The mail server did not take these e-mails. Tell the person in another way."),
    rows=lambda rows, today: rows.filter(state=MessageState.FAILED),
)
QUEUED = NamedView(
    slug="queued",
    title=_("On their way"),
    help=_("The worker sends these within a minute."),
    rows=lambda rows, today: rows.filter(state=MessageState.QUEUED),
)
STALE = NamedView(
    slug="stale",
    title=_("Out of date"),
    help=_("Something has changed since they were written. Write them again, or drop them."),
    rows=lambda rows, today: rows.filter(stale=True),
)
SENT = NamedView(
    slug="sent",
    title=_("Sent lately"),
    help=_("Sent in the last 30 days, or told by hand. Then the text is removed."),
    rows=lambda rows, today: rows.filter(
        state=MessageState.SENT, sent_at__date__gt=today - KEEP_TEXT
    ),
)
MESSAGE_VIEWS = (
    DRAFTS,
    BY_HAND,
    FAILED,
    STALE,
    QUEUED,
    SENT,
)

TO_LOOK_THROUGH = NamedView(
    slug="look",
    title=_("To look through"),
    help=_(
        "Cases of colleagues and lists taken out, of the months that are over. Do you wonder"
        " about one? Ask who did it. Then say that you have looked."
    ),
    rows=to_look_through,
)
NOT_THEIR_OWN = NamedView(
    slug="others",
    title=_("Cases of colleagues"),
    help=_("Somebody opened a case that a colleague is responsible for, and said why."),
    rows=lambda rows, today: rows.filter(NOT_OWN).exclude(TAKEN_OUT),
)
SEARCHES = NamedView(
    slug="searches",
    title=_("Searches"),
    help=_("Whom a search has found."),
    rows=lambda rows, today: rows.filter(door=Door.SEARCH),
)
FILES = NamedView(
    slug="files",
    title=_("Taken out"),
    help=_("Who stood on a list that was taken out as a file, and why."),
    rows=lambda rows, today: rows.filter(TAKEN_OUT),
)
READING_VIEWS = (TO_LOOK_THROUGH, NOT_THEIR_OWN, SEARCHES, FILES)
