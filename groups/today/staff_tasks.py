"""What a task of staff is: a named view of a list, and how much it hurries."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.admin import site
from django.db.models import QuerySet, TextChoices
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from centres.access import Right, centres_for, enquiries_for, events_for, keys_for, venues_for
from centres.admin.list_filters import AT
from groups.access import follow_ups_for, groups_for, match_runs_for
from linkcenter.admin.named_views import PARAMETER, NamedView
from linkcenter.models import User
from participants.access import messages_for, readings_for, registrations_for
from participants.responsible import MINE, RESPONSIBLE, of_responsible

# The lists, by the names of their addresses.
PEOPLE = "admin:participants_registration_changelist"
GROUPS = "admin:groups_selfhelpgroup_changelist"
RUNS = "admin:groups_matchrun_changelist"
FOLLOW_UPS = "admin:groups_followup_changelist"
MESSAGES = "admin:linkcenter_message_changelist"
ENQUIRIES = "admin:centres_enquiry_changelist"
EVENTS = "admin:centres_event_changelist"
CENTRES = "admin:centres_centre_changelist"
KEYS = "admin:centres_key_changelist"
VENUES = "admin:centres_venue_changelist"
READINGS = "admin:participants_readlog_changelist"


class Urgency(TextChoices):
    """How much a task hurries, by the colour of its mark; the first is the most urgent."""

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
        return at | ({RESPONSIBLE: MINE} if self.mine else {})


ALL = Only()


@dataclass(frozen=True)
class StaffTask:
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
        """Whether each of its rows may be the task of one of the staff."""
        return self.url_name in _MINE


_SCOPED = {
    PEOPLE: registrations_for,
    GROUPS: groups_for,
    RUNS: match_runs_for,
    FOLLOW_UPS: follow_ups_for,
    MESSAGES: messages_for,
    ENQUIRIES: enquiries_for,
    EVENTS: events_for,
    CENTRES: centres_for,
    KEYS: keys_for,
    VENUES: venues_for,
    READINGS: readings_for,
}
_MINE: dict[str, Callable[[Any, User], Any]] = {
    PEOPLE: lambda rows, user: of_responsible(rows, MINE, user),
    FOLLOW_UPS: lambda rows, user: rows.filter(owner=user),
}
