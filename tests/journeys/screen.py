"""A browser window that looks at every page it meets with a critical eye."""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page

NUMBERS = re.compile(r"\d+|[A-Za-z0-9_-]{43}")


@dataclass
class Screen:
    """One window of one person: ``width`` pixels wide, with or without JavaScript.

    Each page is held to what every page must do: no sideways scroll, no error in the console (a
    breach of the Content-Security-Policy is one), and nothing that axe finds. Pages that differ in
    their numbers alone are shown to axe once.
    """

    browser: Browser
    url: str
    width: int
    javascript: bool
    seen: set[tuple[str, str]] = field(default_factory=set)
    mirror: Page | None = None
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page = self._window(javascript=self.javascript)
        self.mirror = self.mirror or self._window(javascript=True)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _window(self, *, javascript: bool) -> Page:
        context = self.browser.new_context(
            base_url=self.url,
            java_script_enabled=javascript,
            viewport={"width": self.width, "height": 800},
            locale="nb-NO",
            reduced_motion="reduce",  # a box that glides out of a fold cannot be hit for sure
        )
        context.set_default_timeout(10_000)
        return context.new_page()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def another(self) -> "Screen":
        """A window of the same kind for somebody else, who is shown what has been looked at."""
        return Screen(self.browser, self.url, self.width, self.javascript, self.seen, self.mirror)

    # What a person does

    def open(self, path: str) -> None:
        self.page.goto(path)
        self.look()

    def open_closed_door(self, path: str) -> None:
        """Open what answers "not found", which the browser puts in its console as well."""
        response = self.page.goto(path)
        assert response is not None
        assert response.status == 404
        self.complaints = [text for text in self.complaints if "404" not in text]
        self.look()

    def follow(self, link: str | re.Pattern[str]) -> None:
        self.page.locator("main").get_by_role("link", name=link).first.click()
        self.look()

    def press(self, button: str | re.Pattern[str]) -> None:
        self.page.locator("main").get_by_role("button", name=button).first.click()
        self.look()

    def write(self, label: str, text: str) -> None:
        self.page.locator("main").get_by_label(label).first.fill(text)

    def choose(self, label: str, *, under: str = "") -> None:
        """Tick a box or choose one of several, ``under`` a heading where words are used twice."""
        place: Any = self.page.get_by_role("group", name=under).last if under else self.page
        place.get_by_label(label, exact=True).first.check()

    def unfold(self, summary: str) -> None:
        self.page.locator("main summary", has_text=summary).first.click()

    # What a person sees

    @property
    def heading(self) -> str:
        return self.page.locator("h1").last.inner_text()

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    def text(self, selector: str = "main") -> str:
        return self.page.locator(selector).first.inner_text()

    def list_of(self, selector: str) -> list[str]:
        return [text.strip() for text in self.page.locator(selector).all_inner_texts()]

    # What every page must do

    def look(self) -> None:
        page = self.page
        page.wait_for_load_state("load")
        scroll_width = page.evaluate("document.documentElement.scrollWidth")
        assert scroll_width <= self.width, f"{self.path} is {scroll_width} px wide"
        assert self.complaints == [], f"{self.path}: {self.complaints}"
        kind = (NUMBERS.sub("#", self.path), NUMBERS.sub("#", page.title() + self.heading))
        if kind not in self.seen:
            self.seen.add(kind)
            self._ask_axe()

    def _ask_axe(self) -> None:
        """Axe needs scripts and leaves traces: it is shown the very same page in another window."""
        body = self.page.content()
        assert self.mirror is not None
        self.mirror.route(
            self.page.url,
            lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"),
            times=1,
        )
        self.mirror.goto(self.page.url)
        found = Axe().run(self.mirror, options={"preload": False})
        assert found.violations_count == 0, f"{self.path}\n{found.generate_report()}"
