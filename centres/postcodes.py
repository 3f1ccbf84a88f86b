"""Posten's register of postcodes: read, found whole, and put into the database.

The register is a text file in Latin-1 with tabs between code, PLACE, number of the municipality,
its NAME, and a letter for what the code is used for.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from centres.models import Municipality, PostalCode

COLUMNS = 5
FEWEST_ROWS = 4000  # there are about 5,100, so that half a file has fewer
IN_NO_MUNICIPALITY = {"2100", "2211"}  # Svalbard and Jan Mayen

_LETTERS = "A-Za-zÀ-ÖØ-öø-ÿ"
_NAME = re.compile(rf"[{_LETTERS}][{_LETTERS}0-9 .,'()/-]*")
_SMALL_WORDS = {"i", "på", "og", "ved", "av", "til"}

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Fault:
    """Something wrong in a file; ``line`` is 0 where it is about the whole of it."""

    line: int
    what: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.what}" if self.line else self.what


class BrokenRegister(Exception):
    """The file is not the register, or not all of it. Nothing has been loaded."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


@dataclass(frozen=True)
class Row:
    place: str
    municipality: str | None


@dataclass
class Changes:
    """What a register changed. Each is "9008 Tromsø", or what it was and what it is."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    same: int = 0


def load_register(file: Path, *, progress: Progress = lambda done, total: None) -> Changes:
    """Make the postcodes those of the register in ``file``: all of them, or none.

    Raises ``BrokenRegister`` with every fault of the file, each by its line. Codes that are no
    longer in the register are removed. The same register again changes nothing.
    """
    with transaction.atomic():
        municipalities = dict(Municipality.objects.values_list("number", "name"))
        return _put(_read(_text(file), municipalities, progress), municipalities)


def decent(name: str) -> str:
    """A name in capitals as it is written: "MO I RANA" gives "Mo i Rana"."""
    first, *others = name.split()
    words = (
        word.lower() if word.lower() in _SMALL_WORDS else _decent_word(word) for word in others
    )
    return " ".join([_decent_word(first), *words])


def _decent_word(word: str) -> str:
    return re.sub(rf"[{_LETTERS}]+", lambda letters: letters[0].capitalize(), word)


def _text(file: Path) -> str:
    """The file's text, if its very bytes do not show that it is something else."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise BrokenRegister([Fault(0, f"Cannot read {file}: {error.strerror}.")]) from error
    start = content[:1000].lstrip().lower()
    what = ""
    if not content.strip():
        what = "The file is empty."
    elif start.startswith(b"<") or b"<html" in start:
        what = "This is a web page. Download the register itself."
    elif content.startswith(b"PK") or b"\0" in content:
        what = "This is no text. Choose the register as a text file with tabs."
    if what:
        raise BrokenRegister([Fault(0, what)])
    if line := _first_line_in_utf_8(content):
        raise BrokenRegister([Fault(line, "is in UTF-8. The register is in Latin-1.")])
    return content.decode("latin-1")


def _first_line_in_utf_8(content: bytes) -> int:
    """The first line with letters beyond a to z, if the whole file reads as UTF-8; else 0."""
    if content.isascii():
        return 0
    try:
        content.decode()
    except UnicodeDecodeError:
        return 0
    lines = enumerate(content.splitlines(), start=1)
    return next((number for number, line in lines if not line.isascii()), 0)


def _read(text: str, municipalities: Mapping[str, str], progress: Progress) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    first_seen: dict[str, int] = {}
    faults: list[Fault] = []
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    for number, line in enumerate(lines, start=1):
        columns = [column.strip() for column in line.split("\t")]
        found = list(_faults(columns, municipalities))
        if not found and columns[0] in first_seen:
            found = [f"{columns[0]} stands on line {first_seen[columns[0]]} already."]
        faults += [Fault(number, what) for what in found]
        first_seen.setdefault(columns[0], number)
        if not found:
            code, place, lies_in, *_rest = columns
            rows[code] = Row(decent(place), None if lies_in in IN_NO_MUNICIPALITY else lies_in)
        progress(number, len(lines))
    if len(lines) < FEWEST_ROWS:
        what = f"There are only {len(lines)} lines. The whole register has at least {FEWEST_ROWS}."
        faults.append(Fault(0, what))
    elif not faults:
        faults += _cut_short(rows, municipalities)
    if faults:
        raise BrokenRegister(faults)
    return rows


def _faults(columns: list[str], municipalities: Mapping[str, str]) -> Iterator[str]:
    if len(columns) != COLUMNS:
        yield f"there should be {COLUMNS} columns, and not {len(columns)}."
        return
    code, place, lies_in, _name, category = columns
    if not re.fullmatch(r"[0-9]{4}", code):
        yield f"“{code}” is no postcode."
    if not _NAME.fullmatch(place):
        yield f"“{place}” is no name of a place."
    if lies_in not in municipalities and lies_in not in IN_NO_MUNICIPALITY:
        yield f"there is no municipality “{lies_in}”."
    if not re.fullmatch(r"[A-ZÆØÅ]", category):
        yield f"“{category}” is no category."


def _cut_short(rows: Mapping[str, Row], municipalities: Mapping[str, str]) -> Iterator[Fault]:
    """Every municipality has a postcode: one without tells that part of the file is missing."""
    for number in sorted(municipalities.keys() - {row.municipality for row in rows.values()}):
        yield Fault(0, f"No postcode lies in {number} {municipalities[number]}.")


def _put(rows: Mapping[str, Row], municipalities: Mapping[str, str]) -> Changes:
    known = {each.code: each for each in PostalCode.objects.select_for_update()}
    changes = Changes()
    new, changed = [], []
    for code, row in sorted(rows.items()):
        after = f"{code} {_said(row.place, row.municipality, municipalities)}"
        if (old := known.get(code)) is None:
            new.append(PostalCode(code=code, place=row.place, municipality_id=row.municipality))
            changes.new.append(after)
        elif (old.place, old.municipality_id) != (row.place, row.municipality):
            before = _said(old.place, old.municipality_id, municipalities)
            changes.changed.append(f"{after} (was {before})")
            old.place, old.municipality_id = row.place, row.municipality
            changed.append(old)
        else:
            changes.same += 1
    gone = sorted(known.keys() - rows.keys())
    changes.gone = [str(known[code]) for code in gone]
    PostalCode.objects.filter(code__in=gone).delete()
    PostalCode.objects.bulk_create(new, batch_size=1000)
    PostalCode.objects.bulk_update(changed, ["place", "municipality"], batch_size=1000)
    return changes


def _said(place: str, municipality: str | None, municipalities: Mapping[str, str]) -> str:
    return f"{place}, {municipalities[municipality]}" if municipality else place
