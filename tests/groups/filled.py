"""Forms as a browser sends them."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client


class Filled(HTMLParser):
    """What a browser sends of the form of a page, if nobody touches it."""

    def __init__(self, html: str, form: str) -> None:
        super().__init__()
        self.data: dict[str, list[str]] = {}
        self.form, self.inside = form, False
        self.select: str | None = None
        self.area: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = said.get("id") == self.form
        if not self.inside:
            return
        name, kind = said.get("name", ""), said.get("type", "text")
        if tag == "input" and name and kind not in ("submit", "button"):
            if kind not in ("checkbox", "radio"):
                self.data.setdefault(name, []).append(said.get("value", ""))
            elif "checked" in said:
                self.data.setdefault(name, []).append(said.get("value", "on"))
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in said:
            self.data.setdefault(self.select, []).append(said.get("value", ""))
        elif tag == "textarea":
            self.area = name
            self.data[name] = [""]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.area = None

    def handle_data(self, data: str) -> None:
        if self.area:
            text = self.data[self.area][0] + data
            self.data[self.area] = [text.removeprefix("\n")]


def filled(client: Client, address: str, form: str) -> dict[str, list[str]]:
    return Filled(client.get(address).content.decode(), form).data


def again(page: Any, form: str) -> dict[str, list[str]]:
    """What the page sends that came back instead of saving."""
    return Filled(page.content.decode(), form).data
