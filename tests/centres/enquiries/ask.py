"""Somebody who fills in one of the forms for enquiries, as a browser without JavaScript does."""

from datetime import timedelta
from typing import Any

from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from centres.enquiry_kinds import BY_SLUG
from linkcenter.forms.open_forms import MARK, SALT

ANSWERS: dict[str, Any] = {
    "organisation": "Tromsø kommune",
    "municipality": "Tromsø",
    "audience": "staff",
    "what": "room",
    "when": "Tirsdager etter fem",
    "people": "Seks",
    "text": "Hva er en gruppe?",
    "name": "Kari",
    "phone": "412 34 567",
    "email": "kari@example.org",
    "page": "Forsiden",
}
KINDS = sorted(BY_SLUG)


def address(kind: str, name: str = "enquiry") -> str:
    with translation.override("nb"):
        return reverse(f"centres:{name}", args=[kind])


def mark(form_id: str, *, age: timedelta = timedelta(minutes=1)) -> str:
    """What a page carries that was shown some time ago."""
    return signing.dumps([form_id, (timezone.now() - age).timestamp()], salt=SALT)


def answers(kind: str, **changes: Any) -> dict[str, Any]:
    """All that ``kind`` asks, with ``changes``; None leaves a question out."""
    filled = {name: ANSWERS[name] for name in BY_SLUG[kind].asks if name in ANSWERS}
    return {name: value for name, value in (filled | changes).items() if value is not None}


def send(
    client: Client,
    kind: str,
    *,
    query: str = "",
    form_id: str = "0123456789abcdef0123456789abcdef",
    **changes: Any,
) -> Any:
    """Post the form filled in."""
    return client.post(f"{address(kind)}{query}", {MARK: mark(form_id), **answers(kind, **changes)})
