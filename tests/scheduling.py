"""Which process of a run takes which tests: a file whole, and first what takes long.

What a file makes for all its tests is then made once, and so is the public site, which every test
in ``tests/look`` reads.
"""

import pytest
from xdist.scheduler import LoadScopeScheduling

TOGETHER = "tests/look/"
LONG = ("tests/proofs/", "tests/journeys/", "tests/security/", "tests/deploy/")


class ByFile(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return TOGETHER if nodeid.startswith(TOGETHER) else nodeid.partition("::")[0]


def turn(item: pytest.Item) -> int:
    """When ``item`` comes: whoever begins late with what is long keeps the others waiting."""
    if item.nodeid.startswith(TOGETHER):
        return 0
    return 1 if item.nodeid.startswith(LONG) else 2
