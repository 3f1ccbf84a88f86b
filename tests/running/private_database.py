"""A PostgreSQL of our own, which may be taken away."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from linkcenter.embedded_postgres import server


class Database:
    def __init__(self, state: Path) -> None:
        self.cluster = server.cluster(state)
        self.start()
        self.url = self.url_of(server.DB_NAME)

    def url_of(self, name: str) -> str:
        host = quote(str(self.cluster.socket_folder), safe="")
        return f"postgresql://{server.DB_USER}@{host}:{server.PORT}/{name}"

    def start(self) -> None:
        server.ensure_running(self.cluster)

    def stop(self) -> None:
        """As a power cut does."""
        self.run("pg_ctl", "-D", self.cluster.data, "-m", "immediate", "stop")

    def run(self, program: str, *arguments: str | Path) -> None:
        """One of PostgreSQL's own programs, as the user that the server runs as."""
        server._run(self.cluster, self.cluster.bindir / program, *arguments)

    def ask(self, question: str) -> list[Any]:
        with psycopg.connect(self.url) as db:
            return db.execute(question).fetchall()  # type: ignore[arg-type]  # ours

    def tell(self, order: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as db:
            db.execute(order)  # type: ignore[call-overload]  # ours


@contextmanager
def running_in(state: Path) -> Iterator[Database]:
    """Nothing is left running, however the block ends; a test may have stopped it already."""
    database = Database(state)
    try:
        yield database
    finally:
        told = ("-D", database.cluster.data, "-m", "immediate", "stop")
        server._run(database.cluster, database.cluster.bindir / "pg_ctl", *told, check=False)


@contextmanager
def open_folder() -> Iterator[Path]:
    """Open to the user that PostgreSQL runs as, unlike pytest's own temporary folders."""
    folder = Path(tempfile.mkdtemp(prefix="link "))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
