import pytest

from centres.domain.search import elsewhere, search, served_by
from centres.states import CentreKind, CentreStatus
from tests import recipes

pytestmark = pytest.mark.django_db


def names(rows):
    return [row.name for row in rows]


@pytest.fixture
def tromso():
    return recipes.municipality(
        "5501", name="Tromsø", other_names=["Romsa", "Tromssa"], county="Troms"
    )


@pytest.mark.parametrize(
    "query",
    [
        "Tromsø",
        "TROMSØ",
        "  tromsø ",
        "tromso",
        "tromsoe",
        "Tromsø kommune",
        "romsa",
        "Tromssa",
        "troms",
    ],
)
def test_search_finds_a_municipality_however_it_is_written(tromso, query):
    recipes.municipality("5601", name="Alta", county="Finnmark")

    assert search(query).only_municipality == tromso


@pytest.mark.parametrize("query", ["Ås", "aas", "ÅS", "as", "A\u030as"])
def test_search_takes_aa_for_a_with_a_ring(query):
    place = recipes.municipality("3218", name="Ås")

    assert search(query).only_municipality == place


@pytest.mark.parametrize("query", ["Kautokeino", "guovdageaidnu", "Kárášjohka", "karasjohka"])
def test_search_knows_sami_names(query):
    recipes.municipality("5612", name="Kautokeino", other_names=["Guovdageaidnu"])
    recipes.municipality("5610", name="Karasjok", other_names=["Kárášjohka"])

    assert search(query).only_municipality is not None


@pytest.mark.parametrize("query", ["nord-fron", "Nord Fron", "nordfron"])
def test_search_does_not_care_for_hyphens(query):
    place = recipes.municipality("3436", name="Nord-Fron")

    assert search(query).only_municipality == place


def test_search_gives_choices_where_two_have_the_name():
    recipes.municipality("1515", name="Herøy", county="Møre og Romsdal")
    recipes.municipality("1818", name="Herøy", county="Nordland")

    answer = search("herøy")

    assert answer.only_municipality is None
    assert [place.number for place in answer.municipalities] == ["1515", "1818"]


def test_search_for_a_county_gives_its_municipalities_in_norwegian_order():
    for number, name in (("1", "Ålesund"), ("2", "Ørsta"), ("3", "Aukra"), ("4", "Åndal")):
        recipes.municipality(f"150{number}", name=name, county="Møre og Romsdal")

    answer = search("møre og romsdal")

    assert names(answer.municipalities) == ["Aukra", "Ørsta", "Ålesund", "Åndal"]


def test_search_finds_a_centre_by_a_part_of_its_name(tromso):
    oslo = recipes.centre("link-oslo", name="LINK Oslo")
    recipes.centre("link-tromso", name="LINK Tromsø og Omegn")

    assert search("link oslo").only_centre == oslo


def test_search_for_a_place_with_the_word_link_finds_the_centre(tromso):
    centre = recipes.centre("link-tromso", name="LINK Tromsø og Omegn")

    assert search("link tromsø").only_centre == centre


def test_search_finds_a_centre_by_its_own_postcode(tromso):
    centre = recipes.centre(postal_code="9236")

    assert search("9236").only_centre == centre


def test_search_says_that_a_postcode_is_not_known(tromso):
    answer = search("0001")

    assert (answer.is_empty, answer.is_postal_code) == (True, True)


def test_search_forgives_a_typing_error_with_a_suggestion(tromso):
    answer = search("trømsøø")

    assert (answer.is_empty, names(answer.close)) == (True, ["Tromsø"])


def test_search_does_not_find_centres_that_are_gone():
    recipes.centre(name="LINK Gamle", status=CentreStatus.CLOSED, takes_registrations=False)

    assert search("LINK Gamle").is_empty


@pytest.mark.parametrize("query", ["", " ", "...", "🙂", "\u202e", "link", "kommune", "x" * 9999])
def test_search_for_nothing_finds_nothing(tromso, query):
    recipes.centre(name="LINK Tromsø")

    assert search(query).is_empty


def test_served_by_leaves_out_centres_that_are_gone(tromso):
    centre = recipes.centre()
    gone = recipes.centre(status=CentreStatus.HISTORIC, takes_registrations=False)
    centre.municipalities.add(tromso)
    gone.municipalities.add(tromso)

    assert list(served_by(tromso)) == [centre]


def test_served_by_names_first_where_one_can_register(tromso):
    asleep = recipes.centre(name="LINK A", takes_registrations=False)
    awake = recipes.centre(name="LINK B")
    tromso.centres.add(asleep, awake)

    assert list(served_by(tromso)) == [awake, asleep]


def test_elsewhere_begins_in_the_same_county(tromso):
    oslo = recipes.centre(name="LINK A", kind=CentreKind.LINK)
    alta = recipes.centre(name="LINK Z", kind=CentreKind.CONTACT_POINT)
    lyngen = recipes.municipality("5536", name="Lyngen", county="Troms")
    alta.municipalities.add(lyngen)

    assert list(elsewhere(tromso)) == [alta, oslo]
