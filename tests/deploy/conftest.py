from collections.abc import Iterator

import pytest

from tests.running.nginx import folder_of_nginx
from tests.running.served import Served


@pytest.fixture
def served(web_database: str) -> Iterator[Served]:
    """The product behind nginx, on the tests' database and in the web's role."""
    with folder_of_nginx() as folder:
        product = Served(folder, web_database)
        try:
            product.start()
            yield product
        finally:
            product.stop()
