"""What is counted for each centre and half-year, and in which parts it is told.

Of every table a rest is never told by itself: those who did not say, and the part that a table
does not name below, often the usual one. ``groups.statistics.suppression`` needs it.

Source: what LINK centres, their funders and the like abroad report each year (enquiries by way and
kind, talks, outcomes, groups, places, who came from where, events, rooms and licences, initiators).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from centres.models import Municipality
from centres.states import EnquiryChannel, EnquiryKind, EventKind
from groups.match_input import AGE_BANDS
from groups.states import GroupEndReason, NoReason
from groups.statistics.suppression import Layout
from participants.models import Theme
from participants.states import (
    CloseReason,
    EntryChannel,
    Gender,
    HeardFrom,
    Role,
    TalkOutcome,
)

Words = str | Promise
Parts = Callable[[], Iterable[tuple[str, Words]]]

# Told beside the counts: the days that half of those with a place waited, in whole weeks. In days,
# so that no number from 1 to 4 stands anywhere in what is told.
WAIT = "days_waited"
FEWEST_FOR_WAIT = 10  # as on the page of somebody who waits


@dataclass(frozen=True)
class Table:
    """One way to divide a measure. ``parts`` are told, and what is not among them is the rest."""

    title: Words
    parts: Parts
    is_divided: bool = True  # else one person may be in several parts, and no rest is told


@dataclass(frozen=True)
class Measure:
    """One thing that is counted."""

    title: Words
    tables: Mapping[str, Table] = field(default_factory=dict)
    only_with: str = ""


def _choices(*chosen: tuple[str, Words]) -> Parts:
    return lambda: chosen


def _but(choices: Iterable[tuple[str, Words]], *rest: str) -> Parts:
    """The choices without those that are left in the rest."""
    told = [(value, words) for value, words in choices if value not in rest]
    return lambda: told


def _themes() -> Iterable[tuple[str, Words]]:
    return [(theme.slug, theme.name) for theme in Theme.objects.all()]


def municipalities() -> Iterable[tuple[str, Words]]:
    return Municipality.objects.order_by("number").values_list("number", "name")


def bands() -> Iterable[tuple[str, Words]]:
    """The age bands of the matcher."""
    return [(band, band.replace("-", "–")) for band in AGE_BANDS]


PLACE = Table(_("Municipality"), municipalities)
HOLDERS = Table(_("Used by"), _choices(("lent", _("other organisations")), ("event", _("events"))))

PEOPLE = {
    "enquiries": Measure(
        _("Enquiries"),
        {
            "channel": Table(_("How they came"), _but(EnquiryChannel.choices, EnquiryChannel.WEB)),
            "kind": Table(
                _("What they were about"),
                _but(
                    EnquiryKind.choices,
                    *(EnquiryKind.QUESTION, EnquiryKind.WRONG, EnquiryKind.ACCESSIBILITY),
                ),
            ),
            "municipality": PLACE,
        },
    ),
    "registrations": Measure(
        _("People who registered"),
        {
            "channel": Table(_("How they came"), _but(EntryChannel.choices, EntryChannel.WEB)),
            "heard_from": Table(_("Heard of us from"), _but(HeardFrom.choices, HeardFrom.OTHER)),
            "role": Table(_("For whom"), _but(Role.choices, Role.OWN)),
            "gender": Table(_("Gender"), _but(Gender.choices, Gender.OTHER)),
            "age": Table(_("Age"), bands),
            "municipality": PLACE,
            "theme": Table(_("Themes, as many as they like"), _themes, is_divided=False),
        },
    ),
    "talks": Measure(
        _("Talks held"),
        {
            "outcome": Table(
                _("What came of them"), _but(TalkOutcome.choices, *("no_answer", "again"))
            )
        },
    ),
    "closed": Measure(
        _("Cases closed"),
        {
            "reason": Table(
                _("Why"), _but(CloseReason.choices, CloseReason.DUPLICATE, CloseReason.DONE)
            )
        },
    ),
}
GROUPS = {
    "asked": Measure(_("People asked to join a group")),
    "no": Measure(_("Said no"), {"reason": Table(_("Why"), _but(NoReason.choices))}),
    "places": Measure(_("Places given in groups"), {"municipality": PLACE}),
    "started": Measure(_("Groups that started")),
    "running": Measure(_("Groups that met at the end of the half-year")),
    "ended": Measure(
        _("Groups that ended"),
        {
            "reason": Table(
                _("Why"),
                _but(GroupEndReason.choices, GroupEndReason.LET_GO, GroupEndReason.OTHER),
            )
        },
    ),
    "meetings": Measure(_("Meetings of groups with a head count")),
    "heads": Measure(_("People at these meetings, in all"), only_with="meetings"),
}
HOUSE = {
    "events": Measure(
        _("Events held"), {"kind": Table(_("What kind"), _but(EventKind.choices, "other"))}
    ),
    "came": Measure(_("People at events, in all"), only_with="events"),
    "rooms": Measure(_("Times that rooms were used"), {"holder": HOLDERS}),
    "room_hours": Measure(_("Hours in rooms"), only_with="rooms"),
    "licences": Measure(_("Times that video licences were used"), {"holder": HOLDERS}),
    "licence_hours": Measure(_("Hours with video licences"), only_with="licences"),
    "keys": Measure(_("Keys lent")),
    "trained": Measure(_("Initiators trained")),
    "active": Measure(_("Initiators active at the end of the half-year")),
}
SECTIONS: dict[Words, dict[str, Measure]] = {
    pgettext_lazy("numbers", "People"): PEOPLE,
    pgettext_lazy("numbers", "Groups"): GROUPS,
    pgettext_lazy("numbers", "Events, rooms and helpers"): HOUSE,
}
MEASURES = PEOPLE | GROUPS | HOUSE
WAIT_TITLE = _("Half of them had waited for at least")


def layouts() -> list[Layout]:
    """Every measure as it is told. Reads the municipalities and the themes."""
    return [
        Layout(
            code,
            {
                name: [value for value, _words in table.parts()]
                for name, table in measure.tables.items()
            },
            measure.only_with,
        )
        for code, measure in MEASURES.items()
    ]
