"""Log lines that tell operators what happened, and nobody who it happened to."""

import logging
import re
import traceback
from types import TracebackType

# A personal link's token, alone or in a path, and a keyed digest among what a job is to do.
TOKEN = re.compile(r"[\w-]{40,}|(?<=')[\w-]{22}(?=')")


class DiscreetFormatter(logging.Formatter):
    """One line an event, without tokens; errors with where and what kind, without their words.

    PostgreSQL's errors quote the row that was refused, and Python's quote the value.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        return TOKEN.sub("…", super().format(record))

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        lines: list[str] = []
        error = ei[1]
        while error is not None:
            frames = traceback.extract_tb(error.__traceback__)
            lines += [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
            lines.append(type(error).__qualname__)
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(lines)
