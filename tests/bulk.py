"""The second press of an act on several rows: the page to check, answered."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4


def sure(action: str, rows: Iterable[Any], **answers: Any) -> dict[str, Any]:
    chosen = {"action": action, "_selected_action": [row.pk for row in rows]}
    return chosen | {"sure": "1", "key": str(uuid4())} | answers
