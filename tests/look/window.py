"""A browser that is shown pages which are rendered already, with their headers, and judges them."""

import mimetypes
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, ConsoleMessage, Page, Route

from tests.look.site import Answer

SITE = "http://link.test"
JUDGE = (Path(__file__).parent / "judge.js").read_text()
SPACING = """
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important } p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
"""
KEPT_HEADERS = ("Content-Security-Policy", "Content-Type", "Referrer-Policy")


@dataclass
class Window:
    """One window of ``width`` pixels. ``complaints``: what it has found, and where."""

    browser: Browser
    answers: list[Answer]
    width: int
    dark: bool = False
    forced_colours: bool = False
    wide_letters: bool = False
    complaints: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._others = {answer.address: answer for answer in self.answers}
        self._context = self.browser.new_context(
            viewport={"width": self.width, "height": 800},
            color_scheme="dark" if self.dark else "light",
            forced_colors="active" if self.forced_colours else "none",
            reduced_motion="reduce",
            locale="nb-NO",
        )
        self._context.route("**/*", self._serve)
        self.page: Page = self._context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self._complain(str(error)))
        self._shown: Answer | None = None

    def close(self) -> None:
        self._context.close()

    def _complain(self, what: str) -> None:
        self.complaints.setdefault(what, []).append(str(self._shown))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._complain(message.text)

    def _serve(self, route: Route) -> None:
        """Give what is asked for: the page at hand, a file of ours, or a part such as the map."""
        parts = urlsplit(route.request.url)
        if f"{parts.scheme}://{parts.netloc}" != SITE:
            self._complain(f"asks {parts.netloc} for something")
            route.abort()
        elif parts.path.startswith("/static/"):
            path = finders.find(unquote(parts.path.removeprefix("/static/")))
            assert path, f"{self._shown} uses {parts.path}, which there is not"
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            route.fulfill(body=Path(path).read_bytes(), content_type=kind)
        elif route.request.is_navigation_request() and self._shown:
            self._give(route, self._shown)
        elif found := self._others.get(parts.path):
            self._give(route, found)
        else:
            self._complain(f"uses {parts.path}, which no address gives")
            route.abort()

    def _give(self, route: Route, answer: Answer) -> None:
        headers = {name: answer.headers[name] for name in KEPT_HEADERS if name in answer.headers}
        route.fulfill(body=answer.body, headers=headers)

    def must_be_content(self) -> None:
        """Fail the test with all complaints, each with up to three of its pages."""
        report = "\n".join(
            f"{what} ({len(where)} pages: {', '.join(where[:3])})"
            for what, where in self.complaints.items()
        )
        if report:
            pytest.fail(report, pytrace=False)

    def show(self, answer: Answer) -> None:
        self._shown = answer
        self.page.goto(SITE + urlsplit(answer.address).path)

    def judge(self, answer: Answer, *, axe: bool = True) -> None:
        """Open the page and write down everything that is wrong with it."""
        self.show(answer)
        if self.wide_letters:
            self.page.evaluate(SPACING)
        self.page.keyboard.press("Tab")  # from here on the browser shows where the focus is
        self.ask(JUDGE)
        if axe:
            self._ask_axe()

    def ask(self, script: str) -> None:
        """Write down what a script that looks at the page complains of."""
        for what in self.page.evaluate(script):
            self._complain(what)

    def _ask_axe(self) -> None:
        options = {"preload": False, "resultTypes": ["violations"]}
        found: Any = Axe().run(self.page, options=options)
        for violation in found.response["violations"]:
            where = ", ".join(str(node["target"]) for node in violation["nodes"][:3])
            self._complain(f"{violation['id']}: {violation['help']} ({where})")
