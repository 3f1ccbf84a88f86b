"""Log lines that tell operators what happened, and nobody who it happened to."""

import json
import logging
import re
import traceback
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

# A personal link's token, alone or in a path, and a keyed digest among what a job is to do.
TOKEN = re.compile(r"[\w-]{40,}|(?<=')[\w-]{22}(?=')")
ELSEWHERE = re.compile(r"(https?://[^/?#\s]+)[/?#]\S*")

# Which request this thread is at: it stands in each line, and on the page that says sorry.
request_id: ContextVar[str] = ContextVar("request_id", default="")

TOLD = ("method", "route", "status", "ms")  # what a line about a request tells beside its words
NO_ROUTE = "-"  # a file, a page from the cache, or an address that leads nowhere


def short_code() -> str:
    """The beginning of the request's id, as one reads it out on the telephone; or nothing."""
    known = request_id.get()
    return f"{known[:4]} {known[4:8]}" if known else ""


def route_of(request: Any) -> str:
    """The name of the page that was asked for; its address may tell whose it is."""
    found = getattr(request, "resolver_match", None)
    return found.view_name if found else NO_ROUTE


def with_causes(error: BaseException | None) -> Iterator[BaseException]:
    """``error`` and what led to it: each once, since an error may be told to lead to itself."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


class DiscreetFormatter(logging.Formatter):
    """One line an event, without tokens; errors with where and what kind, without their words.

    PostgreSQL's errors quote the row that was refused, and Python's quote the value.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:
        record.message = words(record)
        known = request_id.get()
        return super().formatMessage(record) + (f" [{known}]" if known else "")

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        lines: list[str] = []
        for error in with_causes(ei[1]):
            frames = traceback.extract_tb(error.__traceback__)
            lines += [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
            lines.append(type(error).__qualname__)
        return "\n".join(lines)


class JsonFormatter(DiscreetFormatter):
    """The same as one object of JSON on one line, for programs that gather logs."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": words(record),
        }
        if known := request_id.get():
            line["request"] = known
        line |= {name: getattr(record, name) for name in TOLD if hasattr(record, name)}
        if isinstance(asked := getattr(record, "status_code", None), int):
            line |= {"route": route_of(getattr(record, "request", None)), "status": asked}
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info).splitlines()
        return json.dumps(line, ensure_ascii=False)


def words(record: logging.LogRecord) -> str:
    """What the line says, with the name of a page in the stead of its address.

    Of an address elsewhere its host will do, and of an error its kind. What is told of a request
    without arguments is an error's own words, which quote what was asked for: the logger tells what
    kind it is.
    """
    request = getattr(record, "request", None)
    path = getattr(request, "path", None)
    if path is not None and not record.args:
        return f"{record.name.rpartition('.')[2]}: {route_of(request)}"
    text = str(_kind(record.msg))
    if isinstance(record.args, tuple):
        ours = () if path is None else (path, path.encode("unicode_escape").decode("ascii"))
        told = tuple(route_of(request) if each in ours else _kind(each) for each in record.args)
        text = text % told if told else text
    elif record.args:
        text = text % record.args
    if record.name == "asyncio":  # after its first line it shows the task, with its error's words
        text = text.partition("\n")[0]
    return TOKEN.sub("…", ELSEWHERE.sub(r"\1…", text))


def _kind(told: Any) -> Any:
    return type(told).__qualname__ if isinstance(told, BaseException) else told
