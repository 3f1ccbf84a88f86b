import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from linkcenter.embedded_postgres import binaries, server

START_AND_WRITE = """
import sys
from pathlib import Path
from linkcenter.embedded_postgres import server
cluster = server.cluster(Path(sys.argv[1]))
server.ensure_running(cluster, stop_at_exit=False)
with server._connect(cluster) as db:
    db.execute("select pg_advisory_lock(1)")  # two at once cannot make one table
    db.execute("create table if not exists note (text text)")
    db.execute("insert into note values ('kept')")
if "wait" in sys.argv:
    print("written", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """Open to the user that PostgreSQL runs as, unlike pytest's own temporary folders."""
    outer = Path(tempfile.mkdtemp(prefix="link "))
    outer.chmod(0o755)
    state = outer / "prøve på å"
    yield state
    stop(server.cluster(state))
    shutil.rmtree(outer)


def stop(cluster: server.Cluster) -> None:
    server.stop_if_unused(cluster)
    if cluster.socket_folder.parent == Path(tempfile.gettempdir()):
        shutil.rmtree(cluster.socket_folder, ignore_errors=True)


def start_writer(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603  our own program
        [sys.executable, "-c", START_AND_WRITE, str(folder), *arguments],
        cwd=settings.BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def write(cluster: server.Cluster) -> None:
    with server._connect(cluster) as db:
        db.execute("create table if not exists note (text text)")
        db.execute("insert into note values ('kept')")


def notes(cluster: server.Cluster) -> int:
    with server._connect(cluster) as db:
        return len(db.execute("select text from note").fetchall())


def kill_server(cluster: server.Cluster) -> None:
    number = int((cluster.data / "postmaster.pid").read_text().split()[0])
    os.kill(number, signal.SIGKILL)


def test_cluster_is_made_started_stopped_and_keeps_its_data(folder):
    cluster = server.cluster(folder)

    started = server.ensure_running(cluster)
    write(cluster)
    stopped = server.stop_if_unused(cluster)
    started_again = server.ensure_running(cluster)

    assert (started, stopped, started_again) == (True, True, True)
    assert notes(cluster) == 1


@pytest.mark.prove
def test_cluster_is_started_once(folder):
    cluster = server.cluster(folder)
    server.ensure_running(cluster)

    assert server.ensure_running(cluster) is False


@pytest.mark.prove
def test_cluster_is_not_stopped_while_somebody_is_connected(folder):
    cluster = server.cluster(folder)
    server.ensure_running(cluster)

    with server._connect(cluster):
        stopped = server.stop_if_unused(cluster)

    assert stopped is False
    assert server.is_ready(cluster)


def test_cluster_listens_on_no_port_and_lets_nobody_else_in(folder):
    cluster = server.cluster(folder)
    server.ensure_running(cluster)

    with server._connect(cluster) as db:
        row = db.execute("show listen_addresses").fetchone()

    assert row == ("",)
    assert cluster.socket_folder.stat().st_mode & 0o777 == 0o700
    assert cluster.data.stat().st_mode & 0o777 == 0o700


@pytest.mark.prove
def test_cluster_checks_its_pages_and_sorts_the_same_everywhere(folder):
    cluster = server.cluster(folder)
    server.ensure_running(cluster)

    with server._connect(cluster) as db:
        checksums = db.execute("show data_checksums").fetchone()
        lower = db.execute("select lower('BLÅBÆRØL')").fetchone()

    assert checksums == ("on",)
    assert lower == ("blåbærøl",)


def test_socket_moves_when_the_path_is_too_long_for_the_kernel(folder):
    cluster = server.cluster(folder / ("langt" * 20))

    assert cluster.socket_folder.parent == Path(tempfile.gettempdir())


def test_cluster_of_another_user_is_refused_with_a_sentence(folder, monkeypatch):
    cluster = server.cluster(folder)

    with monkeypatch.context() as disk:  # root cannot be refused in earnest
        disk.setattr(Path, "open", refuse_permission)

        with pytest.raises(binaries.EmbeddedPostgresError, match="belongs to another user"):
            server.ensure_running(cluster)


def refuse_permission(*arguments: object) -> None:
    raise PermissionError


@pytest.mark.prove
@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")
def test_root_keeps_out_of_a_private_folder_and_leaves_it_private(folder):
    folder.mkdir(mode=0o700)
    cluster = server.cluster(folder)

    server.ensure_running(cluster)
    write(cluster)
    stopped = server.stop_if_unused(cluster)

    assert stopped
    assert folder.stat().st_mode & 0o777 == 0o700
    assert list(folder.iterdir()) == []
    assert cluster.data.parent.parent == Path("/var/lib")
    shutil.rmtree(cluster.data.parent)


@pytest.mark.prove
def test_killed_server_is_recovered_and_loses_nothing(folder):
    cluster = server.cluster(folder)
    server.ensure_running(cluster)
    write(cluster)

    kill_server(cluster)
    server.ensure_running(cluster)

    assert notes(cluster) == 1


@pytest.mark.prove
def test_pid_file_that_names_another_program_is_forgotten(folder):
    cluster = server.cluster(folder)
    server.ensure_running(cluster)
    write(cluster)
    kill_server(cluster)
    pid_file = cluster.data / "postmaster.pid"
    lines = pid_file.read_text().split("\n")
    time.sleep(1)
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]))

    server.ensure_running(cluster)

    assert notes(cluster) == 1


@pytest.mark.prove
def test_killed_starter_leaves_a_server_for_the_next(folder):
    starter = start_writer(folder, "wait")
    assert starter.stdout is not None
    starter.stdout.readline()

    starter.kill()
    starter.communicate()
    cluster = server.cluster(folder)
    started = server.ensure_running(cluster)

    assert started is False
    assert notes(cluster) == 1


@pytest.mark.prove
def test_six_starters_at_once_share_one_server(folder):
    starters = [start_writer(folder) for _ in range(6)]

    for starter in starters:
        starter.communicate(timeout=60)

    assert [starter.returncode for starter in starters] == [0] * 6
    assert notes(server.cluster(folder)) == 6
