"""The shipped nginx in front of the product as the proofs run it: without encryption, by number."""

import os
import re
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.deploy.served import AROUND, HOST, NGINX, PATIENCE, SITE
from tests.proofs.product import Product


@contextmanager
def behind_nginx(product: Product) -> Iterator[Path]:
    """All that asks the product goes through nginx meanwhile; gives the folder of its logs."""
    if NGINX is None and os.environ.get("CI"):
        pytest.fail("There is no nginx, and in CI the product has to stand behind it.")
    if NGINX is None:
        pytest.skip("There is no nginx on this machine.")
    with tempfile.TemporaryDirectory(prefix="link-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)  # nginx works as nobody
        product.manage("proxy_files", str(folder / "link"))
        direct, product.address = product.address, f"127.0.0.1:{_free_port()}"
        (folder / "nginx.conf").write_text(_configuration(folder, direct, product.address))
        with (folder / "nginx.log").open("a") as log:
            nginx = subprocess.Popen(  # noqa: S603  a program of the machine's
                [NGINX, "-p", name, "-c", f"{name}/nginx.conf"], stdout=log, stderr=log
            )
        try:
            product.wait()
            yield folder
        finally:
            nginx.terminate()
            nginx.wait(PATIENCE)
            product.address = direct


def _configuration(folder: Path, direct: str, address: str) -> str:
    site = re.sub(r"^ *(ssl_\w+|listen \[::\]).*\n", "", SITE.read_text(), flags=re.MULTILINE)
    for there, here in {
        "unix:/run/link/web.sock": direct,
        "/etc/nginx/link": f"{folder}/link",
        "/var/log/nginx/": f"{folder}/",
        "listen 443 ssl http2": f"listen {address}",
        "listen 443 ssl": f"listen {address}",
        "listen 80": f"listen 127.0.0.1:{_free_port()}",
        "127.0.0.1:9180": f"127.0.0.1:{_free_port()}",
        "Host $host": "Host $http_host",
        "X-Forwarded-Proto https": "X-Forwarded-Proto http",
        "rate=30r/s": "rate=3000r/s",  # a whole life in a minute
        HOST: "127.0.0.1",
    }.items():
        assert there in site, there
        site = site.replace(there, here)
    return AROUND.format(folder=folder, site=site)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port
