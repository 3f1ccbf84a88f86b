import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.served import NGINX, Served


@pytest.fixture
def served(web_database: str) -> Iterator[Served]:
    """The product behind nginx, on the tests' database and in the web's role."""
    if NGINX is None and os.environ.get("CI"):
        pytest.fail("There is no nginx, and in CI the product has to stand behind it.")
    if NGINX is None:
        pytest.skip("There is no nginx on this machine.")
    with tempfile.TemporaryDirectory(prefix="link-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # nginx works as nobody
        product = Served(Path(folder), web_database)
        try:
            product.start()
            yield product
        finally:
            product.stop()
