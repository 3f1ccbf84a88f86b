"""Files for spreadsheets: harmless whatever is in them, and read back as they were."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcenter.spreadsheets import MARK, as_csv

TRIGGERS = "=+-@\t\r＝＋－＠"


def read_back(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix(MARK)), delimiter=";"))


def cell(value: object) -> str:
    return read_back(as_csv([[value]]))[0][0]


@given(st.lists(st.lists(st.text(), min_size=1, max_size=4), min_size=1, max_size=4))
def test_no_cell_begins_like_a_formula_and_none_is_lost(rows):
    back = read_back(as_csv(rows))

    assert [len(row) for row in back] == [len(row) for row in rows]
    cells = [each for row in back for each in row]
    assert not [each for each in cells if each.strip()[:1] and each.strip()[0] in TRIGGERS]
    words = [" ".join(each.replace("\0", "").split()) for row in rows for each in row]
    assert all(
        told.removeprefix("'") == was or told[:2] == "00"
        for told, was in zip(cells, words, strict=True)
        if not was.startswith("'")
    )


@pytest.mark.parametrize(
    "payload",
    [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r\n=1",
        " =1",
        "＝1+1",
        "\u200b=1",
        "\u202e=1",
        "\u2066\u00ad=1",
    ],
)
def test_formulas_are_text(payload):
    assert cell(payload).startswith("'")


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("412 34 567", "412 34 567"),
        ("+46 70 123 45 67", "0046 70 123 45 67"),
        ("Åse; «Bø»", "Åse; «Bø»"),
        ('Hun sa "hei"', 'Hun sa "hei"'),
        ("to\nlinjer", "to linjer"),
        (None, ""),
        (7, "7"),
    ],
)
def test_what_people_write_stays_readable(value, told):
    assert cell(value) == told


def test_norwegian_spreadsheets_open_it_as_it_is():
    assert as_csv([["Å", 1]]) == '\ufeff"Å";"1"\r\n'
