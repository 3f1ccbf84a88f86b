"""Filling a draft up with those who fit: at one time of the week, the longest wait first."""

from dataclasses import replace

from groups import matching
from groups.domain.forming.by_hand import misses
from groups.workbench.desk import Bench, span
from groups.workbench.draft import Draft
from groups.workbench.shape import best_shape, key_of
from groups.workbench.week import Week
from participants.models import Registration

SEEDS = 12  # of those who wait longest, with whom an empty draft may begin


def filled(bench: Bench) -> Draft:
    """The draft with as many more as the centre likes in a group, as far as they fit.

    An empty one begins with whoever has waited longest of those around whom a group can be.
    """
    if bench.in_it:
        return bench.draft.with_members(*(row.pk for row in _who_fit(bench, bench.in_it)))
    best: list[Registration] = []
    for seed in list(bench.waiting.values())[:SEEDS]:
        found = [seed, *_who_fit(bench, [seed])]
        if len(found) > len(best):
            best = found
        if len(best) >= bench.centre.min_to_start:
            break
    return bench.draft.with_members(*(row.pk for row in best))


def _who_fit(bench: Bench, begun: list[Registration]) -> list[Registration]:
    """Those to add to ``begun``: the time of the week is the one at which most of them can."""
    wishes = bench.wishes
    people = [wishes[row.pk] for row in begun]
    shape = best_shape(bench.draft.shape, people, bench.themes)
    key = key_of(shape, people, centre=bench.centre.slug)
    free = replace(key, slot="")
    suited = [
        row
        for pk, row in bench.waiting.items()
        if row not in begun and not misses(wishes[pk], free)
    ]
    common = set.intersection(*(set(person.slots) for person in people))
    slots = [key.slot] if key.slot else _slots(_week(bench, people, key), common)
    found: list[Registration] = []
    for slot in slots:
        chosen = list(begun)
        for row in suited:
            if len(chosen) >= bench.centre.target_size:
                break
            ages = [wishes[one.pk] for one in [*chosen, row]]
            too_far = span(ages) > max(bench.centre.age_span, span(people))
            if slot in wishes[row.pk].slots and not too_far and not bench.is_apart(row, chosen):
                chosen.append(row)
        if len(chosen) > len(begun) + len(found):
            found = chosen[len(begun) :]
    return found


def _week(bench: Bench, people: list[matching.Participant], key: matching.GroupKey) -> Week:
    """The bench's own, unless these few meet in another way."""
    if (key.format, key.language) == (bench.key.format, bench.key.language):
        return bench.week
    return Week(bench.centre, people, format=key.format, language=key.language, today=bench.today)


def _slots(week: Week, common: set[str]) -> list[str]:
    """Those at which the group can be: with a room and an initiator before those without."""
    times = [time for slot, time in week.times.items() if slot in common and time.places]
    return [time.slot for time in sorted(times, key=lambda time: not time.initiators)]
