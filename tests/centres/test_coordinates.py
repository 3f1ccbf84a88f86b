"""The coordinates in the data files: typed by hand, so checked for what a slip would look like."""

from io import StringIO
from itertools import combinations

import pytest
from django.core.management import call_command

from centres.domain.pages.nearest import Point, kilometres
from centres.reference import DATA, municipality_rows
from linkcenter.database.data_files import read
from tests import recipes

PLACES = {
    number: Point(float(row["latitude"]), float(row["longitude"]))
    for number, row in municipality_rows().items()
}
COUNTIES = {number: row["county"] for number, row in municipality_rows().items()}
CENTRES = [read(file) for file in sorted((DATA / "centres").glob("*.toml"))]


def test_distances_are_those_on_a_globe():
    oslo, bergen, tromso = PLACES["0301"], PLACES["4601"], PLACES["5501"]

    assert round(kilometres(oslo, bergen)) == 305
    assert round(kilometres(oslo, tromso)) == 1148
    assert kilometres(oslo, oslo) == 0


def test_every_municipality_has_a_place_in_norway():
    assert len(PLACES) == 357
    outside = [
        number
        for number, place in PLACES.items()
        if not (57.9 < place.latitude < 71.2 and 4.5 < place.longitude < 31.2)
    ]
    assert outside == []


def test_east_in_the_south_and_west_in_the_north_are_in_no_municipality():
    """Norway is narrow: a swapped digit often ends in Sweden or in the sea."""
    far_off = [
        number
        for number, (latitude, longitude) in PLACES.items()
        if (latitude < 63.5 and longitude > 12.6)
        or (latitude > 65 and longitude < 11)
        or (latitude > 68.5 and longitude < 14)
    ]
    assert far_off == []


def test_no_two_municipalities_have_the_same_place():
    close = [
        (one, other)
        for one, other in combinations(PLACES, 2)
        if kilometres(PLACES[one], PLACES[other]) < 3
    ]
    assert close == []


def test_every_municipality_lies_near_others_of_its_county():
    lonely = {
        number: round(nearest)
        for number, place in PLACES.items()
        if (
            nearest := min(
                (
                    kilometres(place, PLACES[other])
                    for other in PLACES
                    if other != number and COUNTIES[other] == COUNTIES[number]
                ),
                default=0,
            )
        )
        > 110  # Kautokeino lies farthest from its neighbours
    }

    assert lonely == {}


def test_every_current_centre_has_a_place_near_what_it_serves():
    far_off = [
        row["name"]
        for row in CENTRES
        if min(
            kilometres(Point(float(row["latitude"]), float(row["longitude"])), PLACES[number])
            for number in row["municipalities"]
        )
        > 30
    ]

    assert far_off == []


@pytest.mark.django_db
def test_loading_gives_coordinates_to_those_that_have_none():
    tromso = recipes.municipality("5501", name="Tromsø", county="Troms")

    call_command("load_reference", stdout=StringIO())

    tromso.refresh_from_db()
    assert (float(tromso.latitude), float(tromso.longitude)) == (69.65, 18.96)
