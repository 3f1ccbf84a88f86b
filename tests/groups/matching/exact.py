"""The best answer by trying everything: for lists so small that this ends."""

from functools import cache
from itertools import combinations, product

from groups.matching import GroupKey, Objective, Problem
from groups.matching.rules import accepts, initiator_serves, venue_hosts, waiting_days


def all_keys(problem: Problem):
    """Every key that a group could have."""
    languages = sorted({one for person in problem.participants for one in person.languages})
    topics = [*problem.topics, *([None] if problem.rules.allow_open_theme else [])]
    places = [("physical", centre) for centre in problem.centres] + [("digital", None)]
    for (form, centre), kind, topic, role, gender, band, language, slot in product(
        places,
        ("social", "self_help"),
        topics,
        ("own", "kin", "mixed"),
        ("women", "men", "mixed"),
        [None, *problem.age_bands],
        languages,
        problem.slots,
    ):
        yield GroupKey(form, centre, kind, topic, role, gender, band, language, slot)


def best(problem: Problem) -> tuple[int, int]:
    """The most people that can be placed, and the most days that so many can have waited."""
    people = sorted(problem.participants, key=lambda person: person.id)
    number = {person.id: i for i, person in enumerate(people)}
    days = [waiting_days(person, problem, Objective()) for person in people]
    apart = [
        (1 << number[one]) | (1 << number[other])
        for one, other in problem.keep_apart
        if one in number and other in number and one != other
    ]
    groups = _possible_groups(problem, people, apart)
    joins = {
        (i, g)
        for g, group in enumerate(problem.open_groups)
        for i, person in enumerate(people)
        if accepts(person, group.key, problem)
        and set(person.needs) <= set(group.features)
        and not any(
            {person.id, member} == set(pair)
            for member in group.members
            for pair in problem.keep_apart
        )
    }

    @cache
    def solve(i: int, placed: int, taken: frozenset, joined: tuple) -> tuple[int, int]:
        if i == len(people):
            return (0, 0)
        if placed >> i & 1:
            return solve(i + 1, placed, taken, joined)
        answer = solve(i + 1, placed | 1 << i, taken, joined)
        for g, group in enumerate(problem.open_groups):
            here = joined[g] | 1 << i
            if (i, g) in joins and here.bit_count() <= group.vacancies:
                if any(here & pair == pair for pair in apart):
                    continue
                now = (*joined[:g], here, *joined[g + 1 :])
                rest = solve(i + 1, placed | 1 << i, taken, now)
                answer = max(answer, (rest[0] + 1, rest[1] + days[i]))
        for members, venue, leader, slot in groups:
            if not members >> i & 1 or members & placed or members & ((1 << i) - 1):
                continue
            started = sum(1 for what in taken if what[:2] == ("load", leader))
            if ("venue", venue, slot) in taken or ("leads", leader, slot) in taken:
                continue
            if started >= problem.initiators[leader].capacity:
                continue
            used = {("venue", venue, slot), ("leads", leader, slot), ("load", leader, slot)}
            rest = solve(i + 1, placed | members, taken | used, joined)
            gained = [j for j in range(len(people)) if members >> j & 1]
            answer = max(answer, (rest[0] + len(gained), rest[1] + sum(days[j] for j in gained)))
        return answer

    return solve(0, 0, frozenset(), (0,) * len(problem.open_groups))


def _possible_groups(problem, people, apart):
    found = set()
    matching: dict = {}
    for key in all_keys(problem):
        mask = sum(1 << i for i, person in enumerate(people) if accepts(person, key, problem))
        if mask.bit_count() >= problem.rules.min_size:
            matching.setdefault((key.format, key.centre, key.language, key.slot), {})[mask] = key
    for masks in matching.values():
        for mask, key in masks.items():
            for v, venue in enumerate(problem.venues):
                if not venue_hosts(venue, key):
                    continue
                fit = [
                    i
                    for i in range(len(people))
                    if mask >> i & 1 and set(people[i].needs) <= set(venue.features)
                ]
                largest = min(problem.rules.max_size, venue.capacity)
                for size in range(problem.rules.min_size, largest + 1):
                    for chosen in combinations(fit, size):
                        members = sum(1 << i for i in chosen)
                        if any(members & pair == pair for pair in apart):
                            continue
                        for j, initiator in enumerate(problem.initiators):
                            if initiator_serves(initiator, key):
                                found.add((members, v, j, key.slot))
    return sorted(found)
