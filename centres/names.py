"""Names as people type them: without case, accents or Norwegian letters it is still the same."""

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not take apart into a letter and an accent.
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "đ": "d", "ŋ": "n", "ŧ": "t", "ß": "ss"})


def plain(name: str) -> str:
    """``name`` in a to z, digits and single spaces: "Bodø" gives "bodo", "Ås" gives "as"."""
    decomposed = unicodedata.normalize("NFKD", name.casefold().replace("å", "a"))
    letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[a-z0-9]+", letters.translate(_LETTERS)))


@lru_cache(maxsize=4096)  # each municipality's names are asked for again and again
def folded(name: str) -> str:
    """The same for all usual ways to write a name: "Ås", "Aas" and "AS"; "Bodø" and "Bodoe"."""
    return plain(name).replace("aa", "a").replace("oe", "o").replace("ae", "a")


def slug_of(name: str) -> str:
    """``name`` as part of an address: "Bjørnafjorden" gives "bjornafjorden"."""
    return plain(name).replace(" ", "-")


def errors_between(one: str, other: str, most: int) -> int:
    """How many typing errors make ``other`` of ``one``: a letter too many, too few, or another
    one, or two that changed places. Gives up with ``most`` + 1."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        last, before, row = before, row, [i]
        for j, wanted in enumerate(other, start=1):
            errors = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                errors = min(errors, last[j - 2] + 1)
            row.append(errors)
        if min(row) > most:
            return most + 1
    return row[-1]
