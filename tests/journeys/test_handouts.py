"""The card in another page, the sheet on paper, and the data block under the strict policy."""

import re
from collections.abc import Iterator
from datetime import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from centres.models import OpeningHours
from tests import recipes

pytestmark = pytest.mark.browser

PAGES_IN_PDF = re.compile(rb"/Type\s*/Page\b")


@pytest.fixture
def centre(transactional_db):
    centre = recipes.centre(
        "link-langt-navn",
        name="Læring, informasjon og nettverk for innbyggere i Nordre Sunnmøre og omliggende øyer",
        phones=["413 33 186", "413 33 187", "22 40 00 40"],
        visiting_address="Storgata 1234, inngang fra bakgården, tredje etasje til venstre",
        postal_code="6100",
        postal_place="Øvre Bytorget",
    )
    for weekday in range(7):
        for hour in (8, 11, 14):
            OpeningHours.objects.create(
                centre=centre, weekday=weekday, opens=time(hour, weekday), closes=time(hour + 2)
            )
    return centre


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 800, "height": 800}, locale="nb-NO")
    yield context.new_page()
    context.close()


class Municipality(BaseHTTPRequestHandler):
    """A page with a frame, whose address is asked for after the question mark."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        framed = self.path.partition("?")[2]
        self.wfile.write(f'<iframe src="{framed}" width="240"></iframe>'.encode())

    def log_message(self, *_args: Any) -> None:
        """Nobody reads it."""


@pytest.fixture(scope="module")
def municipality() -> Iterator[str]:
    """The address of a site of another origin."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Municipality) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def frame(page, municipality):
    """Shows an address in a frame on that site, and gives the document in the frame."""

    def show(address):
        page.goto(f"{municipality}?{address}")
        return page.frame_locator("iframe")

    return show


def test_card_is_shown_in_a_page_of_another_origin(page, frame, live_server, centre):
    said = []
    page.on("console", lambda message: said.append(message.text))

    card = frame(f"{live_server.url}/sentre/link-langt-navn/kort/")

    assert card.locator("h1").inner_text() == centre.name
    document = page.frames[1]
    assert document.evaluate("document.documentElement.scrollWidth") <= 240
    assert document.evaluate("getComputedStyle(document.body).margin") == "0px"  # has its style
    assert said == []


@pytest.mark.parametrize("path", ["", "plakat/"])
def test_other_pages_are_not_shown_in_a_frame(frame, live_server, centre, path):
    shown = frame(f"{live_server.url}/sentre/link-langt-navn/{path}")

    assert shown.locator(".link-logo").count() == 0


@pytest.mark.parametrize(
    ("scheme", "paper"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(33, 40, 40)")]
)
def test_card_follows_the_colour_scheme_of_the_visitor(page, live_server, centre, scheme, paper):
    page.emulate_media(color_scheme=scheme)

    page.goto(f"{live_server.url}/sentre/link-langt-navn/kort/")

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == paper


def test_link_in_the_card_leaves_the_frame(page, frame, live_server, centre):
    card = frame(f"{live_server.url}/sentre/link-langt-navn/kort/")

    card.locator("h1 a").click()

    page.wait_for_url("**/sentre/link-langt-navn/")


def test_sheet_is_one_page_of_paper(page, live_server, centre):
    for slug in ("link-langt-navn", recipes.centre("link-kort").slug):
        page.goto(f"{live_server.url}/sentre/{slug}/plakat/")

        pdf = page.pdf(prefer_css_page_size=True)

        assert len(PAGES_IN_PDF.findall(pdf)) == 1, slug


def test_data_for_search_engines_breaks_no_policy(page, live_server, centre):
    said = []
    page.on("console", lambda message: said.append(message.text))

    page.goto(f"{live_server.url}/sentre/link-langt-navn/")

    assert page.locator('script[type="application/ld+json"]').count() == 1
    assert said == []
