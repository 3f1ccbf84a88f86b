"""The product as an operator runs it: production settings, gunicorn on a socket, nginx in front."""

import http.client
import secrets
import shutil
import socket
import ssl
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.running.nginx import start_nginx
from tests.running.production import HOST, with_our_keys
from tests.running.programs import PATIENCE, free_port, read_logs, start, wait_until


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    text: str


class Served:
    """``folder`` holds everything: keys, logs, sockets, a certificate that nobody trusts."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder = folder
        self.port, self.plain_port = free_port(), free_port()
        self.metrics_port, self.metrics_token = free_port(), secrets.token_urlsafe(32)
        told = {"LINK_METRICS_TOKEN": self.metrics_token}
        self.environment = with_our_keys(folder, database, **told)
        self.web: subprocess.Popen[bytes] | None = None
        self.nginx: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.manage("collectstatic", "--no-input")
        self.manage("proxy_files", str(self.folder / "link"))
        self._make_certificate()
        self.web = self.start_web()
        here = {
            "/run/link/": f"{self.folder}/",
            f"/etc/letsencrypt/live/{HOST}/": f"{self.folder}/",
            "127.0.0.1:9180": f"127.0.0.1:{self.metrics_port}",
            "listen 443": f"listen 127.0.0.1:{self.port}",
            "listen 80": f"listen 127.0.0.1:{self.plain_port}",
        }
        self.nginx = start_nginx(self.folder, here)
        wait_until(lambda: self.ask("/healthz").status == 200, self.logs)

    def start_web(self) -> "subprocess.Popen[bytes]":
        gunicorn = [sys.executable, "-m", "gunicorn", "--bind", f"unix:{self.folder}/web.sock"]
        return self._run("web", [*gunicorn, "--access-logfile", f"{self.folder}/access.log"])

    def stop(self) -> None:
        """Also what was begun when it did not come up whole."""
        for program in (self.nginx, self.web):
            if program is not None:
                program.terminate()
                program.wait(PATIENCE)

    def manage(self, *command: str) -> None:
        done = self._run("manage", [sys.executable, "manage.py", *command])
        assert done.wait(PATIENCE) == 0, self.logs()

    def ask(self, path: str, *, method: str = "GET", body: Any = None, **headers: str) -> Answer:
        connection = http.client.HTTPConnection(HOST, timeout=30)
        connection.sock = self.connect()
        connection.request(method, path, body, {"Connection": "close", **headers})
        response = connection.getresponse()
        text = response.read().decode(errors="replace")
        connection.close()
        told = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status, told, text)

    def connect(self, source: str = "127.0.0.1") -> ssl.SSLSocket:
        """A connection of one's own, for what no browser sends."""
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        here = ("127.0.0.1", self.port)
        plain = socket.create_connection(here, timeout=30, source_address=(source, 0))
        return context.wrap_socket(plain, server_hostname=HOST)

    def send(self, raw: bytes) -> bytes:
        """All that comes back until the other side closes, or 5 seconds pass in silence."""
        with self.connect() as connection:
            connection.settimeout(5)
            connection.sendall(raw)
            return b"".join(iter(lambda: _receive(connection), b""))

    def logs(self) -> str:
        return read_logs(self.folder)

    def _run(self, name: str, command: list[str]) -> "subprocess.Popen[bytes]":
        return start(command, self.folder / f"{name}.log", self.environment)

    def _make_certificate(self) -> None:
        key, certificate = self.folder / "privkey.pem", self.folder / "fullchain.pem"
        subject = ["-subj", f"/CN={HOST}", "-days", "2", "-nodes", "-newkey", "rsa:2048"]
        openssl = [str(shutil.which("openssl")), "req", "-x509", *subject]
        made = self._run("openssl", [*openssl, "-keyout", str(key), "-out", str(certificate)])
        assert made.wait(PATIENCE) == 0, self.logs()


def _receive(connection: ssl.SSLSocket) -> bytes:
    try:
        return connection.recv(65536)
    except OSError:
        return b""
