"""One function says that HTML may be shown as it is, and two callers have a reason to ask it."""

import ast

import pytest

from tests.architecture.test_source import APPS, imports, name, sources, tree

VOUCHES = "linkcenter/safe_html.py"
ASKS = {
    "centres/publishing/markdown.py",  # nh3 has cleaned it
    "centres/templatetags/pages.py",  # JSON in which every sign that HTML knows is escaped
}

MARKS = {"mark_safe", "SafeString", "SafeText", "SafeData", "html_safe", "__html__"}


def marks_as_safe(node: ast.AST) -> bool:
    match node:
        case ast.ImportFrom(names=names):
            return any(each.name in MARKS for each in names)
        case ast.Attribute(attr=named) | ast.FunctionDef(name=named):
            return named in MARKS
        case ast.Call(func=ast.Name(id="format_html" | "format_html_join"), args=[first, *more]):
            pattern = more[0] if node.func.id == "format_html_join" else first
            return not isinstance(pattern, ast.Constant)
    return False


def test_one_module_vouches_for_html():
    found = {
        name(path): [node.lineno for node in ast.walk(tree(path)) if marks_as_safe(node)]
        for path in sources(*(f"{app}/*.py" for app in APPS))
    }

    assert {path for path, lines in found.items() if lines} == {VOUCHES}


def test_it_is_asked_by_those_who_have_cleaned_or_escaped():
    asking = {
        name(path)
        for path in sources(*(f"{app}/*.py" for app in APPS))
        if "linkcenter.safe_html.vouch_for" in set(imports(tree(path)))
    }

    assert asking == ASKS


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("from django.utils.safestring import mark_safe", True),
        ("safestring.SafeString(text)", True),
        ("def __html__(self): return self.text", True),
        ("format_html(text)", True),
        ("format_html_join(', ', pattern, rows)", True),
        ("format_html('<b>{}</b>', text)", False),
        ("format_html_join(', ', '<b>{}</b>', rows)", False),
    ],
)
def test_what_is_marked_as_safe_is_recognised(source, expected):
    assert any(marks_as_safe(node) for node in ast.walk(ast.parse(source))) is expected
