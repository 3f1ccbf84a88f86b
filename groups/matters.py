"""What may wait for staff: each matter is a named view of a list, and how much it hurries."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.admin import site
from django.db.models import QuerySet, TextChoices
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from centres.access import centres_for, enquiries_for, events_for, keys_for, venues_for
from centres.admin.scope import AT
from centres.centre_lists import HOLIDAYS, UNCHECKED
from centres.event_lists import WITHOUT_COUNT
from centres.house_lists import HOST_KEYS
from centres.key_lists import OVERDUE
from centres.lists import LAST_CALL, OPEN
from centres.rights import Right
from groups import lists
from groups.access import follow_ups_for, groups_for, match_runs_for
from groups.follow_up_lists import DUE, TO_RING
from linkcenter.models import User
from linkcenter.named_views import PARAMETER, NamedView
from participants.access import messages_for, registrations_for
from participants.domain.looking_through import readings_for
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
from participants.reading_lists import TO_LOOK_THROUGH
from participants.whose import MINE, WHOSE, whose


class Urgency(TextChoices):
    """How much a matter hurries, by the colour of its mark; the first is the most urgent."""

    NOW = "danger", _("Cannot wait")
    TODAY = "warning", _("Needs you today")
    READY = "success", _("Ready for the next step")
    KNOW = "info", _("Good to know")


@dataclass(frozen=True)
class Only:
    """What the start page is narrowed to, as the lists are by their filters of the same name."""

    centre_id: int | None = None
    mine: bool = False

    @property
    def query(self) -> dict[str, str]:
        at = {AT: str(self.centre_id)} if self.centre_id else {}
        return at | ({WHOSE: MINE} if self.mine else {})


ALL = Only()


@dataclass(frozen=True)
class Matter:
    """Something that may wait for staff: a named view of a list, with a tile on the start page."""

    view: NamedView
    url_name: str
    words: Any  # a lazy plural
    urgency: Urgency
    is_for_administrators: bool = False  # as well as for those who work at a centre
    needs: Right | None = None  # only those who hold it somewhere see the tile

    def rows(self, user: User, today: date, only: Only = ALL) -> QuerySet[Any]:
        """The rows that the tile counts and that its list shows."""
        rows = _SCOPED[self.url_name](user)
        if only.centre_id:
            page: Any = site.get_model_admin(rows.model)
            rows = page.at_centre(rows, only.centre_id)
        if only.mine:
            rows = _MINE[self.url_name](rows, user)
        return self.view.rows(rows, today)

    @property
    def url(self) -> str:
        return self.url_of(ALL)

    def url_of(self, only: Only) -> str:
        query = {PARAMETER: self.view.slug, **only.query}
        return f"{reverse(self.url_name)}?{urlencode(query)}"

    @property
    def is_somebodys(self) -> bool:
        """Whether each of its rows may be the matter of one of the staff."""
        return self.url_name in _MINE


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
    "admin:participants_readlog_changelist": readings_for,
}
_MINE: dict[str, Callable[[Any, User], Any]] = {
    "admin:participants_registration_changelist": lambda rows, user: whose(rows, MINE, user),
    "admin:groups_followup_changelist": lambda rows, user: rows.filter(owner=user),
}
_PEOPLE, _GROUPS, _RUNS, _TO_DO, _MESSAGES, _ENQUIRIES, *_REST = _SCOPED
_EVENTS, _CENTRES, _KEYS, _VENUES, _READINGS = _REST

MATTERS = (
    Matter(NEW, _PEOPLE, ngettext_lazy("new registration", "new registrations"), Urgency.TODAY),
    Matter(
        TRY_AGAIN,
        _PEOPLE,
        ngettext_lazy("person to try again today", "people to try again today"),
        Urgency.TODAY,
    ),
    Matter(TALKS, _PEOPLE, ngettext_lazy("talk this week", "talks this week"), Urgency.KNOW),
    Matter(
        TALKS_TO_WRITE_DOWN,
        _PEOPLE,
        ngettext_lazy("talk to write down", "talks to write down"),
        Urgency.TODAY,
    ),
    Matter(
        ANOTHER_TIME,
        _PEOPLE,
        ngettext_lazy(
            "person who needs another time for the talk",
            "people who need another time for the talk",
        ),
        Urgency.TODAY,
    ),
    Matter(
        BY_HAND,
        _MESSAGES,
        ngettext_lazy("message to pass on yourself", "messages to pass on yourself"),
        Urgency.TODAY,
    ),
    Matter(
        lists.WAITING,
        _PEOPLE,
        ngettext_lazy("person ready and waiting", "people ready and waiting"),
        Urgency.KNOW,
    ),
    Matter(
        lists.QUESTIONS,
        _PEOPLE,
        ngettext_lazy("person asked who has not answered", "people asked who have not answered"),
        Urgency.KNOW,
    ),
    Matter(
        lists.SAID_YES,
        _PEOPLE,
        ngettext_lazy("person who said yes to a question", "people who said yes to a question"),
        Urgency.READY,
    ),
    Matter(
        lists.WOULD_HELP,
        _PEOPLE,
        ngettext_lazy("person who might help groups", "people who might help groups"),
        Urgency.KNOW,
    ),
    Matter(
        lists.STOPPED,
        _RUNS,
        ngettext_lazy("set of proposals that stopped", "sets of proposals that stopped"),
        Urgency.NOW,
    ),
    Matter(
        lists.NOT_LOOKED_AT,
        _RUNS,
        ngettext_lazy("set of proposals to look at", "sets of proposals to look at"),
        Urgency.READY,
    ),
    Matter(
        SILENT,
        _PEOPLE,
        ngettext_lazy(
            "person who did not answer whether still interested",
            "people who did not answer whether still interested",
        ),
        Urgency.TODAY,
    ),
    Matter(
        lists.TO_ASK,
        _GROUPS,
        ngettext_lazy("group with people to ask", "groups with people to ask"),
        Urgency.READY,
    ),
    Matter(
        lists.ASKING,
        _GROUPS,
        ngettext_lazy(
            "group where somebody has not answered", "groups where somebody has not answered"
        ),
        Urgency.KNOW,
    ),
    Matter(
        lists.EXPIRING,
        _GROUPS,
        ngettext_lazy("group where an answer is soon due", "groups where an answer is soon due"),
        Urgency.TODAY,
    ),
    Matter(
        lists.ONE_MORE,
        _GROUPS,
        ngettext_lazy("group that needs one more", "groups that need one more"),
        Urgency.READY,
    ),
    Matter(
        lists.LATE,
        _GROUPS,
        ngettext_lazy(
            "group whose date has come with too few", "groups whose date has come with too few"
        ),
        Urgency.TODAY,
    ),
    Matter(
        lists.ENOUGH,
        _GROUPS,
        ngettext_lazy("group that can be settled", "groups that can be settled"),
        Urgency.READY,
    ),
    Matter(
        lists.STARTING,
        _GROUPS,
        ngettext_lazy("group that starts", "groups that start"),
        Urgency.READY,
    ),
    Matter(
        lists.STARTS_SOON,
        _GROUPS,
        ngettext_lazy("group that starts this week", "groups that start this week"),
        Urgency.KNOW,
    ),
    Matter(
        lists.WITHOUT_CONTACT,
        _GROUPS,
        ngettext_lazy("group without a contact", "groups without a contact"),
        Urgency.TODAY,
    ),
    Matter(
        lists.NOT_SAID_IF_USED,
        _GROUPS,
        ngettext_lazy(
            "group that has not said if it uses its time",
            "groups that have not said if they use their time",
        ),
        Urgency.TODAY,
    ),
    Matter(
        TO_RING,
        _TO_DO,
        ngettext_lazy("contact of a group to ring", "contacts of groups to ring"),
        Urgency.NOW,
    ),
    Matter(
        DUE,
        _TO_DO,
        ngettext_lazy("follow-up that is due", "follow-ups that are due"),
        Urgency.TODAY,
    ),
    Matter(
        lists.GROUP_ASKED,
        _GROUPS,
        ngettext_lazy("group asked about somebody new", "groups asked about somebody new"),
        Urgency.KNOW,
    ),
    Matter(
        lists.HAS_ROOM,
        _GROUPS,
        ngettext_lazy("group with room for more", "groups with room for more"),
        Urgency.KNOW,
    ),
    Matter(
        lists.BEGUN_AGAIN,
        _GROUPS,
        ngettext_lazy("group that begins again", "groups that begin again"),
        Urgency.KNOW,
    ),
    Matter(
        TWICE,
        _PEOPLE,
        ngettext_lazy("person who may be there twice", "people who may be there twice"),
        Urgency.KNOW,
    ),
    Matter(
        ODD,
        _PEOPLE,
        ngettext_lazy("registration that looks odd", "registrations that look odd"),
        Urgency.TODAY,
    ),
    Matter(
        FLOOD,
        _PEOPLE,
        ngettext_lazy("registration in a flood", "registrations in a flood"),
        Urgency.NOW,
    ),
    Matter(
        LEAVING,
        _PEOPLE,
        ngettext_lazy("person who is soon deleted", "people who are soon deleted"),
        Urgency.KNOW,
    ),
    Matter(
        TO_LOOK_THROUGH,
        _READINGS,
        ngettext_lazy("opening to look through", "openings to look through"),
        Urgency.KNOW,
        needs=Right.SEE_READERS,
    ),
    Matter(
        DRAFTS, _MESSAGES, ngettext_lazy("draft to look at", "drafts to look at"), Urgency.TODAY
    ),
    Matter(
        FAILED, _MESSAGES, ngettext_lazy("e-mail that failed", "e-mails that failed"), Urgency.NOW
    ),
    Matter(
        OPEN,
        _ENQUIRIES,
        ngettext_lazy("enquiry to answer", "enquiries to answer"),
        Urgency.TODAY,
        is_for_administrators=True,
    ),
    Matter(
        LAST_CALL,
        _ENQUIRIES,
        ngettext_lazy("enquiry that is soon deleted", "enquiries that are soon deleted"),
        Urgency.NOW,
        is_for_administrators=True,
    ),
    Matter(
        WITHOUT_COUNT,
        _EVENTS,
        ngettext_lazy("past event without a head count", "past events without a head count"),
        Urgency.KNOW,
    ),
    Matter(
        OVERDUE,
        _KEYS,
        ngettext_lazy("key that is overdue", "keys that are overdue"),
        Urgency.TODAY,
    ),
    Matter(
        HOST_KEYS,
        _VENUES,
        ngettext_lazy("host key to change", "host keys to change"),
        Urgency.KNOW,
        is_for_administrators=True,
    ),
    Matter(
        HOLIDAYS,
        _CENTRES,
        ngettext_lazy(
            "centre with holidays to look through", "centres with holidays to look through"
        ),
        Urgency.TODAY,
        is_for_administrators=True,
    ),
    Matter(
        UNCHECKED,
        _CENTRES,
        ngettext_lazy("page of a centre to check", "pages of centres to check"),
        Urgency.KNOW,
        is_for_administrators=True,
    ),
)
