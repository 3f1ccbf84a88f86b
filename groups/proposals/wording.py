"""The matcher's codes as staff read them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centres.week import PARTS, WEEKDAY_NAMES, WEEKDAYS
from groups import matching
from groups.states import GroupGender, GroupRole, SettledFormat, SettledKind
from participants.states import SpokenLanguage

REASONS = {
    "not_available": gettext_lazy("No times when they can meet are written down."),
    "needs_not_met": gettext_lazy("No room or licence meets their practical needs."),
    "too_few_compatible": gettext_lazy("Too few others who want the same can meet at a time."),
    "no_venue": gettext_lazy("There are enough people, but no room or licence is free."),
    "no_initiator": gettext_lazy("There are enough people, but no initiator is free."),
    "keep_apart": gettext_lazy("There are enough people, but not enough who fit in one group."),
    "placed_elsewhere": gettext_lazy("Those who fit are in other proposals."),
}


@dataclass(frozen=True)
class WeekRow:
    """A day of the week: how many can meet in each part of it, and how strong the colour is."""

    day: str
    cells: tuple[tuple[int, int], ...]  # how many, and 0 to 4


def kind_in_words(key: matching.GroupKey) -> str:
    """The kind of group in a few words: what, for whom, how, in which language."""
    parts = [str(SettledKind(key.kind).label), str(SettledFormat(key.format).label)]
    if key.role != GroupRole.OWN:
        parts.append(str(GroupRole(key.role).label))
    if key.gender != GroupGender.MIXED:
        parts.append(str(GroupGender(key.gender).label))
    if key.age_band:
        parts.append(_("%(band)s years") % {"band": key.age_band.replace("-", "–")})
    if key.language != SpokenLanguage.NORWEGIAN:
        parts.append(str(SpokenLanguage(key.language).label))
    return " · ".join(parts)


def week_rows(counts: Mapping[str, int], *, most: int) -> tuple[WeekRow, ...]:
    """The week with a number in each cell: how many of ``most`` can meet then."""
    return tuple(
        WeekRow(
            day=str(name).capitalize(),
            cells=tuple(
                (number := counts.get(f"{weekday}-{part}", 0), level(number, most))
                for part in PARTS
            ),
        )
        for weekday, name in zip(WEEKDAYS, WEEKDAY_NAMES, strict=True)
    )


def level(number: int, most: int) -> int:
    """0 for nobody, 4 for everybody, and the thirds between."""
    if number == 0 or most == 0:
        return 0
    return 4 if number >= most else 1 + min(2, 3 * number // most)
