"""From what somebody types to the municipality or the centre that is meant."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import permutations

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from centres.models import Centre, Municipality, PostalCode
from centres.names import errors_between, folded

LONGEST_QUERY = 100  # nothing longer is a name
FEWEST_LETTERS = 3  # of the beginning of a name
MOST_CHOICES = 50
MOST_CLOSE = 6

# Said together with a place, and no part of its name.
_FILLER = re.compile(
    r"\b(kommune|kommunen|kommuna|herad|by|sentrum|suohkan|tjielte|municipality)\b"
)
_POSTAL_CODE = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")
# Said of a place when another has the same name: "Bø i Telemark", "Kristiansund N".
_WHERE = re.compile(r" (?:(?:i|på) .+|[NS])$")


@dataclass(frozen=True)
class Place:
    """A name on the map, and the municipality it lies in; those of Svalbard lie in none."""

    name: str
    municipality: Municipality | None

    @property
    def is_municipality(self) -> bool:
        return self.municipality is not None and self.municipality.name == self.name


@dataclass(frozen=True)
class Answer:
    """What a query may mean. One municipality or centre is the answer; several are choices.

    ``close`` are names that it may be a misspelling of. ``unknown_code`` is a postcode that stands
    in no register we have; the rest of the answer is then about the other words.
    """

    query: str
    places: list[Place] = field(default_factory=list)
    centres: list[Centre] = field(default_factory=list)
    close: list[Place] = field(default_factory=list)
    close_centres: list[Centre] = field(default_factory=list)
    unknown_code: str = ""
    has_register: bool = False

    @property
    def municipalities(self) -> list[Municipality]:
        """Those that the places lie in, each once."""
        found = [place.municipality for place in self.places if place.municipality]
        return list({each.number: each for each in found}.values())

    @property
    def only_municipality(self) -> Municipality | None:
        found = self.municipalities
        if len(found) == 1 and not (self.centres or self.outside or self.unknown_code):
            return found[0]
        return None

    @property
    def only_centre(self) -> Centre | None:
        if len(self.centres) == 1 and not (self.places or self.unknown_code):
            return self.centres[0]
        return None

    @property
    def outside(self) -> list[Place]:
        """Places on Svalbard and Jan Mayen, which are no municipalities."""
        return [place for place in self.places if place.municipality is None]

    @property
    def is_empty(self) -> bool:
        return not (self.places or self.centres)


def search(query: str) -> Answer:
    """What ``query`` may mean: a municipality, a place, a postcode, a county or a centre.

    Case, accents, aa and å, oe and ø, hyphens and the word "kommune" make no difference; names in
    Sami and Kven count as well as the Norwegian ones. Without the register of postcodes, only the
    centres' own are known, and no places but municipalities. At most three queries.
    """
    query = " ".join(query.split())[:LONGEST_QUERY]
    if code := _POSTAL_CODE.search(query):
        return _of_code(query, code[0])
    return _of_name(query, query, Centre.objects.current(), _outside())


def served_by(municipality: Municipality) -> QuerySet[Centre]:
    """The centres that serve ``municipality`` today, those that one can register with first."""
    return (
        Centre.objects.current()
        .filter(municipalities=municipality)
        .order_by("-takes_registrations", "kind", "sort_name")
    )


def _of_code(query: str, code: str) -> Answer:
    """The municipality or the centre of a postcode; else of the words around it."""
    row = PostalCode.objects.select_related("municipality").filter(code=code).first()
    if row:
        return Answer(query, [Place(row.place, row.municipality)], has_register=True)
    centres = list(Centre.objects.current())
    if own := [centre for centre in centres if centre.postal_code == code]:
        return Answer(query, centres=own)
    words = query.replace(code, " ")
    if len(_key(words)) < FEWEST_LETTERS:
        return Answer(query, unknown_code=code, has_register=PostalCode.objects.exists())
    return _of_name(query, words, centres, [], unknown_code=code)


def _of_name(
    query: str,
    words: str,
    centres: Iterable[Centre],
    outside: Iterable[Place],
    *,
    unknown_code: str = "",
) -> Answer:
    wanted = _key(_FILLER.sub(" ", words.casefold())) or _key(words)
    if not wanted:
        return Answer(query, unknown_code=unknown_code)
    gazetteer = Gazetteer(Municipality.objects.all(), outside)
    places = (
        gazetteer.called(wanted)
        or gazetteer.in_county(wanted)
        or gazetteer.called_in_county(wanted)
        or gazetteer.beginning_with(wanted)
    )
    by_name = []
    if not any(wanted in _keys(place) for place in places):
        centres = list(centres)
        by_name = _named(words, centres)
    nothing = not (places or by_name)
    return Answer(
        query,
        places[:MOST_CHOICES],
        by_name,
        close=gazetteer.close_to(wanted) if nothing else [],
        close_centres=_nearly_named(words, centres) if nothing else [],
        unknown_code=unknown_code,
        has_register=gazetteer.has_register,
    )


class Gazetteer:
    """All names on the map that we know: municipalities first, then the places in them."""

    def __init__(self, municipalities: QuerySet[Municipality], outside: Iterable[Place]) -> None:
        codes = PostalCode.objects.filter(municipality=OuterRef("pk"))
        names = ArraySubquery(codes.order_by("place").values("place").distinct())
        rows = list(municipalities.annotate(place_names=names))
        self.municipalities = [Place(row.name, row) for row in rows]
        self.places = [
            Place(name, row) for row in rows for name in row.place_names if name != row.name
        ] + list(outside)
        self.has_register = any(row.place_names for row in rows)

    def called(self, wanted: str) -> list[Place]:
        """Municipalities of exactly this name, and places of it in other municipalities.

        "Molde" is the municipality, though some of Aukra has that postal place.
        """
        found = [place for place in self.municipalities if wanted in _keys(place)]
        of_name = {place.name for place in found}
        return _first_of_each(
            [
                *found,
                *(
                    place
                    for place in self.places
                    if wanted in _keys(place) and place.name not in of_name
                ),
            ]
        )

    def in_county(self, wanted: str) -> list[Place]:
        return [place for place in self.municipalities if _county_key(place) == wanted]

    def called_in_county(self, wanted: str) -> list[Place]:
        """The same with the county behind: "Våler Østfold", "Våler i Østfold"."""
        for county in sorted({_county_key(place) for place in self.municipalities}):
            if county and wanted.endswith(county):
                name = wanted.removesuffix(county)
                for each in (name, name.removesuffix("i")):
                    if found := [p for p in self.called(each) if _county_key(p) == county]:
                        return found
        return []

    def beginning_with(self, wanted: str) -> list[Place]:
        """Those of which the name, or a word of it, begins so."""
        if len(wanted) < FEWEST_LETTERS:
            return []
        return _first_of_each(
            place
            for place in (*self.municipalities, *self.places)
            if any(key.startswith(wanted) for key in (*_keys(place), *_words(place.name)))
        )

    def close_to(self, wanted: str) -> list[Place]:
        """Those that are a slip of the fingers away, the likeliest first."""
        found = [
            (errors, place)
            for place in (*self.municipalities, *self.places)
            if (errors := min(_errors(wanted, key) for key in _keys(place))) < _TOO_MANY
        ]
        found.sort(key=lambda each: each[0])
        return _first_of_each(place for _errors, place in found)[:MOST_CLOSE]


def _outside() -> Iterator[Place]:
    names = PostalCode.objects.filter(municipality=None).order_by("place").values_list("place")
    return (Place(name, None) for (name,) in names.distinct())


def _first_of_each(places: Iterable[Place]) -> list[Place]:
    """One place of each municipality: all of them lead to the same page."""
    found: dict[str, Place] = {}
    for place in places:
        found.setdefault(place.municipality.number if place.municipality else place.name, place)
    return list(found.values())


# Names do not change what they fold to, so this stays true whatever is edited.
@lru_cache(maxsize=10_000)
def _key(name: str) -> str:
    return folded(name).replace(" ", "")


@lru_cache(maxsize=10_000)
def _words(name: str) -> tuple[str, ...]:
    return tuple(folded(name).split())


def _keys(place: Place) -> frozenset[str]:
    others = place.municipality.other_names if place.municipality else []
    return _keys_of(place.name, tuple(others) if place.is_municipality else ())


@lru_cache(maxsize=10_000)
def _keys_of(name: str, other_names: tuple[str, ...]) -> frozenset[str]:
    names = {name, _WHERE.sub("", name), *other_names}
    # On signs they stand together: "Guovdageaidnu – Kautokeino".
    for length in (2, 3):
        names.update(" ".join(some) for some in permutations((name, *other_names), length))
    return frozenset(_key(each) for each in names)


def _county_key(place: Place) -> str:
    return _key(place.municipality.county) if place.municipality else ""


_TOO_MANY = 3


def _errors(wanted: str, key: str) -> int:
    """How many slips lie between the two; ``_TOO_MANY`` if more than so few letters bear."""
    most = 0 if len(wanted) < 4 else 1 if len(wanted) < 7 else 2
    # One slip changes at most two letters of those that occur, so most names are out at once.
    if (_letters(wanted) ^ _letters(key)).bit_count() > 2 * most:
        return _TOO_MANY
    errors = errors_between(wanted, key, most)
    return errors if errors <= most else _TOO_MANY


@lru_cache(maxsize=10_000)
def _letters(key: str) -> int:
    bits = 0
    for letter in key:
        bits |= 1 << (ord(letter) - ord("0"))
    return bits


def _parts(centre: Centre) -> tuple[str, ...]:
    return _words(f"{centre.name} {centre.full_name}")


def _asked_words(words: str) -> set[str]:
    """The words that may tell centres apart; "link" alone names none."""
    found = set(_words(words)) - {"link", "senter", "senteret", "og", "i", "for"}
    return found if found and max(map(len, found)) >= FEWEST_LETTERS else set()


def _named(words: str, centres: Iterable[Centre]) -> list[Centre]:
    """The centres whose names, or the places they lie in, hold all of the words or beginnings."""
    asked = _asked_words(words)
    return [
        centre
        for centre in centres
        if asked
        and all(
            any(part.startswith(word) for part in (*_parts(centre), *_whereabouts(centre)))
            for word in asked
        )
    ]


def _whereabouts(centre: Centre) -> tuple[str, ...]:
    """The part of the town, such as Majorstua in "Kirkeveien 61, Majorstua", and the place."""
    _street, _comma, part = centre.visiting_address.partition(",")
    return _words(f"{part} {centre.postal_place}")


def _nearly_named(words: str, centres: Iterable[Centre]) -> list[Centre]:
    asked = _asked_words(words)
    return [
        centre
        for centre in centres
        if asked
        and all(
            any(part.startswith(word) or _errors(word, part) < _TOO_MANY for part in _parts(centre))
            for word in asked
        )
    ]
