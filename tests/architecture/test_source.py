"""What linters cannot say about the sources."""

import ast
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

APPS = ("linkcenter", "centres", "participants", "groups")
LONGEST_FILE = 400  # lines

# Nobody may meet these by guessing a number: views reach them through the app's access module.
PROTECTED = {
    "Activity", "Consent", "FollowUp", "Initiator", "KeepApart", "MatchRun", "Message",
    "Participant", "PersonalLink", "ReadLog", "Registration", "Seat", "SelfHelpGroup", "Talk",
}  # fmt: skip


def files(*patterns: str) -> list[Path]:
    """What is in the repository, or will be with the next commit."""
    listed = subprocess.run(  # noqa: S603  git, and constants
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns],  # noqa: S607  git
        cwd=settings.BASE_DIR,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    paths = [settings.BASE_DIR / name for name in listed.split("\0") if name]
    return sorted(path for path in paths if path.is_file())


def name(path: Path) -> str:
    return str(path.relative_to(settings.BASE_DIR))


def sources(*patterns: str) -> list[Path]:
    return [path for path in files(*patterns) if "migrations" not in path.parts]


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), name(path))


def imports(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_files_are_short_enough_to_be_read_whole():
    too_long = [name(p) for p in sources("*.py") if len(p.read_text().splitlines()) > LONGEST_FILE]

    assert too_long == []


def test_files_leave_nothing_for_later_and_name_no_machine():
    found = [
        (name(path), match)
        for path in files("*.py", "*.html", "*.txt", "*.css", "*.js", "*.md", "*.toml", "Makefile")
        if path != Path(__file__)
        for match in re.findall(
            r"\b(?:TODO|FIXME|XXX)\b|(?<![\w.])/(?:work|root|home/\w+)/", path.read_text()
        )
    ]

    assert found == []


def test_lock_files_name_no_host():
    locks = files("requirements/*", "package-lock.json", ".npmrc")

    assert len(locks) == 5
    assert [name(path) for path in locks if "://" in path.read_text()] == []


def test_views_fetch_protected_rows_through_access():
    assert found_in(in_each_app("views*"), names_protected_rows) == []


def test_admin_fetches_no_protected_row_by_its_number():
    assert found_in(in_each_app("admin*"), fetches_protected_row) == []


def found_in(patterns: list[str], is_wrong: Callable[[ast.AST], bool]) -> list[str]:
    return [
        f"{name(path)}:{node.lineno} {ast.unparse(node)}"
        for path in sources(*patterns)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.expr) and is_wrong(node)
    ]


def names_protected_rows(node: ast.AST) -> bool:
    """``Seat.objects`` or ``get_object_or_404(Seat, ...)``."""
    match node:
        case ast.Attribute(value=ast.Name(id=model), attr="objects" | "_default_manager"):
            return model in PROTECTED
    return fetches_protected_row(node)


def fetches_protected_row(node: ast.AST) -> bool:
    """``Seat.objects.get(...)`` or ``get_object_or_404(Seat, ...)``."""
    match node:
        case ast.Call(
            func=ast.Attribute(
                value=ast.Attribute(value=ast.Name(id=model), attr="objects"),
                attr="get" | "first" | "in_bulk",
            )
        ):
            return model in PROTECTED
        case ast.Call(
            func=ast.Name(id="get_object_or_404" | "get_list_or_404"),
            args=[ast.Name(id=model), *_],
        ):
            return model in PROTECTED
    return False


@pytest.mark.parametrize(
    ("source", "named", "fetched"),
    [
        ("Seat.objects.get(pk=1)", True, True),
        ("Seat.objects.filter(group=group)", True, False),
        ("get_object_or_404(Seat, pk=1)", True, True),
        ("get_object_or_404(group.seats, pk=1)", False, False),
        ("Municipality.objects.get(number=number)", False, False),
    ],
)
def test_direct_fetch_is_recognised(source, named, fetched):
    nodes = list(ast.walk(ast.parse(source)))

    assert any(names_protected_rows(node) for node in nodes) is named
    assert any(fetches_protected_row(node) for node in nodes) is fetched


def test_domain_and_models_know_no_request_and_no_language():
    forbidden = (
        "django.http",
        "django.shortcuts",
        "django.contrib.messages",
        "django.utils.translation.get_language",
        "django.forms",
    )

    assert importing(forbidden, in_each_app("domain/*.py", "models/*.py")) == []


def test_matching_knows_no_database_and_no_clock():
    forbidden = ("django", "linkcenter", "centres", "participants", "time.", "datetime.datetime")

    assert importing(forbidden, ["groups/matching/*.py"]) == []


def importing(forbidden: tuple[str, ...], patterns: list[str]) -> list[tuple[str, str]]:
    paths = sources(*patterns)
    assert paths  # nothing found is nothing proved
    return [
        (name(path), module)
        for path in paths
        for module in imports(tree(path))
        if module.startswith(forbidden)
    ]


def in_each_app(*parts: str) -> list[str]:
    return [f"{app}/{part}" for app in APPS for part in parts]


def test_what_the_security_rules_are_told_to_pass_over_has_its_reason():
    blanket, silent = r"#\s*(?:noqa(?!:)|nosec)", r"# noqa: (?:[A-Z]+\d+, )*S\d+(?:, \w+)*\s*$"
    unexplained = [
        f"{name(path)}:{number}"
        for path in files("*.py")
        if path != Path(__file__)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(f"{blanket}|{silent}", line)
    ]

    assert unexplained == []
