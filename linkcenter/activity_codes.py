"""The codes of everything that a timeline can say, gathered from the apps that declare them."""

from typing import TypeVar

from django.db import models

Codes = TypeVar("Codes", bound=models.TextChoices)

_labels: dict[str, object] = {}


def register(codes: type[Codes]) -> type[Codes]:
    """Make the codes of an app known, so that a timeline can show their labels."""
    _labels.update(codes.choices)
    return codes


def is_known(code: str) -> bool:
    return code in _labels


def label(code: str) -> str:
    """The label of ``code`` in the reader's language; the code itself if no app declares it."""
    return str(_labels.get(code, code))
