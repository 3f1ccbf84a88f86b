"""Who waits longest, by what they wish for, so that those who are hard to place are not forgotten.

For staff of the centre alone, who may see everybody that is counted here.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centres.models import Centre
from centres.week import WEEK_SLOTS, label
from groups.match_input import waiting_without_seat
from participants.models import Registration, Theme
from participants.states import GroupKind, MeetingFormat, SpokenLanguage

MOST_PEOPLE = 10
BAR = 100  # the longest bar, in units of the picture


@dataclass(frozen=True)
class Bar:
    """Those who wish for one thing: how many wait, and for how many days."""

    words: str | Promise
    wish: str  # by which the list shows exactly them: "3:slot:tue-evening"
    people: int
    median: int
    longest: int
    length: int  # of the bar for the median, of ``BAR``


@dataclass(frozen=True)
class Chart:
    """One way of dividing those who wait. Somebody may be in several of its bars."""

    title: str | Promise
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class FairnessPage:
    """The charts, and the people who have waited longest with the days."""

    people: int
    charts: tuple[Chart, ...]
    longest: tuple[tuple[Registration, int], ...]


Wishes = Callable[[Registration], Iterable[str]]


def fairness_page(centre: Centre, *, today: date) -> FairnessPage:
    """Everybody who waits at the centre without a place. Two queries and one for the themes."""
    rows = list(waiting_without_seat(centre, today=today))
    waits = [(row, (today - timezone.localdate(row.registered_at)).days) for row in rows]
    themes = {theme.slug: str(theme) for theme in Theme.objects.all()}
    charts = (
        _chart(
            centre, _("By time"), "slot", {slot: label(slot) for slot in WEEK_SLOTS}, _times, waits
        ),
        _chart(
            centre, _("By theme"), "theme", {**themes, "any": _("A mixed group")}, _themes, waits
        ),
        _chart(centre, _("By how to meet"), "format", dict(MeetingFormat.choices), _format, waits),
        _chart(centre, _("By kind of group"), "kind", dict(GroupKind.choices), _kind, waits),
        _chart(
            centre, _("By language"), "language", dict(SpokenLanguage.choices), _languages, waits
        ),
    )
    return FairnessPage(people=len(rows), charts=charts, longest=tuple(waits[:MOST_PEOPLE]))


def _chart(
    centre: Centre,
    title: str | Promise,
    code: str,
    words: dict[str, Any],
    wishes: Wishes,
    waits: list[tuple[Registration, int]],
) -> Chart:
    days: dict[str, list[int]] = {}
    for row, waited in waits:
        for wish in wishes(row):
            days.setdefault(wish, []).append(waited)
    most = max((median(each) for each in days.values()), default=0) or 1
    return Chart(title, tuple(_bars(f"{centre.pk}:{code}", words, days, most)))


def _bars(
    code: str, words: dict[str, Any], days: dict[str, list[int]], most: float
) -> Iterator[Bar]:
    for value, name in words.items():
        if waited := days.get(value):
            yield Bar(
                words=name,
                wish=f"{code}:{value}",
                people=len(waited),
                median=round(median(waited)),
                longest=max(waited),
                length=round(BAR * median(waited) / most),
            )


def _times(row: Registration) -> Iterable[str]:
    return row.availability


def _themes(row: Registration) -> Iterable[str]:
    return [*(theme.slug for theme in row.themes.all()), *(["any"] if row.any_theme else [])]


def _format(row: Registration) -> Iterable[str]:
    return [row.format]


def _kind(row: Registration) -> Iterable[str]:
    return [row.kind]


def _languages(row: Registration) -> Iterable[str]:
    return row.languages


def those_who_wish(rows: QuerySet[Any], wish: str) -> QuerySet[Any]:
    """Of ``rows``, those that one bar counts; none for a wish that there is not."""
    centre, code, value = _parts(wish)
    rows = rows.filter(participant__centre=centre)
    if (code, value) == ("theme", "any"):
        return rows.filter(any_theme=True)
    if code == "theme":
        chosen = Registration.themes.through.objects.filter(theme__slug=value)
        return rows.filter(pk__in=chosen.values("registration"))
    found = {
        "slot": Q(availability__contains=[value]),
        "format": Q(format=value),
        "kind": Q(kind=value),
        "language": Q(languages__contains=[value]),
    }.get(code)
    return rows.filter(found) if found is not None else rows.none()


def _parts(wish: str) -> tuple[int, str, str]:
    """The centre, the dimension and the value in "3:slot:tue-evening"."""
    centre, _colon, rest = wish.partition(":")
    code, _colon, value = rest.partition(":")
    is_number = centre.isascii() and centre.isdigit() and len(centre) < 19
    return int(centre) if is_number else 0, code, value


def wish_in_words(wish: str) -> str | Promise:
    """What the list is narrowed down to; empty for a wish that there is not."""
    _centre, code, value = _parts(wish)
    choices: dict[str, dict[str, Any]] = {
        "slot": {slot: label(slot) for slot in WEEK_SLOTS},
        "format": dict(MeetingFormat.choices),
        "kind": dict(GroupKind.choices),
        "language": dict(SpokenLanguage.choices),
    }
    if (code, value) == ("theme", "any"):
        return _("A mixed group")
    if code == "theme":
        return str(Theme.objects.filter(slug=value).first() or "")
    return choices.get(code, {}).get(value, "")
