"""The shipped units, read by systemd's own checker."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

UNITS = sorted((settings.BASE_DIR / "deploy/systemd").iterdir())
PYTHON = r"/srv/link(-next)?/\.venv/bin/python"
CHECKER = shutil.which("systemd-analyze")
MOST_EXPOSED = 25  # of 100, by systemd's own reckoning; what is not confined at all has 96


@pytest.fixture(params=UNITS, ids=lambda unit: unit.name)
def unit(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The unit, with this machine's Python where that of the installation would be."""
    if CHECKER is None and os.environ.get("CI"):
        pytest.fail("There is no systemd-analyze, and in CI the units have to be read.")
    if CHECKER is None:
        pytest.skip("There is no systemd-analyze on this machine.")
    for each in UNITS:  # a timer wants its service beside it
        text = re.sub(PYTHON, sys.executable, each.read_text())
        (tmp_path / each.name).write_text(text)
    return tmp_path / request.param.name


def analyze(*command: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(  # noqa: S603  a program of the machine's
        [str(CHECKER), *command], capture_output=True, text=True, timeout=60, check=False
    )


def test_unit_is_understood_whole(unit: Path) -> None:
    read = analyze("verify", "--man=no", str(unit))

    assert (read.returncode, read.stderr) == (0, "")


def test_program_is_confined(unit: Path) -> None:
    if unit.suffix != ".service":
        return  # a timer runs nothing itself
    read = analyze("security", "--offline=yes", f"--threshold={MOST_EXPOSED}", str(unit))

    assert read.returncode == 0, read.stdout[-2000:]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_what_runs_once_comes_to_an_end(unit: Path) -> None:
    """systemd waits for it for ever unless it is told otherwise, and a timer waits for systemd."""
    text = unit.read_text()

    assert ("Type=oneshot" in text) == ("TimeoutStartSec=" in text)


def test_command_by_hand_has_the_settings_of_the_services(tmp_path: Path) -> None:
    said = tmp_path / "systemd-run"
    said.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    said.chmod(0o755)
    path = {"PATH": f"{tmp_path}:{os.environ['PATH']}"}

    def asked(*arguments: str) -> list[str]:
        done = subprocess.run(  # noqa: S603  our own program
            [str(settings.BASE_DIR / "deploy/link-manage"), *arguments],
            env=path,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.splitlines()

    daily, owner = asked("invite", "--name", "Kari Ås"), asked("--owner", "restore", "a b")
    coming = asked("--owner", "--next", "release", "link_web")

    assert "--property=EnvironmentFile=/etc/link/environment" in daily
    assert daily[-5:] == [
        *("/srv/link/.venv/bin/python", "manage.py"),
        "invite",
        "--name",
        "Kari Ås",
    ]
    # The later file wins: it names the database in the other role.
    files = [each for each in owner if "EnvironmentFile" in each]
    assert [each.rpartition("/")[2] for each in files] == ["environment", "owner"]
    assert owner[-2:] == ["restore", "a b"]
    assert not any("/etc/link/owner" in each for each in daily)
    assert coming[-4:-2] == ["/srv/link-next/.venv/bin/python", "manage.py"]
    assert "--working-directory=/srv/link-next" in coming
