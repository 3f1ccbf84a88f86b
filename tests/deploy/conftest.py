import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.served import NGINX, Served
from tests.roles import url_as, web_role


@pytest.fixture
def served(transactional_db: None) -> Iterator[Served]:
    """The product behind nginx, on the tests' database and in the web's role."""
    if NGINX is None and os.environ.get("CI"):
        pytest.fail("There is no nginx, and in CI the product has to stand behind it.")
    if NGINX is None:
        pytest.skip("There is no nginx on this machine.")
    with (
        web_role() as role,
        tempfile.TemporaryDirectory(prefix="link-", ignore_cleanup_errors=True) as folder,
    ):
        Path(folder).chmod(0o755)  # nginx works as nobody
        product = Served(Path(folder), url_as(role))
        product.start()
        try:
            yield product
        finally:
            product.stop()
