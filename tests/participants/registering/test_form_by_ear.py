"""The pages of the interest form as a screen reader tells them: every control by its name.

What is told stands in ``form_by_ear.txt``, so that a name that changes is seen by whoever reads
the change. After a wanted one, run this with ``LINK_WRITE_BY_EAR=1``.
"""

import os
import re
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page

from centres.models import Centre
from participants.models import Theme
from tests.participants import walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

KIND = "text/html; charset=utf-8"
SITE = "http://link.test/"
KEPT = Path(__file__).with_name("form_by_ear.txt")
WITH_A_NAME = (
    *("heading", "group", "region", "table", "columnheader", "rowheader", "link", "button"),
    *("radio", "checkbox", "textbox", "combobox", "option"),
)
NAMED = re.compile(rf"\s*- '?(?:{'|'.join(WITH_A_NAME)})\b.*")


@pytest.fixture
def page(browser: Browser):
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.route("**/*", lambda route: route.abort())
    yield page
    context.close()


def told(page: Page, html: str, part: str = "main") -> str:
    """The title, and in their order the names of all that stands in ``part``."""
    page.route(SITE, lambda route: route.fulfill(body=html, content_type=KIND), times=1)
    page.goto(SITE)
    heard = page.locator(part).aria_snapshot().splitlines()
    return "\n".join([f"# {page.title()}", *(line for line in heard if NAMED.match(line)), ""])


def walked(client: Client, centre: Centre) -> list[tuple[str, str]]:
    """Each page, and each with its errors: of these the summary is enough."""
    seen = [(client.get(f"/meld-interesse/{centre.slug}/"), "main")]
    for name in (*walk.PAGES, "sjekk"):
        address = walk.path(centre, name)
        seen += [(client.get(address), "main"), (client.post(address), "#error-summary")]
        slip = {"email": "kari@gmial.com"} if name == "om-deg" else {}
        walk.post(client, centre, name, **slip)
    somebody = Client()
    walk.send(somebody, centre)
    seen.append((somebody.get("/meld-interesse/kvittering/"), "main"))
    return [(response.content.decode(), part) for response, part in seen]


def test_form_is_told_as_it_was(client: Client, page: Page) -> None:
    Theme.objects.create(slug="sorg", name="Sorg og tap")
    centre = walk.place(slug="link-prove", name="LINK Prøve", phones=["413 33 186"])

    heard = "\n".join(told(page, html, part) for html, part in walked(client, centre))

    if os.environ.get("LINK_WRITE_BY_EAR"):
        KEPT.write_text(heard)
    assert heard == KEPT.read_text()
