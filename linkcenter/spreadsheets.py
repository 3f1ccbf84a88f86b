"""Files for spreadsheets: the one writer, so that no cell is ever taken for a formula."""

import csv
import io
import re
from collections.abc import Iterable

from django.http import HttpResponse

TYPE = "text/csv; charset=utf-8"
MARK = "\ufeff"  # else Excel takes the letters for others

# What makes a cell a formula, in any width, also after what is not seen.
UNSEEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
BEGINS_FORMULA = re.compile(rf"[\s\0{UNSEEN}'\"]*[=+\-@＝＋－＠−]")


def as_csv(rows: Iterable[Iterable[object]]) -> str:
    """Lines for a spreadsheet: with semicolons, as Norwegian ones expect, each cell in quotes.

    A cell that begins like a formula gets an apostrophe, which spreadsheets read as "this is text".
    Source: OWASP, CSV injection.
    """
    file = io.StringIO()
    file.write(MARK)
    writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return file.getvalue()


def _cell(value: object) -> str:
    """One line of text, harmless. A telephone number from abroad stays one to ring."""
    text = " ".join(("" if value is None else str(value)).replace("\0", "").split())
    if re.fullmatch(r"\+\d[\d ]{4,20}", text):
        return f"00{text[1:]}"
    return f"'{text}" if BEGINS_FORMULA.match(text) else text


def csv_file(rows: Iterable[Iterable[object]], *, name: str) -> HttpResponse:
    """A file that the browser saves as ``name``.csv."""
    response = HttpResponse(as_csv(rows), content_type=TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
