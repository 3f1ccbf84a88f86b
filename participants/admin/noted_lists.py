"""Lists of people: whoever stands on the page that is shown is noted before it is."""

from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any

from django.http import HttpRequest, HttpResponse

from participants.domain.read_log import note_recipients
from participants.states import Door


def listed(
    request: HttpRequest,
    page: HttpResponse,
    people: Callable[[Any], Iterable[object]],
    *,
    door: Door = Door.LIST,
) -> HttpResponse:
    """``page`` of a list in the admin, with the ``people`` of its rows in the log of readings."""
    context: dict[str, Any] = getattr(page, "context_data", None) or {}
    if "cl" in context:
        reader: Any = request.user
        rows = context["cl"].result_list
        note_recipients(reader, chain.from_iterable(map(people, rows)), door=door)
    return page
