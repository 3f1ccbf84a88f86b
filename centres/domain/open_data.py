"""What is public about centres and events, as data with stable names; never about a person who
has asked for help, and never how many they are.
"""

from typing import Any

from django.conf import settings

from centres.models import Centre


def centres_document() -> dict[str, Any]:
    return {"centres": [_centre(each) for each in Centre.objects.all()]}


def centre_document(slug: str) -> dict[str, Any]:
    """Raises ``Centre.DoesNotExist``."""
    return {"centre": _centre(Centre.objects.get(slug=slug))}


def events_document() -> dict[str, Any]:
    return {"events": []}


def schema() -> dict[str, Any]:
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"}


def _centre(centre: Centre) -> dict[str, Any]:
    page = settings.BASE_URL + centre.get_absolute_url()
    return {"slug": centre.slug, "name": centre.name, "page": page}
