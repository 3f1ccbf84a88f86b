import pytest

from centres.domain.pages.search import search, served_by
from centres.models import PostalCode
from centres.states import CentreStatus
from tests import recipes

pytestmark = pytest.mark.django_db


def names(rows):
    return [row.name for row in rows]


def code(code, place, municipality):
    return PostalCode.objects.create(code=code, place=place, municipality=municipality)


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


@pytest.mark.parametrize(
    "query",
    [
        *("Kautokeino", "guovdageaidnu", "Kárášjohka", "karasjohka", "Kaarasjoki"),
        *("Guovdageaidnu – Kautokeino", "Kautokeino/Guovdageaidnu", "Kárášjohka-Karasjok"),
        "Karasjok Kárášjohka Kaarasjoki",
    ],
)
def test_search_knows_sami_names(query):
    recipes.municipality("5612", name="Kautokeino", other_names=["Guovdageaidnu"])
    recipes.municipality("5610", name="Karasjok", other_names=["Kárášjohka", "Kaarasjoki"])

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


@pytest.mark.parametrize("query", ["Majorstua", "Oslo Majorstua", "Kirkeveien"])
def test_search_finds_a_centre_by_its_part_of_the_town_but_not_by_a_street(query):
    place = {"visiting_address": "Kirkeveien 61, Majorstua", "postal_place": "Oslo"}
    oslo = recipes.centre("link-oslo", name="LINK Oslo", **place)

    found = oslo if "Majorstua" in query else None

    assert search(query).only_centre == found


def test_search_takes_the_middle_of_a_town_for_the_town(tromso):
    assert search("Tromsø sentrum").only_municipality == tromso


def test_search_finds_a_centre_by_its_own_postcode(tromso):
    centre = recipes.centre(postal_code="9236")

    assert search("9236").only_centre == centre


def test_search_says_that_a_postcode_is_not_known(tromso):
    answer = search("0001")

    assert (answer.is_empty, answer.unknown_code, answer.has_register) == (True, "0001", False)


def test_search_with_an_unknown_postcode_goes_by_the_name_and_says_so(tromso):
    answer = search("9999 Tromsø")

    assert (answer.municipalities, answer.unknown_code) == ([tromso], "9999")
    assert answer.only_municipality is None


@pytest.mark.parametrize(
    "query", ["9008", " 9008 ", "9008 Tromsø", "N-9008 Tromsø", "Tromsø, 9008", "9008 Andeby"]
)
def test_search_finds_the_municipality_of_a_postcode(tromso, query):
    code("9008", "Tromsø", tromso)

    assert search(query).only_municipality == tromso


def test_search_prefers_the_register_to_a_centre_with_that_postcode(tromso):
    code("9008", "Tromsø", tromso)
    recipes.centre(postal_code="9008")

    assert search("9008").only_municipality == tromso


def test_search_says_that_a_postcode_is_not_in_the_register(tromso):
    code("9008", "Tromsø", tromso)

    answer = search("9999")

    assert (answer.unknown_code, answer.has_register) == ("9999", True)


@pytest.mark.parametrize("query", ["9170", "Longyearbyen", "longyearbyn"])
def test_search_knows_that_svalbard_is_in_no_municipality(tromso, query):
    code("9170", "Longyearbyen", None)

    answer = search(query)

    assert [each.municipality for each in answer.places or answer.close] == [None]
    assert answer.only_municipality is None


@pytest.mark.parametrize(
    "query", ["Kvaløysletta", "kvaloysletta", "KVALØYA-SLETTA", "kvaløysl", "kvaløyseltta"]
)
def test_search_finds_the_municipality_of_a_place(tromso, query):
    code("9100", "Kvaløysletta", tromso)

    answer = search(query)

    assert [place.municipality for place in answer.places or answer.close] == [tromso]


def test_search_for_a_name_of_several_places_gives_choices():
    bo = recipes.municipality("1867", name="Bø", county="Nordland")
    midt = recipes.municipality("4020", name="Midt-Telemark", county="Telemark")
    code("8475", "Bø i Vesterålen", bo)
    code("3800", "Bø i Telemark", midt)

    answer = search("bø")

    assert [(place.name, place.municipality) for place in answer.places] == [
        ("Bø", bo),
        ("Bø i Telemark", midt),
    ]


def test_search_for_a_municipality_ignores_its_postal_place_across_the_border(tromso):
    """One street of Aukra has Molde as its postal place."""
    molde = recipes.municipality("1506", name="Molde")
    aukra = recipes.municipality("1547", name="Aukra")
    code("6400", "Molde", molde)
    code("6416", "Molde", aukra)

    assert search("molde").only_municipality == molde


@pytest.mark.parametrize(
    "query", ["Våler Østfold", "våler i østfold", "Våler (Østfold)", "valer, ostfold"]
)
def test_search_takes_the_county_behind_the_name(query):
    place = recipes.municipality("3114", name="Våler", county="Østfold")
    recipes.municipality("3419", name="Våler", county="Innlandet")

    assert search(query).only_municipality == place


@pytest.mark.parametrize(
    "query", ["trømsøø", "tormsø", "tromsø0", "trmsø", "tronsø", "kommune tormsø"]
)
def test_search_forgives_a_typing_error_with_a_suggestion(tromso, query):
    answer = search(query)

    assert (answer.is_empty, names(answer.close)) == (True, ["Tromsø"])


@pytest.mark.parametrize("query", ["xyzzy", "oslo", "ts", "romsdalsfjorden"])
def test_search_suggests_nothing_that_is_far_off(tromso, query):
    assert search(query).close == []


def test_search_forgives_a_typing_error_in_a_centres_name(tromso):
    centre = recipes.centre(name="LINK Bergen og omegn")

    assert search("link bregen").close_centres == [centre]


def test_search_takes_three_queries_at_most_however_many_rows(django_assert_max_num_queries):
    for number in range(1, 4):
        place = recipes.municipality(f"550{number}", name=f"Sted {number}")
        code(f"900{number}", f"Bygda {number}", place)
        recipes.centre(name=f"LINK {number}")

    for query in ("sted", "bygda 2", "9001", "9999", "9999 sted", "link 2", "nowhere at all"):
        with django_assert_max_num_queries(3):
            search(query)


def test_search_does_not_find_centres_that_are_gone():
    recipes.centre(name="LINK Gamle", status=CentreStatus.CLOSED, takes_registrations=False)

    assert search("LINK Gamle").is_empty


@pytest.mark.parametrize(
    "query",
    [
        *("", " ", "...", "🙂", "\u202e", "link", "kommune", "x" * 9999, "../../etc/passwd"),
        *("' or 1=1 --", "%00", "<script>", "9" * 500, "\u0660\u0661\u0662\u0663", "i", "\\"),
    ],
)
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
