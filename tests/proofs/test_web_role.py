"""Everything that people do works in the role that may do no more than the daily work."""

import pytest

from tests.proofs.life import Life
from tests.running.product import running

pytestmark = [pytest.mark.prove, pytest.mark.django_db(transaction=True)]


def test_life_can_be_lived_in_the_role_of_the_web(web_database: str) -> None:
    with running(database=web_database) as product:
        Life(product).is_lived()

        assert "permission denied" not in product.logs()
