"""The shipped units, read by systemd's own checker."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

UNITS = sorted((settings.BASE_DIR / "deploy/systemd").iterdir())
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
        text = each.read_text().replace("/srv/link/.venv/bin/python", sys.executable)
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
