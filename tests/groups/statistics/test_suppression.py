"""Told counts: an attacker with all of them cannot work out a number from 1 to 4."""

import highspy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groups.statistics.suppression import (
    BASE,
    MOST_LEFT,
    Layout,
    tell_centre,
    tell_country,
    tell_sum,
)

LAYOUTS = [
    Layout("people", {"age": ["young", "old"], "way": ["web", "door", "phone"]}),
    Layout("heads", only_with="people"),
]
PARTS = [key for layout in LAYOUTS for key in layout.all_keys if key.count(".") == 2]


@st.composite
def populations(draw, most_centres=4, most_people=30):
    """Each centre's people, each of some age and way, or of none that is told."""
    choices = [st.sampled_from([*values, ""]) for values in LAYOUTS[0].tables.values()]
    person = st.tuples(*choices)
    centres = []
    for size in draw(st.lists(st.integers(0, most_people), min_size=1, max_size=most_centres)):
        counts = {"people": size}
        for each in draw(st.lists(person, min_size=size, max_size=size)):
            for table, value in zip(LAYOUTS[0].tables, each, strict=True):
                if value:
                    key = f"people.{table}.{value}"
                    counts[key] = counts.get(key, 0) + 1
        centres.append(counts)
    return centres


def told_of(centres):
    """All that is told."""
    return [tell_centre(each, LAYOUTS) for each in centres], tell_country(centres, LAYOUTS)


def other_population(each_told, country, *, centre, key, value):
    """People of whom all the same could be told, with ``value`` at one place; None if impossible.

    The equations are the attacker's: what is told, and how the parts hang together.
    """
    solver = highspy.Highs()
    solver.silent()
    cells = [
        {
            each: solver.addIntegral(lb=told.get(each, 0), ub=told.get(each, 0) + MOST_LEFT)
            for each in ["people", *PARTS]
        }
        for told in each_told
    ]
    for at in cells:
        for table in LAYOUTS[0].tables:
            solver.addConstr(sum(at[each] for each in LAYOUTS[0].parts(table)) <= at["people"])
    for each in ["people", *PARTS]:
        total = sum(at[each] for at in cells)
        told = country.get(each, 0)
        solver.addConstr(total >= told)
        solver.addConstr(total <= told + MOST_LEFT)
    solver.addConstr(cells[centre][key] == value)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    found = solver.getSolution().col_value
    return [{each: round(found[at[each].index]) for each in at} for at in cells]


def test_zero_to_four_are_told_alike():
    told = [tell_centre({"people": count}, LAYOUTS) for count in range(11)]

    assert told == [{}] * 5 + [{"people": 5}] * 5 + [{"people": 10}]


def test_one_person_more_is_not_seen_in_the_next_half_year():
    before, after = (tell_centre({"people": count}, LAYOUTS) for count in (16, 17))

    assert before == after == {"people": 15}


def test_what_hangs_on_another_number_is_told_only_with_it():
    assert tell_centre({"people": 4, "heads": 40}, LAYOUTS) == {}
    assert tell_centre({"people": 5, "heads": 43}, LAYOUTS) == {"people": 5, "heads": 40}


def test_full_hidden_cells_are_not_given_away_by_the_sum_of_all():
    five_with_four = [{"people": 4}] * 5

    assert tell_country(five_with_four, LAYOUTS) == {}


def test_country_tells_what_no_single_centre_could():
    centres = [{"people": 30, "people.age.young": 4} for _each in range(10)]

    country = tell_country(centres, LAYOUTS)

    assert country == {"people": 300, "people.age.young": 35}


def test_one_centre_alone_is_the_country():
    centre = {"people": 33, "people.age.young": 19, "people.age.old": 4}

    assert tell_country([centre], LAYOUTS) == tell_centre(centre, LAYOUTS)


@given(populations(), st.data())
@settings(max_examples=25, deadline=None)
def test_every_value_stays_possible(centres, data):
    check(centres, data)


@pytest.mark.prove
@given(populations(most_centres=7, most_people=60), st.data())
@settings(max_examples=1500, deadline=None)
def test_every_value_stays_possible_in_many_populations(centres, data):
    check(centres, data)


def check(centres, data):
    each_told, country = told_of(centres)
    centre = data.draw(st.integers(0, len(centres) - 1))
    key = data.draw(st.sampled_from(["people", *PARTS]))
    least = each_told[centre].get(key, 0)

    assert all(count % BASE == 0 for told in (*each_told, country) for count in told.values())
    for value in range(least, least + BASE):
        others = other_population(each_told, country, centre=centre, key=key, value=value)

        assert others is not None, f"{key} cannot be {value}"
        assert told_of(others) == (each_told, country)


@given(st.lists(populations(most_centres=3, most_people=12), min_size=2, max_size=3))
@settings(max_examples=25, deadline=None)
def test_sums_tell_nothing_more(periods):
    """A funder is some of the centres, a year two half-years: both are sums of what was told."""
    each_told = [told for centres in periods for told in told_of(centres)[0]]

    total = tell_sum(each_told)

    assert total == {
        key: sum(told.get(key, 0) for told in each_told) for key in set().union(*each_told)
    }
    assert all(count % BASE == 0 for count in total.values())
