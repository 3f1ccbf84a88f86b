"""Every public form, sent with a stale token or from another site: nothing is written."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from centres.states import Attendance
from linkcenter.tokens import token_for
from participants.states import LinkPurpose
from tests import recipes
from tests.centres.enquiries.ask import KINDS
from tests.participants import own, walk
from tests.participants.walk import hidden
from tests.proofs.rows import rows

pytestmark = pytest.mark.django_db

TYPED = "Det jeg skrev <b>selv</b>"
SHOWN = "Det jeg skrev &lt;b&gt;selv&lt;/b&gt;"
FIELDS = {"name": TYPED, "message": TYPED, "text": TYPED, "reach": TYPED, "until": TYPED}
FORMS = (
    *(f"register {page}" for page in (*walk.PAGES, "sjekk")),
    *("own kontakt", "own tider", "own gruppe", "own onsker", "own pause", "own stopp"),
    *("own slett", "own samtykke", "own pause/slutt", "own angre", "own glem"),
    *("ask", "link", "event", "place"),
    *(f"enquiry {kind}" for kind in KINDS),
)


@pytest.fixture
def person() -> Any:
    return recipes.waiting(walk.place()).participant


def address(form: str, person: Any) -> str:
    kind, _, which = form.partition(" ")
    if kind == "register":
        return walk.path(person.centre, which)
    if kind == "own":
        return f"/min-side/{which}/"
    if kind == "enquiry":
        return reverse("centres:enquiry", args=[which])
    if kind == "link":
        return own.link_for(person, LinkPurpose.ENTER)
    event = recipes.event(person.centre, attendance=Attendance.SIGN_UP)
    if kind == "event":
        return reverse("centres:event-sign-up", args=[event.pk])
    if kind == "place":
        return reverse("centres:sign-up", args=[token_for(recipes.sign_up(event).seed)])
    return own.PAGE


def browser_on(form: str, person: Any) -> Client:
    """A browser that has tokens, and is on the page of the form."""
    browser = Client(enforce_csrf_checks=True)
    if form.startswith("own"):
        link = own.link_for(person)
        browser.post(link, hidden(browser.get(link)))
    return browser


@pytest.mark.parametrize("form", FORMS)
def test_stale_form_writes_nothing_and_keeps_what_was_typed(form: str, person: Any) -> None:
    browser = browser_on(form, person)
    path = address(form, person)
    browser.get(path)
    before = rows()

    stale = browser.post(path, FIELDS | {"csrfmiddlewaretoken": "b" * 64})

    assert stale.status_code == 403
    assert rows() == before
    assert stale.content.decode().count(f'value="{SHOWN}"') == len(FIELDS)
    fresh = hidden(stale)
    assert fresh.pop("csrfmiddlewaretoken") not in ("", "b" * 64)
    assert set(FIELDS) <= set(fresh)


@pytest.mark.prove
@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://elsewhere.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}],
    ids=lambda headers: next(iter(headers.values())),
)
@pytest.mark.parametrize("form", FORMS)
def test_form_from_another_site_writes_nothing_and_offers_no_button(
    form: str, person: Any, headers: dict[str, str]
) -> None:
    """A button would send what the person never saw."""
    browser = browser_on(form, person)
    path = address(form, person)
    browser.get(path)
    before = rows()

    refused = browser.post(path, FIELDS, headers=headers)

    assert refused.status_code == 403
    assert rows() == before
    assert SHOWN not in refused.content.decode()
