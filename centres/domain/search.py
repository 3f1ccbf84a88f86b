"""From what somebody types to the centre that helps them there."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from django.db.models import Exists, OuterRef, Q, QuerySet

from centres.models import Centre, Municipality
from centres.names import folded
from centres.states import CentreKind

LONGEST_QUERY = 100  # nothing longer is a name
FEWEST_LETTERS = 3  # of the beginning of a name
CLOSE_ENOUGH = 0.75
MOST_CHOICES = 50

# Said together with a place, and no part of its name.
_FILLER = re.compile(r"\b(kommune|kommunen|kommuna|herad|by|suohkan|tjielte|municipality)\b")


@dataclass(frozen=True)
class Answer:
    """What a query may mean. One municipality or centre is the answer; several are choices.

    ``close`` are names that it may be a misspelling of. An unknown postcode is told as such: only
    the centres' own are known.
    """

    query: str
    municipalities: list[Municipality] = field(default_factory=list)
    centres: list[Centre] = field(default_factory=list)
    close: list[Municipality] = field(default_factory=list)
    is_postal_code: bool = False

    @property
    def only_municipality(self) -> Municipality | None:
        if len(self.municipalities) == 1 and not self.centres:
            return self.municipalities[0]
        return None

    @property
    def only_centre(self) -> Centre | None:
        if len(self.centres) == 1 and not self.municipalities:
            return self.centres[0]
        return None

    @property
    def is_empty(self) -> bool:
        return not (self.municipalities or self.centres)


def search(query: str) -> Answer:
    """What ``query`` may mean: a municipality, a county, a centre's name or a centre's postcode.

    Case, accents, aa and å, oe and ø, hyphens and the word "kommune" make no difference; names in
    Sami and Kven count as well as the Norwegian ones.
    """
    query = " ".join(query.split())[:LONGEST_QUERY]
    centres = Centre.objects.current()
    if re.fullmatch(r"[0-9]{4}", query):
        return Answer(query, centres=list(centres.filter(postal_code=query)), is_postal_code=True)
    wanted = _key(_FILLER.sub(" ", query.casefold())) or _key(query)
    if not wanted:
        return Answer(query)
    municipalities = list(Municipality.objects.all())
    found = (
        [place for place in municipalities if wanted in _keys(place)]
        or [place for place in municipalities if _key(place.county) == wanted]
        or _beginning_with(wanted, municipalities)
    )
    by_name = [] if _is_place(wanted, found) else _named(query, centres)
    close = [] if found or by_name else _close_to(wanted, municipalities)
    return Answer(query, found[:MOST_CHOICES], by_name, close)


def served_by(municipality: Municipality) -> QuerySet[Centre]:
    """The centres that serve ``municipality`` today, those that one can register with first."""
    return (
        Centre.objects.current()
        .filter(municipalities=municipality)
        .order_by("-takes_registrations", "kind", "sort_name")
    )


def elsewhere(municipality: Municipality) -> QuerySet[Centre]:
    """Where to turn when nobody serves ``municipality``: centres in the county, then all others."""
    in_county = Municipality.objects.filter(county=municipality.county, centres=OuterRef("pk"))
    return (
        Centre.objects.current()
        .exclude(municipalities=municipality)
        .filter(Q(kind=CentreKind.LINK) | Q(takes_registrations=True))
        .annotate(is_in_county=Exists(in_county))
        .order_by("-is_in_county", "-takes_registrations", "sort_name")
    )


def _key(name: str) -> str:
    return folded(name).replace(" ", "")


def _keys(place: Municipality) -> set[str]:
    return {_key(name) for name in (place.name, *place.other_names)}


def _beginning_with(wanted: str, municipalities: Iterable[Municipality]) -> list[Municipality]:
    if len(wanted) < FEWEST_LETTERS:
        return []
    return [
        place
        for place in municipalities
        if any(key.startswith(wanted) for key in _keys(place))
        or any(_key(word).startswith(wanted) for word in re.split(r"[\s-]", place.name))
    ]


def _is_place(wanted: str, found: Iterable[Municipality]) -> bool:
    return any(wanted in _keys(place) for place in found)


def _named(query: str, centres: Iterable[Centre]) -> list[Centre]:
    """The centres whose names hold all words of ``query``; "link" alone names none."""
    words = set(folded(query).split()) - {"link", "senter", "og", "i"}
    if not words or max(map(len, words)) < FEWEST_LETTERS:
        return []
    return [
        centre
        for centre in centres
        if all(
            any(
                part.startswith(word)
                for part in folded(f"{centre.name} {centre.full_name}").split()
            )
            for word in words
        )
    ]


def _close_to(wanted: str, municipalities: Iterable[Municipality]) -> list[Municipality]:
    by_key = {_key(place.name): place for place in municipalities}
    return [by_key[key] for key in get_close_matches(wanted, by_key, n=5, cutoff=CLOSE_ENOUGH)]
