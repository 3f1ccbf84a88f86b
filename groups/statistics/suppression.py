"""What may be told of counts, so that nobody can work out a number from 1 to 4.

Each number is told as the whole fives in it: 0 to 4 is "under five", 37 is 35. Zero is told like
one to four: where an empty cell could be seen, the others would be known to be filled.

Rounding alone does not do. If five centres told "under five" and the country told 20, each of them
would have four. So the numbers of the country, of a funder and of a year are not rounded sums but
**sums of what was told**, and of each table a rest is left out: those who did not say, and what
``groups.statistics.measures`` counts there. What the centres could not tell is told for the country
as far as it can come from elsewhere than any one of them (``_spare`` below).

**What holds:** for each number of the half-year that is told for a centre, in whole or in a part,
and each of the five values that it can have, there are centres with that value there of which all
the same is told. So nothing from 1 to 4 is ever known to be that, whoever adds, subtracts or solves
equations, and whoever knows this code: what is held back does not depend on anything that is not
told.

*Why:* take at each centre the whole fives everywhere, and in the total as many more as you like up
to four. That fits, because whole fives of parts are never more than the whole fives of the sum, and
the rest takes up what is left. Raise one number by one to four, and the total with it: nothing told
of the centre changes. What the country tells beyond the sum, the other centres have in their rests:
``_spare`` has tried it without each of them. Those of which nothing is told are not counted on:
the reader may know that nobody can come there.

Sources: A. Hundepool et al., Statistical Disclosure Control (Wiley 2012), chapter 4, on tables that
are linked; K. Kenthapadi, N. Mishra, K. Nissim, Simulatable Auditing (PODS 2005), on why nothing
may be held back because of what is not told.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

BASE = 5
MOST_LEFT = BASE - 1  # of one number, by which it can be more than was told

Told = dict[str, int]


@dataclass(frozen=True)
class Layout:
    """One measure as it is told: a total, and tables that divide it, each with a rest."""

    code: str
    tables: Mapping[str, Sequence[str]] = field(default_factory=dict)  # the parts that are told
    only_with: str = ""  # a measure without which this one is not told, such as heads with meetings

    @property
    def all_keys(self) -> list[str]:
        return [self.code, *(key for table in self.tables for key in self.parts(table))]

    def parts(self, table: str) -> list[str]:
        return [f"{self.code}.{table}.{value}" for value in self.tables[table]]


def whole_fives(count: int) -> int:
    return count - count % BASE


def tell_centre(counts: Mapping[str, int], layouts: Iterable[Layout]) -> Told:
    """What is told of one centre: never a number from 1 to 4, and no zero is written down."""
    told: Told = {}
    for layout in layouts:
        if layout.only_with and layout.only_with not in told:
            continue
        for key in layout.all_keys:
            if fives := whole_fives(counts.get(key, 0)):
                told[key] = fives
    return told


def tell_sum(told: Iterable[Mapping[str, int]]) -> Told:
    """Several centres together, or several half-years: what was told of them, added up."""
    total: Counter[str] = Counter()
    for each in told:
        total.update(each)
    return dict(total)


def tell_country(centres: Sequence[Mapping[str, int]], layouts: Iterable[Layout]) -> Told:
    """What is told of all the centres, of which ``centres`` are the counts.

    The sum of what each tells, and of what they could not tell as much as can be spared.
    """
    layouts = list(layouts)
    each_told = [tell_centre(counts, layouts) for counts in centres]
    told = Counter(tell_sum(each_told))
    for layout in layouts:
        if layout.only_with:
            continue
        left = _left([layout.code], centres, each_told)
        most = whole_fives(MOST_LEFT * max(sum(map(bool, each_told)) - 1, 0))
        told[layout.code] += min(left[layout.code], most)
        for table in layout.tables:
            keys = layout.parts(table)
            rooms = [_rest(layout, table, each) for each in each_told]
            told.update(_spare(_left(keys, centres, each_told), rooms))
    return {key: count for key, count in told.items() if count}


def _left(
    keys: Iterable[str], centres: Sequence[Mapping[str, int]], each_told: Sequence[Told]
) -> Told:
    """The whole fives in what the centres together have and did not tell."""
    return {
        key: whole_fives(
            sum(
                counts.get(key, 0) - told.get(key, 0)
                for counts, told in zip(centres, each_told, strict=True)
            )
        )
        for key in keys
    }


def _rest(layout: Layout, table: str, told: Told) -> int:
    """How many of those who are told of at a centre are in no part that is told."""
    parts = sum(told.get(key, 0) for key in layout.parts(table))
    return max(0, told.get(layout.code, 0) - parts)


def _spare(left: Told, rooms: Sequence[int]) -> Told:
    """Of ``left`` as much as the centres can have in their rests, whichever one of them is empty.

    The largest is told five less until it fits. What fits once fits again: so nobody learns from
    the answer what was left out.
    """
    spared = {key: count for key, count in left.items() if count}
    while spared and not all(
        _fits(spared, [*rooms[:without], *rooms[without + 1 :]]) for without in range(len(rooms))
    ):
        largest = max(spared, key=lambda key: (spared[key], key))
        spared[largest] -= BASE
        if not spared[largest]:
            del spared[largest]
    return spared


def _fits(wanted: Told, rooms: Sequence[int]) -> bool:
    """Whether a way is found to have all that is wanted, at most four of each at each centre."""
    free = list(rooms)
    for count in sorted(wanted.values(), reverse=True):
        missing = count
        for place in sorted(range(len(free)), key=lambda place: -free[place]):
            taken = min(MOST_LEFT, free[place], missing)
            free[place] -= taken
            missing -= taken
        if missing:
            return False
    return True
