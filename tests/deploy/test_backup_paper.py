"""The page about backups names what there is: commands, tests and PostgreSQL's programs."""

import re

from django.conf import settings
from django.core.management import get_commands, load_command_class

from linkcenter.embedded_postgres import binaries

PAGE = (settings.BASE_DIR / "docs/backup.md").read_text()


def test_commands_exist_and_know_their_options() -> None:
    found = re.findall(r"link-manage(?: --owner)? ([a-z_]+)([^`\n]*)", PAGE)
    assert len(found) > 5
    for name, rest in found:
        parser = load_command_class(get_commands()[name], name).create_parser("manage.py", name)
        assert set(re.findall(r"--[a-z-]+", rest)) <= set(parser._option_string_actions), name


def test_named_files_exist() -> None:
    named = re.findall(r"`((?:tests|deploy)/[\w./-]+)`", PAGE) + re.findall(r"\((\w+\.md)", PAGE)
    assert named
    for name in named:
        folder = settings.BASE_DIR / ("docs" if name.endswith(".md") else "")
        assert (folder / name).exists(), name


def test_programs_come_with_our_packages() -> None:
    programs = {
        each for each in re.findall(r"\bpg_\w+\b", PAGE) if not re.search("_(hba|is|repl)", each)
    }

    assert {"pg_basebackup", "pg_receivewal", "pg_verifybackup", "pg_archivecleanup"} <= programs
    for program in programs:
        assert (binaries.find_bindir() / program).exists(), program
