"""What a member of staff does with the mouse, or with the keyboard alone, and how often."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Locator

from tests.journeys.screen import Screen

FARTHEST = 150  # presses of Tab to anything on a page


@dataclass
class Hands:
    """Counts whatever is done to ``screen``: "clicks", or presses of keys by what they are for."""

    screen: Screen
    done: Counter[str] = field(default_factory=Counter)

    @property
    def main(self) -> Locator:
        return self.screen.page.locator("main")

    def button(self, name: Any) -> None:
        self.act(self.main.get_by_role("button", name=name).first)
        self.screen.look()

    def link(self, name: Any) -> None:
        self.act(self.main.get_by_role("link", name=name).first)
        self.screen.look()

    def found(self, selector: str) -> None:
        self.act(self.screen.page.locator(selector).first)
        self.screen.look()

    def act(self, target: Locator) -> None:
        raise NotImplementedError

    def choose(self, label: str) -> None:
        raise NotImplementedError


class Mouse(Hands):
    def act(self, target: Locator) -> None:
        self.done["clicks"] += 1
        target.click()

    def choose(self, label: str) -> None:
        self.act(self.screen.page.get_by_label(label, exact=True).first)


class Keyboard(Hands):
    """Tab to it, and press Enter; among radio buttons the arrows choose."""

    def act(self, target: Locator) -> None:
        self._go_to(target)
        self.done["activations"] += 1
        in_part = "element => Boolean(element.closest('[data-part]'))"
        if self.screen.javascript and target.evaluate(in_part):
            self.screen.page.keyboard.press("Enter")
            return
        with self.screen.page.expect_navigation():
            self.screen.page.keyboard.press("Enter")

    def choose(self, label: str) -> None:
        wanted = self.screen.page.get_by_label(label, exact=True).first
        name = wanted.get_attribute("name")
        self._press_tab_until(f"document.activeElement.name === '{name}'")
        while not wanted.is_checked():
            self.done["arrows"] += 1
            assert self.done["arrows"] < FARTHEST
            self.screen.page.keyboard.press("ArrowDown")

    def _go_to(self, target: Locator) -> None:
        target.evaluate("element => element.dataset.wanted = 'yes'")
        self._press_tab_until("document.activeElement.dataset.wanted === 'yes'")
        target.evaluate("element => delete element.dataset.wanted")

    def _press_tab_until(self, there: str) -> None:
        for _press in range(FARTHEST):
            if self.screen.page.evaluate(there):
                return
            self.done["tabs"] += 1
            self.screen.page.keyboard.press("Tab")
        raise AssertionError(f"{FARTHEST} presses of Tab on {self.screen.path} do not lead there")
