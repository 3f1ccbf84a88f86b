"""Somebody who fills in the interest form, page by page, as a browser without JavaScript does."""

from datetime import timedelta
from html.parser import HTMLParser
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from time_machine import travel

from centres.models import Centre
from participants.forms.registration import drafts
from participants.forms.registration.pages import FORMS
from participants.models import ConsentText
from tests import recipes

GROUP = {
    "municipality": "Tromsø",
    "role": "own",
    "kind": "either",
    "format": "physical",
    "any_theme": "on",
}
TIMES = {
    "availability": ["tue-evening", "mon-morning"],
    "languages": ["no"],
    "gender_wish": "any",
    "is_adult": "on",
}
PERSON = {
    "name": "Kari",
    "phone": "412 34 567",
    "email": "kari@example.org",
    "preferred_way": "phone",
}
READING = timedelta(minutes=3)
PAGES: dict[str, dict[str, Any]] = {"gruppe": GROUP, "tid": TIMES, "om-deg": PERSON}


def place(**fields: Any) -> Centre:
    """A centre that serves Tromsø alone, with the texts to say yes to."""
    recipes.consent_texts()
    centre = recipes.centre(**fields)
    centre.municipalities.add(recipes.municipality("5501", name="Tromsø"))
    return centre


def path(centre: Centre, name: str) -> str:
    with translation.override("nb"):
        if name == "sjekk":
            return reverse("participants:check", args=[centre.slug])
        return reverse("participants:register-page", args=[centre.slug, name])


class _Hidden(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "input" and told.get("type") == "hidden":
            self.values[str(told["name"])] = told.get("value") or ""


def hidden(response: Any) -> dict[str, str]:
    """What the page carries in hidden fields."""
    parser = _Hidden()
    parser.feed(response.content.decode())
    return parser.values


def opened(client: Client, address: str) -> dict[str, str]:
    """What the page at ``address`` carries, a while after a person has opened it."""
    with travel(timezone.now() - READING, tick=False):
        return hidden(client.get(address))


def post(client: Client, centre: Centre, page: str, /, **changes: Any) -> Any:
    """Open the page and post it filled in, with ``changes``; None leaves a field out."""
    carried = opened(client, path(centre, page))
    answers = {**carried, **PAGES.get(page, {}), **changes}
    told = {field: value for field, value in answers.items() if value is not None}
    return client.post(path(centre, page), told)


def fill(client: Client, centre: Centre, **changes: Any) -> None:
    """All three pages, as far as the page with the answers."""
    for name in PAGES:
        names = FORMS[name].base_fields
        post(client, centre, name, **{key: changes[key] for key in changes if key in names})


def filled_in(
    centre: Centre, number: int, *, addresses: int | None = None, is_quick: bool = False
) -> list[dict[str, str]]:
    """What the last button sends, from as many people who have answered the same.

    They have ``addresses`` e-mail addresses between them, else one each.
    """
    browser = Client()
    fill(browser, centre)
    carried = hidden(browser.get(path(centre, "sjekk")))
    draft = drafts.unseal(carried[drafts.FIELD])
    assert draft is not None
    if is_quick:
        draft.begun_at = timezone.now().timestamp()
    forms = []
    for each in range(number):
        draft.key = uuid4()
        draft.pages["om-deg"]["email"] = [f"{each % (addresses or number)}@example.org"]
        forms.append({**carried, drafts.FIELD: draft.seal(), **yes()})
    return forms


def yes() -> dict[str, str]:
    """A tick before each text."""
    return {text.purpose: str(text.pk) for text in ConsentText.objects.all()}


def send(client: Client, centre: Centre, **changes: Any) -> Any:
    """The pages and the last button."""
    fill(client, centre, **changes)
    return post(client, centre, "sjekk", **yes())
