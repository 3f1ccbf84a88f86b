"""Read JSON values of known names and types, and note everything that is wrong on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from groups.matching.model import Fault, GroupKey

T = TypeVar("T")


class Reader:
    """One JSON object. Every fault is noted and answered with an empty value, to find them all."""

    def __init__(self, data: object, where: str, faults: list[Fault] | None = None) -> None:
        self.faults: list[Fault] = [] if faults is None else faults
        self.where = where
        self.data: Mapping[str, Any] = {}
        if isinstance(data, Mapping):
            self.data = data
        else:
            self.fault("not_an_object", "")

    def __contains__(self, name: str) -> bool:
        return name in self.data

    def fault(self, code: str, name: str, value: object = "") -> None:
        where = ".".join(part for part in (self.where, name) if part)
        self.faults.append(Fault(code, where, str(value)[:80]))

    def _value(self, name: str, expected: type[T], empty: T) -> T:
        value = self.data.get(name)
        # In Python True is a number; in the format it is not.
        if isinstance(value, expected) and not (expected is int and isinstance(value, bool)):
            return value
        self.fault("missing" if value is None else "wrong_type", name)
        return empty

    def text(self, name: str) -> str:
        return self._value(name, str, "")

    def text_or_none(self, name: str) -> str | None:
        return None if self.data.get(name) is None else self.text(name)

    def number(self, name: str) -> int:
        return self._value(name, int, 0)

    def number_or_none(self, name: str) -> int | None:
        return None if self.data.get(name) is None else self.number(name)

    def yes(self, name: str, usual: bool) -> bool:
        return usual if self.data.get(name) is None else self._value(name, bool, usual)

    def day(self, name: str) -> date:
        text = self.text(name)
        try:
            return date.fromisoformat(text)
        except ValueError:
            if text:
                self.fault("no_date", name, text)
            return date.min

    def list(self, name: str) -> list[Any]:
        return [] if self.data.get(name) is None else self._value(name, list, [])

    def texts(self, name: str) -> tuple[str, ...]:
        items = self.list(name)
        if not all(isinstance(item, str) for item in items):
            self.fault("wrong_type", name)
            return ()
        return tuple(items)

    def inner(self, name: str, empty: object = None) -> Reader:
        return Reader(self.data.get(name, empty), f"{self.where}{name}", self.faults)

    def objects(self, name: str, read: Callable[[Reader], T]) -> tuple[T, ...]:
        found = []
        for number, item in enumerate(self.list(name)):
            id_ = item.get("id", number) if isinstance(item, Mapping) else number
            found.append(read(Reader(item, f"{name}[{id_}]", self.faults)))
        return tuple(found)

    def pairs(self, name: str) -> tuple[tuple[str, str], ...]:
        found = []
        for item in self.list(name):
            if isinstance(item, list) and len(item) == 2 and all(isinstance(i, str) for i in item):
                found.append((item[0], item[1]))
            else:
                self.fault("wrong_type", name)
        return tuple(found)

    def bands(self, name: str) -> dict[str, tuple[int, int]]:
        found = {}
        for band, ends in self._value(name, dict, {}).items() if name in self.data else ():
            if isinstance(ends, list) and len(ends) == 2 and all(type(i) is int for i in ends):
                found[band] = (ends[0], ends[1])
            else:
                self.fault("wrong_type", name, band)
        return found

    def key(self) -> GroupKey:
        """The nine key fields, which stand beside the object's others."""
        return GroupKey(
            self.text("format"),
            self.text_or_none("centre"),
            self.text("kind"),
            self.text_or_none("topic"),
            self.text("role"),
            self.text("gender"),
            self.text_or_none("age_band"),
            self.text("language"),
            self.text("slot"),
        )
