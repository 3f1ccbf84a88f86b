"""Every public page in a real browser: on a telephone, at a desk, in the dark, by keyboard."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.look.site import Answer
from tests.look.window import Window

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

TELEPHONE, TABLET, DESK = 320, 768, 1280


@pytest.fixture
def window(
    browser: Browser, answers: list[Answer], request: pytest.FixtureRequest
) -> Iterator[Window]:
    options: dict[str, Any] = request.param
    window = Window(browser, answers, **options)
    yield window
    window.close()


def seen_as(*params: Any) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("window", params, indirect=True)


@seen_as(pytest.param({"width": TELEPHONE}, id="on a telephone"))
def test_every_page_is_easy_to_see_and_use(window: Window, pages: list[Answer]) -> None:
    for page in pages:
        window.judge(page)

    window.must_be_content()


@pytest.mark.prove
@seen_as(
    pytest.param({"width": DESK, "dark": True}, id="at a desk in the dark"),
    pytest.param({"width": TABLET}, id="on a tablet"),
    pytest.param({"width": TELEPHONE, "wide_letters": True}, id="with more space between letters"),
)
def test_every_page_holds_in_other_windows(window: Window, pages: list[Answer]) -> None:
    for page in pages:
        window.judge(page, axe=not window.wide_letters)

    window.must_be_content()


@pytest.mark.prove
@seen_as(pytest.param({"width": TELEPHONE}, id="on a telephone"))
def test_every_page_holds_in_other_languages(
    window: Window, pages_in_other_languages: list[Answer]
) -> None:
    for page in pages_in_other_languages:
        window.judge(page)

    window.must_be_content()


@pytest.mark.prove
@seen_as(pytest.param({"width": DESK, "forced_colours": True}, id="in colours of one's own"))
def test_every_page_holds_in_forced_colours(window: Window, pages: list[Answer]) -> None:
    for page in pages:
        window.judge(page, axe=False)

    window.must_be_content()


ON_PAPER = """() => {
  const seen = (element) => element.checkVisibility() && element.getClientRects().length > 0;
  const kept = [...document.querySelectorAll(".link-header, .link-footer nav, .ds-button")];
  const isDark = (text) => {
    const [red, green, blue] = text.match(/[\\d.]+/g).map(Number);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 110;
  };
  const pale = [...document.querySelectorAll("main :is(h1, h2, p, li, dd)")].filter(
    (element) => seen(element) && !isDark(getComputedStyle(element).color));
  return [
    ...kept.filter(seen).map((element) => `prints ${element.className || "the menu"}`),
    ...pale.map((element) => `prints pale letters: ${element.innerText.slice(0, 30)}`),
    ...(document.documentElement.scrollWidth > innerWidth ? ["is wider than the paper"] : []),
  ];
}"""


@pytest.mark.prove
@seen_as(pytest.param({"width": 673, "dark": True}, id="A4 between its margins"))
def test_every_page_fits_on_paper(window: Window, pages: list[Answer]) -> None:
    window.page.emulate_media(media="print")
    for page in pages:
        if page.name != "centres:poster":  # fills the sheet to its edges
            window.show(page)
            window.ask(ON_PAPER)

    window.must_be_content()
