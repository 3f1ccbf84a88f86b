from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, QuerySet
from django.db.models.functions import JSONObject


def rows(queryset: QuerySet, *names: str, **paths: str) -> ArraySubquery:
    """The rows of ``queryset`` as an array of JSON objects, for an annotation.

    So that a page reads a centre and all that hangs on it in one query. ``names`` are columns,
    ``paths`` lead further, such as ``name="organisation__name"``.
    """
    columns = {name: name for name in names} | paths
    # Not values(row=JSONObject(...)): the translated models' own values() adds every column then.
    return ArraySubquery(queryset.annotate(row=JSONObject(**columns)).values("row"))


def typed(model: type[Model], row: dict[str, Any]) -> dict[str, Any]:
    """One of those rows with the types of the columns: JSON knows neither days nor clocks."""
    fields: Any = {field.name: field for field in model._meta.fields}
    return {name: fields[name].to_python(value) for name, value in row.items()}
