import re
from math import cos, radians
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders

from centres import norway_map as outline
from centres.norway_map import HEIGHT, WIDTH, Dot, project
from centres.states import CentreKind, CentreStatus
from centres.templatetags import places
from tests import recipes

CORNERS = {
    "Lindesnes": (7.05, 57.98),
    "Stad": (5.1, 62.2),
    "Nordkapp": (25.78, 71.17),
    "Vardø": (31.1, 70.37),
}
needs_atlas = pytest.mark.skipif(not outline.SOURCE.is_file(), reason="world-atlas is not there")


@pytest.fixture(autouse=True)
def _forget():
    places._outline.cache_clear()
    yield
    places._outline.cache_clear()


@pytest.mark.parametrize("place", CORNERS.values(), ids=CORNERS)
def test_every_end_of_norway_is_in_the_drawing(place):
    dot = project(place)

    assert 0 < dot.x < WIDTH
    assert 0 < dot.y < HEIGHT


def test_north_is_up_and_east_is_right():
    oslo, bergen, tromso = project((10.75, 59.91)), project((5.32, 60.39)), project((18.96, 69.65))

    assert bergen.x < oslo.x < tromso.x
    assert tromso.y < oslo.y


@pytest.mark.parametrize("north", [58, 65, 71])
def test_a_square_of_land_is_as_large_anywhere(north):
    """Half a degree each way, and its area on the globe and in the drawing."""
    east, step = 12.0, 0.25
    corners = [
        project((east + x, north + y))
        for x, y in ((-step, -step), (step, -step), (step, step), (-step, step))
    ]
    north_south = 111.195 * 2 * step
    east_west = north_south * cosine(north)

    assert outline._area(corners) * 4 == pytest.approx(north_south * east_west, rel=0.002)


def cosine(degrees):
    return cos(radians(degrees))


def test_simplified_ring_keeps_corners_and_drops_what_lies_on_a_line():
    ring = [Dot(0, 0), Dot(5, 0.2), Dot(10, 0), Dot(10, 10), Dot(0, 10), Dot(0, 0)]

    assert outline.simplified(ring) == [ring[0], *ring[2:]]


@needs_atlas
def test_outline_is_a_small_drawing_of_land():
    drawn = Path(finders.find(outline.NAME)).read_text(encoding="utf-8")

    svg = ElementTree.fromstring(drawn)  # noqa: S314  our own
    assert svg.get("viewBox") == f"0 0 {WIDTH} {HEIGHT}"
    assert [part.get("id") for part in svg] == ["land"]
    assert 5_000 < len(drawn) < 16_000


@needs_atlas
def test_outline_is_among_the_files_to_collect():
    finder = outline.OutlineFinder()

    assert [name for name, _storage in finder.list(None)] == [outline.NAME]
    assert finder.find("css/link.css") == []


def test_outline_is_missing_without_the_npm_package(monkeypatch, tmp_path):
    monkeypatch.setattr(outline, "SOURCE", tmp_path / "nothing")
    finder = outline.OutlineFinder()

    assert (list(finder.list(None)), finder.find(outline.NAME)) == ([], [])


@pytest.mark.django_db
def test_map_marks_the_current_centres_whose_place_is_known(client):
    recipes.centre(latitude="59.91", longitude="10.75")
    recipes.centre(kind=CentreKind.CONTACT_POINT, latitude="69.97", longitude="23.27")
    recipes.centre(status=CentreStatus.ESTABLISHING, latitude="59.2", longitude="9.9")
    recipes.centre()
    recipes.centre(
        status=CentreStatus.CLOSED, takes_registrations=False, latitude="60", longitude="10"
    )

    html = client.get("/sentre/").content.decode()

    figure = re.search(r'<figure class="link-map" aria-hidden="true">.*?</svg>', html, re.S)
    assert figure
    assert re.findall(r'class="(link-map__(?:link|point)[^"]*)"', figure[0]) == [
        "link-map__link",
        "link-map__link link-map__new",
        "link-map__point",
    ]


@pytest.mark.django_db
@needs_atlas
def test_map_shows_the_outline(client):
    recipes.centre()

    assert 'href="/static/map/norway.svg#land"' in client.get("/sentre/").content.decode()


@pytest.mark.django_db
def test_map_without_an_outline_shows_the_marks_alone(client, monkeypatch, tmp_path):
    monkeypatch.setattr(outline, "SOURCE", tmp_path / "nothing")
    recipes.centre(latitude="59.91", longitude="10.75")

    html = client.get("/sentre/").content.decode()

    assert ("<use" in html, "<circle" in html) == (False, True)
