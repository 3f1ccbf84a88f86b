"""SQL stands in two modules: whoever looks for a way in, or for a slow statement, reads those."""

import ast

import pytest

from tests.architecture.test_source import APPS, name, sources, tree

WITH_SQL = {"linkcenter/database/statements.py", "linkcenter/database/catalogue.py"}

RUNS_SQL = {"cursor", "execute", "executemany", "extra", "raw"}
MAKES_SQL = {"django.db.models.expressions.RawSQL", "django.db.models.sql", "psycopg.sql"}


def is_sql(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(attr=verb)):
            return verb in RUNS_SQL
        case ast.ImportFrom(module=str(module), names=names):
            return any(f"{module}.{each.name}" in MAKES_SQL for each in names)
    return False


def test_sql_stands_in_two_modules():
    found = {
        name(path): [node.lineno for node in ast.walk(tree(path)) if is_sql(node)]
        for path in sources("manage.py", *(f"{app}/*.py" for app in APPS))
    }

    assert {path for path, lines in found.items() if lines} == WITH_SQL


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("connection.cursor()", True),
        ("cursor.execute('select 1')", True),
        ("Seat.objects.raw('select 1')", True),
        ("seats.extra(where=['true'])", True),
        ("from psycopg import sql", True),
        ("from django.db.models.expressions import RawSQL", True),
        ("log.info('sent', extra={})", False),
        ("Seat.objects.filter(pk=1)", False),
    ],
)
def test_sql_is_recognised(source, expected):
    assert any(is_sql(node) for node in ast.walk(ast.parse(source))) is expected
