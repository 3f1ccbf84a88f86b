"""The operator's handbook names what there is: commands, settings, units and files."""

import re

from django.conf import settings
from django.core.management import get_commands, load_command_class

HANDBOOK = (settings.BASE_DIR / "docs/operating.md").read_text()
DEPLOY = settings.BASE_DIR / "deploy"
EXAMPLE = (DEPLOY / "environment.example").read_text()
SETTING = r"\b(LINK_[A-Z_]+|DATABASE_URL|EMAIL_URL|BIND)\b"


def known_settings() -> set[str]:
    """What the program reads from its environment."""
    files = ("settings.py", "env.py", "embedded_postgres/binaries.py")
    text = "".join((settings.BASE_DIR / "linkcenter" / file).read_text() for file in files)
    return set(re.findall(f'"{SETTING}"', text))


def commands_by_hand() -> list[tuple[str, list[str]]]:
    found = re.findall(
        r"(?:link-manage(?: --owner| --next)*|manage\.py) ([a-z_]+)([^`\n|#]*)", HANDBOOK
    )
    return [(name, re.findall(r"--[a-z-]+", rest)) for name, rest in found]


def test_commands_exist_and_know_their_options() -> None:
    for name, options in commands_by_hand():
        parser = load_command_class(get_commands()[name], name).create_parser("manage.py", name)
        assert set(options) <= set(parser._option_string_actions), name
    assert len(commands_by_hand()) > 10


def test_each_setting_is_told_and_none_that_is_not_read() -> None:
    assert set(re.findall(SETTING, HANDBOOK)) == known_settings()


def test_example_has_settings_that_are_read_and_all_that_must_be() -> None:
    said = set(re.findall(f"^#?{SETTING}=", EXAMPLE, re.MULTILINE))

    assert said <= known_settings()
    assert {
        "LINK_ENV",
        "LINK_BASE_URL",
        "LINK_FROM_EMAIL",
        "LINK_SECRET_KEY",
        "LINK_INDEX_KEY",
        "LINK_LINK_KEY",
        "LINK_BACKUP_KEY",
        "LINK_FIELD_KEYS",
        "DATABASE_URL",
        "EMAIL_URL",
    } <= set(re.findall(f"^{SETTING}=", EXAMPLE, re.MULTILINE))


def test_units_are_shipped_and_told_of() -> None:
    shipped = {unit.name for unit in (DEPLOY / "systemd").iterdir()}
    orders = " ".join(re.findall(r"(?:systemctl|journalctl) [^`\n#]*", HANDBOOK))
    named = re.findall(r"\blink-\w+(?:\.\w+)?", orders)
    papers = HANDBOOK + (settings.BASE_DIR / "docs/backup.md").read_text()

    assert {name if "." in name else f"{name}.service" for name in named} <= shipped
    assert {name for name in shipped if name.partition(".")[0] not in papers} == set()
