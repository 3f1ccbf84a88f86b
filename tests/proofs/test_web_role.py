"""Everything that people do works in the role that may do no more than the daily work."""

import pytest

from tests.proofs.life import Life
from tests.proofs.product import running
from tests.roles import url_as, web_role

pytestmark = [pytest.mark.prove, pytest.mark.django_db(transaction=True)]


def test_life_can_be_lived_in_the_role_of_the_web() -> None:
    with web_role() as role, running(database=url_as(role)) as product:
        Life(product).is_lived()

        assert "permission denied" not in product.logs()
