"""The life of the private cluster: made and started on first use, stopped when nobody is left.

It listens on a socket in a folder that only its owner can open, and on no port.
"""

import atexit
import fcntl
import hashlib
import os
import pwd
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psycopg

from linkcenter.database import catalogue
from linkcenter.database.server_log import QUIET
from linkcenter.embedded_postgres import binaries
from linkcenter.embedded_postgres.binaries import EmbeddedPostgresError
from linkcenter.env import env

DB_NAME = "linkcenter"
DB_USER = "postgres"
PORT = 5432  # no port, only a part of the socket's name
START_TIMEOUT = 30.0  # seconds
LONGEST_SOCKET_FOLDER = 80  # bytes; the kernel allows 107 for the whole name

SETTINGS = """
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 200
timezone = 'UTC'
log_timezone = 'UTC'
"""


# Its log quotes nobody. That it has started stands there, unlike in a database in production.
_QUIET = [f"-c{name}={value}" for name, value in QUIET.items() if name != "log_min_messages"]


@dataclass(frozen=True)
class Cluster:
    """Where one private PostgreSQL keeps its things, and as whom it runs."""

    bindir: Path
    data: Path
    socket_folder: Path
    log: Path
    run_as: int | None  # a user's number, set if we are root: PostgreSQL refuses to be

    def django_settings(self) -> dict[str, Any]:
        return {
            "ENGINE": "linkcenter.embedded_postgres",
            "NAME": DB_NAME,
            "USER": DB_USER,
            "HOST": str(self.socket_folder),
            "PORT": PORT,
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }


def cluster(state: Path) -> Cluster:
    """The cluster that belongs to the folder ``state``. Starts nothing."""
    state = state.absolute()
    bindir = binaries.find_bindir()
    major = binaries.major_version(bindir)
    key = hashlib.sha256(f"{state}:{os.getuid()}".encode()).hexdigest()[:12]
    run_as = None
    if os.geteuid() == 0:
        run_as = _owner(state / f"pg-data-{major}")
        if run_as is None and not binaries.is_open_to_all(state):
            state = Path("/var/lib") / f"linkcenter-{key}"  # not into somebody's private folder
        run_as = run_as or _owner(state / f"pg-data-{major}") or _unprivileged_user()
    socket_folder = state / "pg-socket"
    if len(os.fsencode(socket_folder)) > LONGEST_SOCKET_FOLDER:
        socket_folder = Path(tempfile.gettempdir()) / f"linkcenter-{key}"
    return Cluster(
        bindir, state / f"pg-data-{major}", socket_folder, state / f"pg-{major}.log", run_as
    )


def _owner(data: Path) -> int | None:
    """Whose data it is already, unless it is root's or not there."""
    return (data.stat().st_uid or None) if data.exists() else None


def _unprivileged_user() -> int:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_uid
        except KeyError:
            continue
    raise EmbeddedPostgresError(
        'PostgreSQL does not run as root, and there is no user "postgres" or "nobody".'
    )


def ensure_running(c: Cluster, *, stop_at_exit: bool = False) -> bool:
    """Make and start the cluster if need be. True if this call started it."""
    if is_ready(c):
        return False
    with _locked(c):
        if is_ready(c):
            return False
        if not _can_run_programs(c):
            copy = c.data.with_name(f"{c.data.name}-programs")
            c = replace(c, bindir=binaries.copy_to(copy, c.bindir))
        _own(c, c.socket_folder)
        if not (c.data / "PG_VERSION").exists():
            _make(c)
        _start(c)
        _create_database(c)
    if stop_at_exit:
        atexit.register(_stop_at_exit, c, os.getpid())
    return True


def is_ready(c: Cluster) -> bool:
    """Can one log in? A pid file may be stale, and an open socket may still be recovering."""
    try:
        _connect(c).close()
    except psycopg.OperationalError:
        return False
    return True


def stop_if_unused(c: Cluster) -> bool:
    """Stop the cluster unless somebody is connected: a worker, a shell, another test run."""
    with _locked(c):
        if not is_ready(c) or _is_used(c):
            return False
        _run(c, c.bindir / "pg_ctl", "-D", c.data, "-w", "-m", "fast", "stop")
        return True


def _is_used(c: Cluster) -> bool:
    with _connect(c) as db:
        for _ in range(20):  # the sessions of our own children outlive them by a moment
            if not catalogue.others_connected(db):
                return False
            time.sleep(0.1)
    return True


def _stop_at_exit(c: Cluster, starter: int) -> None:
    from django.db import connections

    if os.getpid() != starter:
        return  # a child that was forked from the starter
    try:
        connections.close_all()
        stop_if_unused(c)
    except (EmbeddedPostgresError, psycopg.Error, OSError) as error:
        sys.stderr.write(f"The private PostgreSQL was left running: {error}\n")


@contextmanager
def _locked(c: Cluster) -> Iterator[None]:
    try:
        c.data.parent.mkdir(parents=True, exist_ok=True)
        lock = (c.data.parent / "pg.lock").open("w")
    except PermissionError as error:
        raise EmbeddedPostgresError(
            f"{c.data.parent} belongs to another user. Run LINK as that user, or set "
            "LINK_STATE_DIR to a folder of your own."
        ) from error
    with lock:  # the kernel lets go of it when the process dies, however it dies
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _can_run_programs(c: Cluster) -> bool:
    try:
        return _run(c, c.bindir / "postgres", "--version", check=False) is None
    except PermissionError:  # root's checkout, in a folder that the server's user cannot enter
        return False


def _own(c: Cluster, folder: Path) -> None:
    """Make ``folder`` and close it to all but the server's user and us."""
    folder.mkdir(parents=True, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid not in {os.getuid(), c.run_as}:
        raise EmbeddedPostgresError(f"{folder} belongs to somebody else.")
    if c.run_as is not None:
        shutil.chown(folder, c.run_as)
    folder.chmod(0o700)


def _make(c: Cluster) -> None:
    new = c.data.with_name(f"{c.data.name}.new")  # renamed when whole: a kill leaves no half
    shutil.rmtree(new, ignore_errors=True)
    _own(c, new)
    # The same order and letter case on every operating system, whatever locales it has.
    builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    locale = builtin if binaries.major_version(c.bindir) >= 17 else ["--locale=C.UTF-8"]
    options = ["--auth=trust", "--encoding=UTF8", "--data-checksums", "--no-instructions"]
    _run(c, c.bindir / "initdb", "-D", new, "-U", DB_USER, *options, *locale)
    with (new / "postgresql.conf").open("a") as conf:
        conf.write(SETTINGS)
    new.rename(c.data)


def _start(c: Cluster) -> None:
    if c.run_as is not None:
        c.log.touch()
        shutil.chown(c.log, c.run_as)
    # The socket's folder is told here and not in the file, because a checkout may be moved.
    told = shlex.join(["-k", str(c.socket_folder), *_QUIET])
    options = ["-w", "-t", "20", "-l", str(c.log), "-o", told]
    deadline = time.monotonic() + START_TIMEOUT
    while True:
        _forget_dead_server(c)
        answer = _run(c, c.bindir / "pg_ctl", "-D", c.data, *options, "start", check=False)
        if answer is None or is_ready(c):  # the one before may have recovered by itself
            return
        # After a kill -9 the old backends need a moment to notice and let go of the memory.
        if time.monotonic() > deadline:
            raise EmbeddedPostgresError(f"{answer}\nSee {c.log}")
        time.sleep(0.25)


def _forget_dead_server(c: Cluster) -> None:
    """Remove lock files whose process is not our server.

    PostgreSQL asks only whether the process number is in use. In a container it often is: by a
    zombie that nobody reaps after a kill -9, or, after a restart, by any other process. A real
    server has its data folder on its command line.
    """
    pid_file = c.data / "postmaster.pid"
    if not Path("/proc/self/cmdline").exists():
        return  # macOS: PostgreSQL's own check has to do
    try:
        pid = int(pid_file.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()  # empty for a zombie
    except OSError:
        command = b""
    if os.fsencode(c.data) not in command:
        pid_file.unlink(missing_ok=True)
        (c.socket_folder / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)


def _create_database(c: Cluster) -> None:
    with _connect(c) as db:
        catalogue.make_first_database(DB_NAME, db)


def _connect(c: Cluster) -> psycopg.Connection[tuple[Any, ...]]:
    return psycopg.connect(
        host=str(c.socket_folder),
        port=PORT,
        user=DB_USER,
        dbname="postgres",
        autocommit=True,
        connect_timeout=5,
    )


def _run(c: Cluster, *command: str | Path, check: bool = True) -> str | None:
    """Run a program of PostgreSQL's. None if it succeeded, else what it said."""
    # A file and no pipe: the server inherits it, and a pipe would never close.
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(  # noqa: S603  our own programs
            list(map(str, command)),
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            cwd="/",
            env={"PATH": env.str("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"},
            user=c.run_as,
            group=None if c.run_as is None else _group_of(c.run_as),
            extra_groups=None if c.run_as is None else [],
        )
        said.seek(0)
        answer = said.read()
    if not done.returncode:
        return None
    if check:
        raise EmbeddedPostgresError(f"{Path(command[0]).name} failed:\n{answer}")
    return answer


def _group_of(user: int) -> int:
    try:
        return pwd.getpwuid(user).pw_gid
    except KeyError:  # in a container, the owner of a mounted folder may have no name
        return user
