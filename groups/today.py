"""What needs staff today. Each tile counts the very rows of the list that it leads to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from centres.access import centres_for, enquiries_for, events_for, keys_for, scope_of, venues_for
from centres.centre_lists import HOLIDAYS, UNCHECKED
from centres.event_lists import WITHOUT_COUNT
from centres.house_lists import HOST_KEYS
from centres.key_lists import OVERDUE
from centres.lists import LAST_CALL, OPEN
from groups import lists
from groups.access import follow_ups_for, groups_for, match_runs_for
from groups.follow_up_lists import DUE, TO_RING
from linkcenter.models import JobRun, User
from linkcenter.named_views import PARAMETER, NamedView
from participants.access import messages_for, registrations_for
from participants.lists import (
    ANOTHER_TIME,
    BY_HAND,
    DRAFTS,
    FAILED,
    FLOOD,
    LEAVING,
    NEW,
    ODD,
    SILENT,
    TALKS,
    TALKS_TO_WRITE_DOWN,
    TRY_AGAIN,
    TWICE,
)

LATE = timedelta(hours=26)  # a night without a run, and some time for a long one


@dataclass(frozen=True)
class Matter:
    """Something that may wait for staff: a named view of a list, with a tile on the start page."""

    view: NamedView
    url_name: str
    words: Any  # a lazy plural
    colour: str = ""
    is_for_administrators: bool = False  # as well as for those who work at a centre

    def rows(self, user: User, today: date) -> QuerySet[Any]:
        """The rows that the tile counts and that its list shows."""
        return self.view.rows(_SCOPED[self.url_name](user), today)

    @property
    def url(self) -> str:
        return f"{reverse(self.url_name)}?{PARAMETER}={self.view.slug}"


_SCOPED = {
    "admin:participants_registration_changelist": registrations_for,
    "admin:groups_selfhelpgroup_changelist": groups_for,
    "admin:groups_matchrun_changelist": match_runs_for,
    "admin:groups_followup_changelist": follow_ups_for,
    "admin:linkcenter_message_changelist": messages_for,
    "admin:centres_enquiry_changelist": enquiries_for,
    "admin:centres_event_changelist": events_for,
    "admin:centres_centre_changelist": centres_for,
    "admin:centres_key_changelist": keys_for,
    "admin:centres_venue_changelist": venues_for,
}
_PEOPLE, _GROUPS, _RUNS, _TO_DO, _MESSAGES, _ENQUIRIES, _EVENTS, _CENTRES, _KEYS, _VENUES = _SCOPED

MATTERS = (
    Matter(NEW, _PEOPLE, ngettext_lazy("new registration", "new registrations"), "warning"),
    Matter(
        TRY_AGAIN,
        _PEOPLE,
        ngettext_lazy("person to try again today", "people to try again today"),
        "warning",
    ),
    Matter(TALKS, _PEOPLE, ngettext_lazy("talk this week", "talks this week"), "info"),
    Matter(
        TALKS_TO_WRITE_DOWN,
        _PEOPLE,
        ngettext_lazy("talk to write down", "talks to write down"),
        "warning",
    ),
    Matter(
        ANOTHER_TIME,
        _PEOPLE,
        ngettext_lazy(
            "person who needs another time for the talk",
            "people who need another time for the talk",
        ),
        "warning",
    ),
    Matter(
        BY_HAND,
        _MESSAGES,
        ngettext_lazy("message to pass on yourself", "messages to pass on yourself"),
        "warning",
    ),
    Matter(
        lists.WAITING,
        _PEOPLE,
        ngettext_lazy("person ready and waiting", "people ready and waiting"),
        "info",
    ),
    Matter(
        lists.QUESTIONS,
        _PEOPLE,
        ngettext_lazy("person asked who has not answered", "people asked who have not answered"),
        "info",
    ),
    Matter(
        lists.SAID_YES,
        _PEOPLE,
        ngettext_lazy("person who said yes to a question", "people who said yes to a question"),
        "success",
    ),
    Matter(
        lists.WOULD_HELP,
        _PEOPLE,
        ngettext_lazy("person who might help groups", "people who might help groups"),
        "info",
    ),
    Matter(
        lists.STOPPED,
        _RUNS,
        ngettext_lazy("set of proposals that stopped", "sets of proposals that stopped"),
        "danger",
    ),
    Matter(
        lists.NOT_LOOKED_AT,
        _RUNS,
        ngettext_lazy("set of proposals to look at", "sets of proposals to look at"),
        "info",
    ),
    Matter(
        SILENT,
        _PEOPLE,
        ngettext_lazy(
            "person who did not answer whether still interested",
            "people who did not answer whether still interested",
        ),
        "warning",
    ),
    Matter(
        lists.TO_ASK,
        _GROUPS,
        ngettext_lazy("group with people to ask", "groups with people to ask"),
        "info",
    ),
    Matter(
        lists.LATE,
        _GROUPS,
        ngettext_lazy(
            "group whose date has come with too few", "groups whose date has come with too few"
        ),
        "warning",
    ),
    Matter(
        lists.ENOUGH,
        _GROUPS,
        ngettext_lazy("group that can be settled", "groups that can be settled"),
        "success",
    ),
    Matter(
        lists.STARTING, _GROUPS, ngettext_lazy("group that starts", "groups that start"), "success"
    ),
    Matter(
        lists.WITHOUT_CONTACT,
        _GROUPS,
        ngettext_lazy("group without a contact", "groups without a contact"),
        "warning",
    ),
    Matter(
        lists.NOT_SAID_IF_USED,
        _GROUPS,
        ngettext_lazy(
            "group that has not said if it uses its time",
            "groups that have not said if they use their time",
        ),
        "warning",
    ),
    Matter(
        TO_RING,
        _TO_DO,
        ngettext_lazy("contact of a group to ring", "contacts of groups to ring"),
        "danger",
    ),
    Matter(
        DUE, _TO_DO, ngettext_lazy("follow-up that is due", "follow-ups that are due"), "warning"
    ),
    Matter(
        lists.GROUP_ASKED,
        _GROUPS,
        ngettext_lazy("group asked about somebody new", "groups asked about somebody new"),
        "info",
    ),
    Matter(
        lists.HAS_ROOM,
        _GROUPS,
        ngettext_lazy("group with room for more", "groups with room for more"),
        "info",
    ),
    Matter(
        lists.BEGUN_AGAIN,
        _GROUPS,
        ngettext_lazy("group that begins again", "groups that begin again"),
        "info",
    ),
    Matter(
        TWICE,
        _PEOPLE,
        ngettext_lazy("person who may be there twice", "people who may be there twice"),
        "info",
    ),
    Matter(
        ODD,
        _PEOPLE,
        ngettext_lazy("registration that looks odd", "registrations that look odd"),
        "warning",
    ),
    Matter(
        FLOOD,
        _PEOPLE,
        ngettext_lazy("registration in a flood", "registrations in a flood"),
        "danger",
    ),
    Matter(
        LEAVING,
        _PEOPLE,
        ngettext_lazy("person who is soon deleted", "people who are soon deleted"),
        "info",
    ),
    Matter(DRAFTS, _MESSAGES, ngettext_lazy("draft to look at", "drafts to look at"), "warning"),
    Matter(FAILED, _MESSAGES, ngettext_lazy("e-mail that failed", "e-mails that failed"), "danger"),
    Matter(
        OPEN,
        _ENQUIRIES,
        ngettext_lazy("enquiry to answer", "enquiries to answer"),
        "warning",
        is_for_administrators=True,
    ),
    Matter(
        LAST_CALL,
        _ENQUIRIES,
        ngettext_lazy("enquiry that is soon deleted", "enquiries that are soon deleted"),
        "danger",
        is_for_administrators=True,
    ),
    Matter(
        WITHOUT_COUNT,
        _EVENTS,
        ngettext_lazy("past event without a head count", "past events without a head count"),
        "info",
    ),
    Matter(
        OVERDUE,
        _KEYS,
        ngettext_lazy("key that is overdue", "keys that are overdue"),
        "warning",
    ),
    Matter(
        HOST_KEYS,
        _VENUES,
        ngettext_lazy("host key to change", "host keys to change"),
        "info",
        is_for_administrators=True,
    ),
    Matter(
        HOLIDAYS,
        _CENTRES,
        ngettext_lazy(
            "centre with holidays to look through", "centres with holidays to look through"
        ),
        "warning",
        is_for_administrators=True,
    ),
    Matter(
        UNCHECKED,
        _CENTRES,
        ngettext_lazy("page of a centre to check", "pages of centres to check"),
        "info",
        is_for_administrators=True,
    ),
)


@dataclass(frozen=True)
class Tile:
    """One matter on the start page: how many rows, in words, and the list of them."""

    count: int
    words: str
    url: str
    colour: str


def tiles(user: User, *, today: date) -> list[Tile]:
    """A tile for each matter of the user's, with nothing but the rows of their own centres."""
    is_at_work = bool(scope_of(user).centre_ids)
    return [
        Tile(
            count=(count := matter.rows(user, today).count()),
            words=matter.words % count,
            url=matter.url,
            colour=matter.colour if count else "",
        )
        for matter in MATTERS
        if is_at_work or matter.is_for_administrators
    ]


NIGHTLY = {
    "centres.book_ahead": _("Books the weekly times a year ahead"),
    "groups.expire_unanswered": _("Frees places that nobody answered for"),
    "groups.remind": _("Reminds those who have not answered, once"),
    "groups.look_after": _("Asks groups if they use their time, and ends their breaks"),
    "groups.ask_who_waits": _("Asks who has waited long if they are still interested"),
    "groups.tell_numbers": _("Tells the numbers of a half-year that is over"),
    "participants.remind": _("Reminds people once a year of what they have said yes to"),
    "linkcenter.retention": _("Deletes what has been kept long enough"),
}


@dataclass(frozen=True)
class Job:
    """A nightly job: what it does, when it last ended, and whether that is too long ago."""

    does: str | Promise
    finished_at: datetime | None
    is_late: bool


def jobs(*, now: datetime) -> Iterator[Job]:
    """The heartbeat of every nightly job, in one query."""
    ended = JobRun.objects.filter(job__in=NIGHTLY, dry=False).values_list("job")
    last = dict(ended.annotate(last=Max("finished_at")))
    for job, does in NIGHTLY.items():
        finished_at = last.get(job)
        yield Job(does, finished_at, finished_at is None or now - finished_at > LATE)
