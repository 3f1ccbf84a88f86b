import pytest

from centres.domain.pages.nearest import Help, about, help_in
from centres.states import CentreKind, CentreStatus, VenueKind
from tests import recipes

pytestmark = pytest.mark.django_db

TROMSO = {"latitude": "69.65", "longitude": "18.96"}
OSLO = {"latitude": "59.91", "longitude": "10.75"}
HARSTAD = {"latitude": "68.80", "longitude": "16.54"}
BERGEN = {"latitude": "60.39", "longitude": "5.32"}


@pytest.fixture
def bardu():
    return recipes.municipality("5520", name="Bardu", latitude="68.86", longitude="18.35")


def licence(centre, **fields):
    return recipes.venue(centre, kind=VenueKind.LICENCE, provider="Zoom", **fields)


def ways(found):
    return [(way.centre, way.km) for way in found]


def test_help_where_a_centre_takes_registrations_is_that_centre_alone(bardu):
    centre = recipes.centre()
    centre.municipalities.add(bardu)
    recipes.centre(**TROMSO)

    assert help_in(bardu) == Help([centre])


def test_help_names_first_where_one_can_register(bardu):
    asleep = recipes.centre(name="LINK A", takes_registrations=False)
    awake = recipes.centre(name="LINK B")
    bardu.centres.add(asleep, awake)

    assert help_in(bardu).serving == [awake, asleep]


def test_help_elsewhere_begins_with_the_nearest_and_tells_the_distance(bardu):
    harstad = recipes.centre(**HARSTAD)
    tromso = recipes.centre(**TROMSO)
    somewhere = recipes.centre()

    found = help_in(bardu).nearest

    assert ways(found) == [(harstad, 70), (tromso, 90), (somewhere, None)]


def test_help_elsewhere_names_nobody_far_off_but_the_nearest_centre(bardu):
    for kind in (CentreKind.LINK, CentreKind.CONTACT_POINT):
        recipes.centre(kind=kind, **BERGEN)
        recipes.centre("oslo-" + kind, kind=kind, **OSLO)

    found = help_in(bardu)

    assert [(way.centre.slug, way.km) for way in found.nearest] == [("oslo-link", 1060)]
    assert found.contact_points == []


def test_help_elsewhere_is_in_order_of_names_where_no_place_is_known(bardu):
    bardu.latitude = bardu.longitude = None
    b = recipes.centre(name="LINK B", **OSLO)
    a = recipes.centre(name="LINK A", **TROMSO)

    assert ways(help_in(bardu).nearest) == [(a, None), (b, None)]


def test_help_elsewhere_is_not_a_centre_that_cannot_be_asked(bardu):
    recipes.centre(status=CentreStatus.ESTABLISHING, **OSLO)
    recipes.centre(status=CentreStatus.PAUSED, takes_registrations=False, **OSLO)
    recipes.centre(status=CentreStatus.CLOSED, takes_registrations=False, **OSLO)
    recipes.centre(email="", takes_registrations=False, **OSLO)

    assert help_in(bardu) == Help([])


def test_help_elsewhere_is_shown_too_where_the_centre_takes_nobody(bardu):
    asleep = recipes.centre(takes_registrations=False)
    asleep.municipalities.add(bardu)
    other = recipes.centre(**TROMSO)

    found = help_in(bardu)

    assert (found.serving, ways(found.nearest)) == ([asleep], [(other, 90)])


def test_contact_points_are_told_apart(bardu):
    point = recipes.centre(kind=CentreKind.CONTACT_POINT, **TROMSO)

    found = help_in(bardu)

    assert (found.nearest, ways(found.contact_points)) == ([], [(point, 90)])


def test_groups_on_video_are_those_of_centres_with_a_licence_that_take_registrations(bardu):
    with_licence = recipes.centre()
    licence(with_licence)
    licence(recipes.centre(takes_registrations=False))
    licence(recipes.centre(), active=False)
    recipes.venue(recipes.centre())

    assert help_in(bardu).digital == [with_licence]


def test_help_takes_one_query(bardu, django_assert_num_queries):
    for place in (OSLO, BERGEN, TROMSO):
        recipes.centre(**place).municipalities.add(recipes.municipality())

    with django_assert_num_queries(1):
        help_in(bardu)


@pytest.mark.parametrize(
    ("distance", "said"), [(0, 5), (3, 5), (8, 10), (22, 20), (31, 30), (67.8, 70), (1058, 1060)]
)
def test_distance_is_told_as_people_say_it(distance, said):
    assert about(distance) == said
