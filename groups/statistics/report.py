"""What was told, put together for those who read it: on pages, on paper and as a table of data."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.db.models import CharField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from centres.models import Centre
from groups.models import StatisticsSnapshot
from groups.states import StatisticsScope
from groups.statistics.charts import bar
from groups.statistics.half_years import HalfYear
from groups.statistics.measures import MEASURES, SECTIONS, WAIT, WAIT_TITLE, Parts, Table
from groups.statistics.snapshots import OF_A_PLACE
from groups.statistics.suppression import tell_sum

Words = str | Promise
Told = Mapping[str, int]


@dataclass(frozen=True)
class Line:
    """A number for each column; nothing where it is under five, or not told."""

    words: Words
    numbers: tuple[int, ...]
    length: int = 0  # of the bar for the last one


@dataclass(frozen=True)
class Part:
    """One way in which a measure is divided."""

    code: str
    title: Words
    lines: tuple[Line, ...]
    is_divided: bool


@dataclass(frozen=True)
class Topic:
    """A measure with its parts."""

    code: str
    line: Line
    parts: tuple[Part, ...] = ()
    is_count: bool = True  # else days

    @property
    def weeks(self) -> list[str]:
        """Of days, in words."""
        numbers = [days // 7 for days in self.line.numbers]
        return [
            ngettext("%(n)s week", "%(n)s weeks", number) % {"n": number} if number else "–"
            for number in numbers
        ]


@dataclass(frozen=True)
class Section:
    title: Words
    topics: tuple[Topic, ...]


@dataclass(frozen=True)
class Report:
    """The numbers of one year: the half-years that are told, and both together."""

    year: int
    columns: tuple[str, ...]
    sections: tuple[Section, ...]


def of_scope(scope: StatisticsScope, key: str = "") -> QuerySet[StatisticsSnapshot]:
    """All that is told about it, the latest first."""
    return StatisticsSnapshot.objects.filter(scope=scope, scope_key=key).order_by("-first_day")


def report(scope: StatisticsScope, told: Sequence[StatisticsSnapshot], year: int) -> Report | None:
    """The year of ``told``, which is about one; None if nothing of it is told yet."""
    rows = sorted(
        (each for each in told if each.first_day.year == year), key=lambda each: each.first_day
    )
    if not rows:
        return None
    columns = [HalfYear(row.first_day).in_full for row in rows]
    counts: list[Told] = [row.counts for row in rows]
    if len(rows) > 1:
        columns.append(_("The year %(year)s") % {"year": year})
        together = tell_sum(counts)
        together.pop(WAIT, None)  # it does not add up
        counts.append(together)
    return Report(year, tuple(columns), tuple(sections(counts, scope=scope)))


def sections(
    columns: Sequence[Told], *, scope: StatisticsScope, only: Collection[str] = ()
) -> Iterator[Section]:
    """Every measure that is told about such a one, with all its tables, or those in ``only``."""
    of_a_place = scope == StatisticsScope.MUNICIPALITY
    parts_of = cache(_parts_of)  # the same municipalities divide several measures
    for title, measures in SECTIONS.items():
        topics = []
        for code, measure in measures.items():
            if of_a_place and code not in OF_A_PLACE:
                continue
            tables = {} if of_a_place else measure.tables
            parts = (
                _part(columns, code, name, table, parts_of(table.parts))
                for name, table in tables.items()
                if not only or f"{code}.{name}" in only
            )
            told = tuple(part for part in parts if part is not None)
            topics.append(Topic(code, _line(measure.title, columns, code), told))
            if code == "places" and not of_a_place:
                topics.append(Topic(WAIT, _line(WAIT_TITLE, columns, WAIT), is_count=False))
        if topics:
            yield Section(title, tuple(topics))


def overview(columns: Sequence[Told], codes: Sequence[str]) -> list[Line]:
    """A few measures over time."""
    return [_line(MEASURES[code].title, columns, code) for code in codes]


def _line(words: Words, columns: Sequence[Told], key: str, longest: int = 0) -> Line:
    numbers = tuple(told.get(key, 0) for told in columns)
    return Line(words, numbers, bar(numbers[-1] if numbers else 0, longest))


def _parts_of(parts: Parts) -> list[tuple[str, Words]]:
    return list(parts())


def _part(
    columns: Sequence[Told], code: str, name: str, table: Table, values: list[tuple[str, Words]]
) -> Part | None:
    begin = f"{code}.{name}."
    told = {key for column in columns for key in column if key.startswith(begin)}
    if not told:
        return None
    longest = max(columns[-1].get(key, 0) for key in told)
    lines = [
        _line(words, columns, f"{begin}{value}", longest)
        for value, words in values
        if f"{begin}{value}" in told
    ]
    if table.is_divided:
        rest = tuple(
            max(0, column.get(code, 0) - sum(column.get(key, 0) for key in told))
            for column in columns
        )
        if any(rest):
            lines.append(Line(_("the rest, or not told"), rest))
    return Part(f"{code}-{name}", table.title, tuple(lines), table.is_divided)


def lines(columns: Sequence[str], told: Sequence[Section]) -> Iterator[list[object]]:
    """One line for each number, for spreadsheets."""
    yield [_("About"), _("What"), _("Divided by"), _("Part"), *columns]
    for section in told:
        for topic in section.topics:
            head = [section.title, topic.line.words]
            yield [*head, "", "", *(_cells(topic.line) if topic.is_count else topic.weeks)]
            for part in topic.parts:
                for line in part.lines:
                    yield [*head, part.title, line.words, *_cells(line)]


def _cells(line: Line) -> list[str]:
    return [str(number or _("under 5")) for number in line.numbers]


def latest(*, half_years: int) -> list[StatisticsSnapshot]:
    """What the country tells of the last half-years, the latest first."""
    return list(of_scope(StatisticsScope.COUNTRY)[:half_years])


def centres_in(half_year: HalfYear) -> Iterator[tuple[Centre, Told]]:
    """Each centre of which something is told in the half-year, and what. One query."""
    theirs = StatisticsSnapshot.objects.filter(
        scope=StatisticsScope.CENTRE,
        scope_key=Cast(OuterRef("pk"), CharField()),
        first_day=half_year.first_day,
    )
    centres = Centre.objects.only("slug", "name").annotate(told=Subquery(theirs.values("counts")))
    yield from ((each, each.told) for each in centres if each.told)
