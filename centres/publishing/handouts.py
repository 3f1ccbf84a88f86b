"""What others may show of a centre: its card in their own page, and the sheet on the wall."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html

from centres.domain.hours.opening import Span
from centres.models import Centre
from centres.week import WEEKDAY_NAMES

CARD_SIZE = (320, 340)  # pixels: what the longest name and the most telephones need

# Around the code: scanners need four empty modules on each side.
QUIET = 4


def page_address(centre: Centre) -> str:
    """The whole address of the centre's page, in the language of the moment."""
    return f"{settings.BASE_URL}{centre.get_absolute_url()}"


def frame_code(centre: Centre) -> str:
    """The HTML that shows the centre's card in somebody else's page."""
    width, height = CARD_SIZE
    code = format_html(
        '<iframe src="{}{}" title="{}" width="{}" height="{}" loading="lazy" style="border:0">'
        "</iframe>",
        settings.BASE_URL,
        reverse("centres:centre-card", args=[centre.slug]),
        centre.name,
        width,
        height,
    )
    return "" + code  # plain text again: it is shown on a page, and not a part of it


@dataclass(frozen=True)
class Days:
    """Weekdays in a row with the same hours; ``last`` is empty for a single one."""

    first: str | Promise
    last: str | Promise
    spans: tuple[Span, ...]


def week_in_short(week: list[tuple[Span, ...]]) -> list[Days]:
    """The open days of an ordinary week, such as Monday to Friday in one line."""
    found = []
    for spans, days in groupby(zip(WEEKDAY_NAMES, week, strict=False), key=lambda day: day[1]):
        names = [name for name, _spans in days]
        if spans:
            found.append(Days(names[0], names[-1] if len(names) > 1 else "", spans))
    return found


class Code:
    """A QR code to draw: the length of its side with the empty edge, and the outline of its dots.

    A quarter of it may be torn, wet or written over, and it can still be read.
    """

    def __init__(self, text: str) -> None:
        matrix = segno.make_qr(text, error="q").matrix
        self.side = len(matrix) + 2 * QUIET
        self.outline = "".join(_dots(matrix))


def _dots(matrix: tuple[bytearray, ...]) -> Iterator[str]:
    """Each run of dark modules in a row as one bar."""
    for top, row in enumerate(matrix, start=QUIET):
        left = QUIET
        for is_dark, modules in groupby(row):
            length = len(list(modules))
            if is_dark:
                yield f"M{left} {top}h{length}v1h-{length}z"
            left += length
