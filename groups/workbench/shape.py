"""What a group is to be: as staff say, and where they say nothing, as suits most who are in it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace

from centres.week import WEEK_SLOTS
from groups import matching
from groups.match_input import AGE_BANDS
from groups.matching import rules
from groups.states import GroupGender, GroupRole, SettledFormat, SettledKind
from participants.states import SpokenLanguage

MIXED = "mixed"  # no theme, on purpose

People = Sequence[matching.Participant]


@dataclass(frozen=True)
class Shape:
    """Codes; what is empty is left to the bench."""

    kind: str = ""
    format: str = ""
    theme: str = ""
    role: str = ""
    gender: str = ""
    language: str = ""
    slot: str = ""

    @property
    def is_chosen(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))

    @property
    def is_known(self) -> bool:
        """Whether each code is one that there is; a theme may have gone meanwhile."""
        known: dict[str, Sequence[str]] = {
            "kind": SettledKind.values,
            "format": SettledFormat.values,
            "role": GroupRole.values,
            "gender": GroupGender.values,
            "language": SpokenLanguage.values,
            "slot": WEEK_SLOTS,
        }
        codes = all(getattr(self, name) in ("", *values) for name, values in known.items())
        return codes and isinstance(self.theme, str)


def best_shape(chosen: Shape, people: People, themes: Iterable[str]) -> Shape:
    """``chosen``, with all but the time filled in as suits most of these people."""

    def most(values: Iterable[str], suits: Callable[[matching.Participant, str], int]) -> str:
        """The first of the values that suit best."""
        return max(values, key=lambda value: sum(suits(person, value) for person in people))

    either = matching.model.EITHER
    ways = {
        "kind": (SettledKind.values, lambda one, kind: one.kind in (kind, either)),
        "format": (SettledFormat.values, lambda one, way: _may_meet(one, way)),
        "theme": ([MIXED, *themes], _likes),
        "role": (GroupRole.values, rules.accepts_role),
        "gender": (GroupGender.values, rules.accepts_gender),
        "language": (SpokenLanguage.values, lambda one, code: code in one.languages),
    }
    found = {
        name: getattr(chosen, name) or most(values, suits) for name, (values, suits) in ways.items()
    }
    return replace(chosen, **found)


def _may_meet(person: matching.Participant, way: str) -> bool:
    return person.format in (way, matching.model.EITHER) and (
        bool(person.centres) or way == SettledFormat.DIGITAL
    )


def _likes(person: matching.Participant, theme: str) -> int:
    """Ten for being fine with it, and a little more for the first choice and the second."""
    if theme == MIXED:
        return 10 if person.any_topic else 0
    if theme not in person.topics:
        return 0
    return 11 + max(0, 2 - person.topics.index(theme))


def key_of(shape: Shape, people: People, *, centre: str) -> matching.GroupKey:
    """The shape as the matcher knows it, with the age band that those in it wish for."""
    return matching.GroupKey(
        format=shape.format,
        centre=None if shape.format == SettledFormat.DIGITAL else centre,
        kind=shape.kind,
        topic=None if shape.theme == MIXED else shape.theme,
        role=shape.role,
        gender=shape.gender,
        age_band=_band(people),
        language=shape.language,
        slot=shape.slot,
    )


def _band(people: People) -> str | None:
    wished = [person.age_wish for person in people if person.age_wish in AGE_BANDS]
    return max(wished, key=wished.count, default=None)
