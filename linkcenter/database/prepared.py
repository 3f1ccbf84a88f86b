"""Queries of public pages whose SQL is written once and not for every page.

Django takes longer to write the SQL of a page that reads much at once than PostgreSQL takes to
answer it.
"""

from collections.abc import Callable
from copy import copy
from datetime import date, time
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import DateField, DateTimeField, Expression, Field, Model, QuerySet
from django.db.models.query import ModelIterable
from django.utils.translation import get_language

Row = TypeVar("Row", bound=Model)


class Given(Expression):
    """In the place of a value that differs from call to call, such as a name or the day."""

    def __init__(self, name: str, field: "Field[Any, Any]") -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


TODAY = Given("today", DateField())
NOW = Given("now", DateTimeField())


class prepared(Generic[Row]):
    """Turn a function that makes a queryset into one that takes its ``Given`` and fetches it.

    The function runs once a language and process: whatever else it reads stays as it was. A day
    or a time must be ``Given``, and is refused when it is not.
    """

    def __init__(self, make: Callable[[], QuerySet[Row]]) -> None:
        self._make = make
        self._written: dict[str | None, tuple[Any, str, tuple[Any, ...]]] = {}

    def __call__(self, **values: Any) -> list[Row]:
        language = get_language()  # translated columns have other names in another one
        if language not in self._written:
            self._written[language] = self._write()
        writer, sql, parameters = self._written[language]
        filled = tuple(values[each.name] if type(each) is Given else each for each in parameters)
        compiler = copy(writer)
        compiler.connection = connections[DEFAULT_DB_ALIAS]  # that of this thread
        compiler.as_sql = lambda *args, **kwargs: (sql, filled)
        query = SimpleNamespace(get_compiler=lambda using: compiler)
        source: Any = SimpleNamespace(query=query, db=DEFAULT_DB_ALIAS, _known_related_objects={})
        return list(ModelIterable(source))

    def _write(self) -> tuple[Any, str, tuple[Any, ...]]:
        compiler = self._make().query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        if any(isinstance(each, (date, time)) for each in parameters):
            raise ImproperlyConfigured(f"{self._make.__name__} would stay at one moment for ever.")
        return compiler, sql, tuple(parameters)
