"""The forms of a page, filled in as somebody might who answers all that is asked."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

ANSWERS = {
    "email": "kari@example.org",
    "tel": "41234567",
    "date": "2026-12-01",
    "time": "18:00",
    "datetime-local": "2026-12-01T18:00",
    "number": "5",
    "url": "https://example.org/",
}


@dataclass
class Form:
    """``choices`` are the values that each field offers."""

    action: str = ""
    method: str = "get"
    data: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)


class _Forms(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.now: Form | None = None
        self.select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.now = Form(said.get("action", ""), said.get("method", "get").lower())
            self.forms.append(self.now)
        elif self.now is not None:
            self._field(self.now, tag, said)

    def _field(self, form: Form, tag: str, said: dict[str, str]) -> None:
        name, kind = said.get("name", ""), said.get("type", "text")
        if tag == "input" and name:
            value = said.get("value", "on" if kind in ("checkbox", "radio") else "")
            if kind in ("checkbox", "radio"):
                form.choices.setdefault(name, []).append(value)
                if kind == "checkbox" or "checked" in said or name not in form.data:
                    form.data[name] = [value]
            else:
                form.data.setdefault(name, []).append(value or ANSWERS.get(kind, "Ord"))
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select:
            value = said.get("value", "")
            form.choices.setdefault(self.select, []).append(value)
            if value and ("selected" in said or self.select not in form.data):
                form.data[self.select] = [value]
        elif tag == "textarea":
            form.data[name] = ["Ord"]
        elif tag == "button" and name:
            form.data.setdefault(name, [said.get("value", "")])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.now = None
        elif tag == "select":
            self.select = ""


def forms_of(html: str) -> list[Form]:
    return _Forms(html).forms
