"""The product as an operator runs it: production settings, gunicorn on a socket, nginx in front.

The nginx file is the one that is shipped. Only the places on this machine are put in its stead.
"""

import http.client
import os
import re
import secrets
import shutil
import socket
import ssl
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

HOST = "link.example.org"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
SITE = settings.BASE_DIR / "deploy/nginx/link.conf"
PATIENCE = 60  # seconds, on a machine that does much else

AROUND = """
daemon off;
worker_processes 2;
pid {folder}/nginx.pid;
error_log {folder}/nginx-start.log;
events {{ worker_connections 1024; }}
http {{
    types {{ text/html html; }}
    client_body_temp_path {folder}/bodies;
    proxy_temp_path {folder}/proxied;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {site}
}}
"""


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    text: str


class Served:
    """``folder`` holds everything: keys, logs, sockets, a certificate that nobody trusts."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder = folder
        self.port, self.plain_port = _free_port(), _free_port()
        self.metrics_port, self.metrics_token = _free_port(), secrets.token_urlsafe(32)
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "linkcenter.settings",
            "LINK_ENV": "production",
            "LINK_STATE_DIR": str(folder),
            "LINK_SECRET_KEY": secrets.token_urlsafe(50),
            "LINK_FIELD_KEYS": settings.FIELD_KEYS[0],
            "LINK_INDEX_KEY": settings.INDEX_KEY,
            "LINK_LINK_KEY": settings.LINK_KEY,
            "LINK_BACKUP_KEY": settings.BACKUP_KEY,
            "LINK_BASE_URL": f"https://{HOST}",
            "LINK_FROM_EMAIL": f"LINK <post@{HOST}>",
            "LINK_METRICS_TOKEN": self.metrics_token,
            "EMAIL_URL": "smtp://localhost",
            "DATABASE_URL": database,
        }
        self.web: subprocess.Popen[bytes] | None = None
        self.nginx: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.manage("collectstatic", "--no-input")
        self.manage("proxy_files", str(self.folder / "link"))
        self._make_certificate()
        self.web = self.start_web()
        self.nginx = self._run("nginx", [str(NGINX), "-p", str(self.folder), "-c", self._site()])
        deadline = time.monotonic() + PATIENCE
        while not self._is_there():
            assert time.monotonic() < deadline, self.logs()
            time.sleep(0.1)

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
        files = sorted(self.folder.glob("*.log"))
        return "\n".join(file.read_text(errors="replace") for file in files)

    def _is_there(self) -> bool:
        try:
            return self.ask("/healthz").status == 200
        except OSError:
            return False

    def _run(self, name: str, command: list[str]) -> "subprocess.Popen[bytes]":
        with (self.folder / f"{name}.log").open("a") as log:
            return subprocess.Popen(  # noqa: S603  our own programs
                command, cwd=settings.BASE_DIR, env=self.environment, stdout=log, stderr=log
            )

    def _site(self) -> str:
        site = SITE.read_text()
        for there, here in {
            "/run/link/": f"{self.folder}/",
            "/etc/nginx/link": f"{self.folder}/link",
            "/var/log/nginx/": f"{self.folder}/",
            f"/etc/letsencrypt/live/{HOST}/": f"{self.folder}/",
            "127.0.0.1:9180": f"127.0.0.1:{self.metrics_port}",
        }.items():
            assert there in site
            site = site.replace(there, here)
        site = re.sub(r"listen \[::\].*\n", "", site)
        site = re.sub(r"listen 443", f"listen 127.0.0.1:{self.port}", site)
        site = re.sub(r"listen 80", f"listen 127.0.0.1:{self.plain_port}", site)
        file = self.folder / "nginx.conf"
        file.write_text(AROUND.format(folder=self.folder, site=site))
        return str(file)

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


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port
