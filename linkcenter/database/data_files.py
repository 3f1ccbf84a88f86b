"""Reference data into the database: what is missing is added, what staff have changed is theirs.

Used by each app's ``reference.py``. The values of a row are those of its translated columns too,
such as ``title_nn``.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from django.core.management.base import OutputWrapper
from django.db import models

Row = TypeVar("Row", bound=models.Model)


def read(file: Path) -> dict[str, Any]:
    """A data file, with ``title.nb = …`` laid out as the column ``title_nb``."""
    return _flat(tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal))


def _flat(table: Mapping[str, Any]) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for name, value in table.items():
        if isinstance(value, dict):
            columns |= {f"{name}_{language}": text.strip() for language, text in value.items()}
        elif isinstance(value, list):
            columns[name] = [_flat(item) if isinstance(item, dict) else item for item in value]
        else:
            columns[name] = value.strip() if isinstance(value, str) else value
    return columns


@dataclass
class Loader:
    """One run: what it has added, and what it found to differ from the data files."""

    stdout: OutputWrapper
    overwrite: bool = False
    added: dict[str, int] = field(default_factory=dict)

    def put(
        self,
        model: type[Row],
        key: Mapping[str, Any],
        values: Mapping[str, Any],
        *,
        may_add: bool = True,
    ) -> tuple[Row | None, bool]:
        """The row that ``key`` names and whether it was added now.

        A row that differs is reported and left alone, unless this run overwrites. With
        ``may_add`` off, a missing row is reported too: somebody has removed it.
        """
        row = model._default_manager.filter(**key).first()
        if row is None:
            if not (may_add or self.overwrite):
                self.report(model, key, "is not there any more")
                return None, False
            self.count(model)
            return model._default_manager.create(**key, **values), True
        self.settle(row, key, values)
        return row, False

    def put_all(
        self, model: type[Row], key: str, rows: Mapping[Any, Mapping[str, Any]]
    ) -> dict[Any, Row]:
        """The same for many rows that one column names, in a few queries."""
        found = {getattr(row, key): row for row in model._default_manager.all()}
        missing = [model(**{key: name}, **rows[name]) for name in rows if name not in found]
        model._default_manager.bulk_create(missing)
        self.count(model, len(missing))
        for name, values in rows.items():
            if name in found:
                self.settle(found[name], {key: name}, values)
        return found | {getattr(row, key): row for row in missing}

    def settle(self, row: models.Model, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        """Report the columns of ``row`` that differ from ``values``, or set them."""
        differing = [name for name, value in values.items() if getattr(row, name) != value]
        if not differing:
            return
        if self.overwrite:
            for name in differing:
                setattr(row, name, values[name])
            row.save(update_fields=differing)
        self.report(type(row), key, f"differs in {', '.join(sorted(differing))}")

    def report(self, model: type[models.Model], key: Mapping[str, Any], what: str) -> None:
        name = ", ".join(str(value) for value in key.values())
        kept = "set as in the file" if self.overwrite else "left as it is"
        self.stdout.write(f"{model.__name__} {name} {what}: {kept}.")

    def count(self, model: type[models.Model], rows: int = 1) -> None:
        self.added[model.__name__] = self.added.get(model.__name__, 0) + rows

    def summary(self) -> str:
        """What was added, such as "357 Municipality, 7 CrisisLine"."""
        parts = [f"{rows} {name}" for name, rows in self.added.items() if rows]
        return ", ".join(parts) or "nothing new"
