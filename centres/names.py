"""Names as people type them: without case, accents or Norwegian letters it is still the same."""

import re
import unicodedata

# Letters that Unicode does not take apart into a letter and an accent.
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "đ": "d", "ŋ": "n", "ŧ": "t", "ß": "ss"})


def plain(name: str) -> str:
    """``name`` in a to z, digits and single spaces: "Bodø" gives "bodo", "Ås" gives "as"."""
    decomposed = unicodedata.normalize("NFKD", name.casefold().replace("å", "a"))
    letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[a-z0-9]+", letters.translate(_LETTERS)))


def folded(name: str) -> str:
    """The same for all usual ways to write a name: "Ås", "Aas" and "AS"; "Bodø" and "Bodoe"."""
    return plain(name).replace("aa", "a").replace("oe", "o").replace("ae", "a")


def slug_of(name: str) -> str:
    """``name`` as part of an address: "Bjørnafjorden" gives "bjornafjorden"."""
    return plain(name).replace(" ", "-")
