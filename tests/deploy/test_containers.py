"""The shipped container files: understood by Compose, confined, and true to the clone."""

import os
import re
import shutil
import subprocess

import pytest
from django.conf import settings

DEPLOY = settings.BASE_DIR / "deploy"
COMPOSE = shutil.which("docker-compose")
OURS = ("release", "web", "worker", "backup")


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What Compose makes of the file: each service with its settings, all references resolved."""
    if COMPOSE is None and os.environ.get("CI"):
        pytest.fail("There is no docker-compose, and in CI its file has to be read.")
    if COMPOSE is None:
        pytest.skip("There is no docker-compose on this machine.")
    folder = tmp_path_factory.mktemp("deploy")
    shutil.copy(DEPLOY / "compose.yaml", folder)
    for name in ("environment", "owner"):
        shutil.copy(DEPLOY / f"{name}.example", folder / name)
    read = subprocess.run(  # noqa: S603  a program of the machine's
        [COMPOSE, "-f", str(folder / "compose.yaml"), "config"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert read.returncode == 0, read.stderr
    written = re.search(r"^services:\n(.*?)(?=^\S|\Z)", read.stdout, re.MULTILINE | re.DOTALL)
    assert written
    _before, *parts = re.split(r"^  (\w+):\n", written[1], flags=re.MULTILINE)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_our_own_programs_may_do_nothing_but_their_work(services: dict[str, str]) -> None:
    assert set(services) == {*OURS, "database", "nginx"}
    for name in OURS:
        said = services[name]
        assert "read_only: true" in said
        assert "no-new-privileges:true" in said
        assert re.search(r"cap_drop:\n\s+- ALL\n", said)
        assert re.search(r"user: ['\"]?10001:10001", said)


def test_nobody_gains_rights_or_fills_the_disk_with_logs(services: dict[str, str]) -> None:
    for said in services.values():
        assert "no-new-privileges:true" in said
        assert "max-size: 20m" in said
    assert "read_only: true" in services["nginx"]
    assert re.search(r"cap_drop:\n\s+- ALL\n", services["nginx"])


def test_nginx_alone_can_be_reached_from_outside(services: dict[str, str]) -> None:
    open_to_all = {name for name, said in services.items() if "ports:" in said}
    outside = {name for name, said in services.items() if "outside:" in said}

    assert open_to_all == outside == {"nginx"}


def test_owner_of_the_tables_is_known_to_the_release_alone(services: dict[str, str]) -> None:
    knows = {name for name, said in services.items() if "another-password" in said}

    assert knows == {"release", "database"}
    assert "link_owner:" in services["release"]
    assert "link_web:" in services["web"]


def test_database_checks_what_it_reads(services: dict[str, str]) -> None:
    assert "--data-checksums" in services["database"]


def container_file() -> list[str]:
    """Its instructions, each on one line."""
    text = (DEPLOY / "Containerfile").read_text().replace("\\\n", " ")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def test_container_holds_what_is_in_the_clone() -> None:
    copied = [line.split()[1:-1] for line in container_file() if line.startswith("COPY req")]
    copied += [
        line.split()[1:-1] for line in container_file() if re.match(r"COPY (?!--|req)", line)
    ]
    sources = [source for line in copied for source in line]

    assert [each for each in sources if not (settings.BASE_DIR / each).exists()] == []
    needed = {"linkcenter", "centres", "participants", "groups", "templates", "static", "locale"}
    assert needed <= set(sources)


def test_last_stage_builds_nothing_and_is_nobody_special() -> None:
    lines = container_file()
    last = lines[max(number for number, line in enumerate(lines) if line.startswith("FROM")) :]

    assert not [line for line in last if re.search(r"apt-get|pip install|npm|gcc", line)]
    assert "USER 10001:10001" in last
    assert lines.index("USER 10001:10001") > max(
        number for number, line in enumerate(lines) if line.startswith("RUN")
    )
