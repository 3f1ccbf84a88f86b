"""What a request says of its host, its way and its sender changes no address that is told."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from linkcenter.messages.outbox import full_text
from linkcenter.models import Message
from tests.participants import walk
from tests.security.addresses import addresses

pytestmark = pytest.mark.django_db

EVIL = "elsewhere.example"
FORGED = {
    "x-forwarded-host": EVIL,
    "x-forwarded-port": "81",
    "x-forwarded-proto": "https",
    "x-forwarded-prefix": f"/{EVIL}",
    "x-forwarded-for": EVIL,
    "forwarded": f"for=10.0.0.1;host={EVIL};proto=https",
    "x-original-url": f"/{EVIL}",
    "x-rewrite-url": f"/{EVIL}",
    "x-host": EVIL,
    "x-http-method-override": "DELETE",
    "referer": f"https://{EVIL}/",
}
# Who may ask for the host: to refuse another one, and to tell our own pages from others'.
MAY_ASK = {"linkcenter/web/middleware.py", "linkcenter/web/errors.py", "groups/staff_site/pages.py"}
ASKS = re.compile(r"get_host\(|build_absolute_uri|get_current_site|HTTP_HOST|SERVER_NAME")


def test_no_address_is_made_from_what_the_request_says() -> None:
    for address in addresses():
        response = Client(headers=FORGED).get(address)
        assert EVIL not in str(response.headers), address
        body = b"" if response.streaming else response.content
        assert EVIL.encode() not in body, address


def test_link_in_a_message_is_made_from_the_setting() -> None:
    browser = Client(headers=FORGED | {"host": "localhost"})
    centre = walk.place()
    walk.fill(browser, centre)
    walk.post(browser, centre, "sjekk", **walk.yes(), website="x")  # held until the link is used

    (link,) = re.findall(r"https?://\S+", full_text(Message.objects.get()))
    assert link.startswith(f"{settings.BASE_URL}/lenke/")


def test_nobody_else_asks_for_the_host() -> None:
    apps = ("linkcenter", "centres", "participants", "groups", "templates")
    sources = [
        file
        for app in apps
        for kind in ("*.py", "*.html", "*.txt", "*.xml")
        for file in Path(settings.BASE_DIR / app).rglob(kind)
    ]
    asking = {
        str(file.relative_to(settings.BASE_DIR))
        for file in sources
        if ASKS.search(file.read_text("utf-8"))
    }

    assert asking == MAY_ASK | {"linkcenter/web/page_cache.py"}  # where it is part of a page's key
