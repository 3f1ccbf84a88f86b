"""The shipped nginx file on this machine: only places and ports are put in the stead of its own."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from tests.running.product import Product
from tests.running.production import HOST
from tests.running.programs import PATIENCE, free_port, start

SITE = settings.BASE_DIR / "deploy/nginx/link.conf"
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


def start_nginx(
    folder: Path, here: Mapping[str, str], left_out: str = r"listen \[::\]"
) -> "subprocess.Popen[bytes]":
    """With its logs in ``folder``; ``here`` has what stands in the stead of what is shipped.

    Lines that begin with ``left_out`` are left out: this machine may have no IPv6.
    """
    site = re.sub(rf"^ *({left_out}).*\n", "", SITE.read_text(), flags=re.MULTILINE)
    own = {"/etc/nginx/link": f"{folder}/link", "/var/log/nginx/": f"{folder}/"}
    for shipped, instead in {**own, **here}.items():
        assert shipped in site, shipped
        site = site.replace(shipped, instead)
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, site=site))
    command = [str(_program()), "-p", str(folder), "-c", str(folder / "nginx.conf")]
    return start(command, folder / "nginx.log", os.environ)


@contextmanager
def folder_of_nginx() -> Iterator[Path]:
    """A folder that nginx can read, which works as nobody. Without nginx the test is skipped."""
    if _program() is None and os.environ.get("CI"):
        pytest.fail("There is no nginx, and in CI the product has to stand behind it.")
    if _program() is None:
        pytest.skip("There is no nginx on this machine.")
    with tempfile.TemporaryDirectory(prefix="link-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def _program() -> str | None:
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


@contextmanager
def behind_nginx(product: Product) -> Iterator[Path]:
    """All that asks the product goes through nginx meanwhile, unencrypted and by number.

    Gives the folder of nginx's logs.
    """
    with folder_of_nginx() as folder:
        product.manage("proxy_files", str(folder / "link"))
        direct, product.address = product.address, f"127.0.0.1:{free_port()}"
        here = {
            "unix:/run/link/web.sock": direct,
            "listen 443 ssl http2": f"listen {product.address}",
            "listen 443 ssl": f"listen {product.address}",
            "listen 80": f"listen 127.0.0.1:{free_port()}",
            "127.0.0.1:9180": f"127.0.0.1:{free_port()}",
            "Host $host": "Host $http_host",
            "X-Forwarded-Proto https": "X-Forwarded-Proto http",
            "rate=30r/s": "rate=3000r/s",  # a whole life in a minute
            HOST: "127.0.0.1",
        }
        nginx = start_nginx(folder, here, left_out=r"ssl_\w+|listen \[::\]")
        try:
            product.wait()
            yield folder
        finally:
            nginx.terminate()
            nginx.wait(PATIENCE)
            product.address = direct
