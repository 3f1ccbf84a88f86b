"""Taking a list out as a file: what may stand in it, and that it is written down for each person.

A file is out of our hands. So there are few lists, each with a closed set of columns: never a
theme, a message, a note, or anything else of what somebody carries.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centres.access import scope_of
from centres.domain.staff.exporting import centres_to_take_out_of
from centres.models import Centre
from centres.states import Role
from centres.week import label
from groups.domain.errors import GroupError
from groups.lists.groups import GROUP_VIEWS
from groups.lists.people import REGISTRATION_VIEWS, WAITING
from groups.models import Export, SelfHelpGroup
from groups.states import ExportList
from linkcenter.models import User
from linkcenter.phones import show_phone
from linkcenter.spreadsheets import as_csv
from participants.domain.messages.by_hand import Call, calls_today
from participants.domain.read_log import note
from participants.models import Participant, Registration
from participants.states import Door, ReadReason

REASONS = (
    ReadReason.RINGING,
    ReadReason.MEETING,
    ReadReason.FINDING_GROUP,
    ReadReason.REPORTING,
    ReadReason.ASKED,
    ReadReason.SAFETY,
)


class MayNot(GroupError):
    message = gettext_lazy("You may not take out lists here. Whoever leads the centre can let you.")


class NoColumns(GroupError):
    message = gettext_lazy("Choose at least one column.")


@dataclass(frozen=True)
class Column:
    """Something of each row, as it stands in the file."""

    name: str
    title: str | Promise
    tell: Callable[[Any], object]
    is_ticked: bool = True


@dataclass(frozen=True)
class Listing:
    """One list: its rows at a centre, what may be told of them, and whom a row is about."""

    columns: tuple[Column, ...]
    rows: Callable[[Centre, User, date], Iterable[Any]]
    person: Callable[[Any], object] = lambda row: None


def _day(moment: Any) -> str:
    if isinstance(moment, datetime):
        moment = timezone.localdate(moment)
    return date_format(moment, "SHORT_DATE_FORMAT") if moment else ""


def _yes_no(value: bool) -> str:
    return _("yes") if value else _("no")


def _of_person(tell: Callable[[Any], object]) -> Callable[[Any], object]:
    return lambda registration: tell(registration.participant)


def _reach(of: Callable[[Callable[[Any], object]], Callable[[Any], object]]) -> tuple[Column, ...]:
    """How to reach somebody. Name and number are not ticked beforehand."""
    return (
        Column("first_name", gettext_lazy("first name"), of(lambda one: one.first_name), False),
        Column("phone", gettext_lazy("phone"), of(lambda one: show_phone(one.phone or "")), False),
        Column("safe_times", gettext_lazy("safe times to call"), of(lambda one: one.safe_times)),
        Column(
            "may_leave_message",
            gettext_lazy("may we leave a message"),
            of(lambda one: _yes_no(one.may_leave_message)),
        ),
    )


def _waiting(centre: Centre, by: User, today: date) -> Iterable[Any]:
    rows = WAITING.rows(Registration.objects.filter(participant__centre=centre), today)
    return rows.select_related("participant", "responsible").order_by("registered_at", "pk")


def _calls(centre: Centre, by: User, today: date) -> Iterable[Any]:
    calls = calls_today(by, today=today)
    people = [call for call in calls if isinstance(call.recipient, Participant)]
    return [call for call in people if call.recipient.centre_id == centre.pk]


def _groups(centre: Centre, by: User, today: date) -> Iterable[Any]:
    rows = SelfHelpGroup.objects.filter(centre=centre).select_related("slot__venue", "centre")
    return rows.with_seat_counts().order_by("name", "pk")


def _numbers(centre: Centre, by: User, today: date) -> Iterable[Any]:
    people = Registration.objects.filter(participant__centre=centre)
    for about, views, rows in (
        (_("People"), REGISTRATION_VIEWS, people),
        (_("Groups"), GROUP_VIEWS, SelfHelpGroup.objects.filter(centre=centre)),
    ):
        for view in views:
            yield about, str(view.title), view.rows(rows, today).count()


def _why(call: Call) -> str:
    return ", ".join(dict.fromkeys(str(why) for why, _words in call.to_say))


LISTINGS = {
    ExportList.WAITING: Listing(
        (
            Column("reference", gettext_lazy("reference"), _of_person(lambda one: one.reference)),
            *_reach(_of_person),
            Column("email", gettext_lazy("e-mail"), _of_person(lambda one: one.email), False),
            Column("registered", gettext_lazy("registered"), lambda row: _day(row.registered_at)),
            Column("format", gettext_lazy("how to meet"), lambda row: row.get_format_display()),
            Column(
                "availability",
                gettext_lazy("can meet"),
                lambda row: ", ".join(str(label(slot)) for slot in row.availability),
            ),
            Column(
                "responsible",
                gettext_lazy("responsible"),
                lambda row: row.responsible.name if row.responsible else "",
            ),
        ),
        _waiting,
        lambda row: row.participant,
    ),
    ExportList.CALLS: Listing(
        (
            Column("reference", gettext_lazy("reference"), lambda call: call.recipient.reference),
            *_reach(lambda tell: lambda call: tell(call.recipient)),
            Column("why", gettext_lazy("why"), _why),
        ),
        _calls,
        lambda call: call.recipient,
    ),
    ExportList.GROUPS: Listing(
        (
            Column("name", gettext_lazy("name"), lambda group: group.name),
            Column("state", gettext_lazy("state"), lambda group: group.get_state_display()),
            Column(
                "when",
                gettext_lazy("weekly time"),
                lambda group: group.slot.week_slot_label if group.slot else "",
            ),
            Column(
                "where",
                gettext_lazy("place"),
                lambda group: group.slot.venue.name if group.slot else "",
            ),
            Column("first", gettext_lazy("first date"), lambda group: _day(group.first_date)),
            Column("people", gettext_lazy("people"), lambda group: group.people_count),
            Column(
                "yes",
                gettext_lazy("said yes"),
                lambda group: group.yes_count if group.is_forming else "",
            ),
        ),
        _groups,
    ),
    ExportList.NUMBERS: Listing(
        (
            Column("about", gettext_lazy("about"), lambda row: row[0]),
            Column("view", gettext_lazy("view"), lambda row: row[1]),
            Column("number", gettext_lazy("number"), lambda row: row[2]),
        ),
        _numbers,
    ),
}


@transaction.atomic
def take_out(
    what: ExportList,
    *,
    centre: Centre,
    columns: Collection[str],
    reason: ReadReason,
    by: User,
    now: datetime | None = None,
) -> str:
    """The file, as text; that it was taken out is written down first, for each person in it.

    Raises ``MayNot`` or ``NoColumns``.
    """
    now = now or timezone.now()
    if not centres_to_take_out_of(by).filter(pk=centre.pk).exists():
        raise MayNot
    listing = LISTINGS[what]
    chosen = [column for column in listing.columns if column.name in columns]
    if not chosen:
        raise NoColumns
    rows = list(listing.rows(centre, by, timezone.localdate(now)))
    people = [person for row in rows if isinstance(person := listing.person(row), Participant)]
    leads = centre.pk in scope_of(by).lead_ids
    Export.objects.create(
        centre=centre,
        by=by,
        role=Role.LEAD if leads else Role.COORDINATOR,
        at=now,
        what=what,
        reason=reason,
        columns=[column.name for column in chosen],
        rows=len(rows),
    )
    note(by, [person.pk for person in people], door=Door.EXPORT, reason=reason, now=now)
    lines = ([column.tell(row) for column in chosen] for row in rows)
    return as_csv([[column.title for column in chosen], *lines])
