"""The papers in docs/ say what the code does: tables are equal, and what they name exists."""

import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from linkcenter.personal_data import retention_table

ROOT: Path = settings.BASE_DIR
PAPERS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("*/README.md")])
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
NAMED_FUNCTION = re.compile(r"([\w/]+\.py)::(\w+)")
DRAWN = re.compile(r"<title>([\w/.]+)</title>")
PATH = re.compile(
    r"(?:\.ci|bench|centres|deploy|docs|groups|linkcenter|participants|templates|tests)/[\w./-]*\w"
)
COMMAND = re.compile(r"(?:manage\.py|link-manage)(?: --owner)? ([a-z]\w+)")

every_paper = pytest.mark.parametrize(
    "paper", PAPERS, ids=lambda paper: str(paper.relative_to(ROOT))
)


@cache
def source(path: str) -> str:
    return (ROOT / path).read_text()


def test_table_of_what_is_kept_is_the_register():
    # Made anew by: manage.py retention_table > docs/retention.md
    assert (ROOT / "docs/retention.md").read_text() == retention_table.markdown()


@every_paper
def test_named_functions_exist(paper):
    named = NAMED_FUNCTION.findall(paper.read_text())

    assert [f"{file}::{name}" for file, name in named if f"def {name}(" not in source(file)] == []


def test_picture_of_the_house_shows_its_rooms():
    drawn = set(DRAWN.findall((ROOT / "docs/house.svg").read_text()))
    of_the_domain = {
        str(room.parent.relative_to(ROOT)) for room in ROOT.glob("*/domain/*/__init__.py")
    }

    assert [room for room in drawn if not (ROOT / room).exists()] == []
    assert of_the_domain - drawn == set()


@every_paper
def test_named_files_exist(paper):
    spans = (PATH.fullmatch(span.partition("::")[0]) for span in CODE.findall(paper.read_text()))

    assert [span[0] for span in spans if span and not (ROOT / span[0]).exists()] == []


@every_paper
def test_links_lead_somewhere(paper):
    links = LINK.findall(paper.read_text())

    assert [
        link for link in links if "://" not in link and not (paper.parent / link).exists()
    ] == []


@every_paper
def test_named_commands_exist(paper):
    assert set(COMMAND.findall(paper.read_text())) - set(get_commands()) == set()
