"""A browser without scripts that asks over a real socket, and remembers all that it was told."""

import http.client
import re
from contextlib import closing
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit

INPUT = re.compile(r"<input[^>]*>")
PAIR = re.compile(r'([\w-]+)="([^"]*)"')


@dataclass
class Answer:
    """What came back for one request."""

    method: str
    path: str
    status_code: int
    headers: dict[str, str]
    content: bytes

    @property
    def url(self) -> str:
        """Where it leads."""
        return self.headers["location"]


@dataclass
class Browser:
    """``address`` is host and port. Cookies are kept; redirects are followed by hand.

    ``source`` is the network address that it comes from: any that begins with 127.
    """

    address: str
    source: str = ""
    cookies: dict[str, str] = field(default_factory=dict)
    told: list[Answer] = field(default_factory=list)

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, headers=headers)

    def head(self, path: str, **headers: str) -> Answer:
        return self._ask("HEAD", path, headers=headers)

    def post(self, path: str, data: dict[str, Any], **headers: str) -> Answer:
        sent = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"http://{self.address}",
            **headers,
        }
        return self._ask("POST", path, urlencode(data, doseq=True), sent)

    def _ask(
        self, method: str, path: str, body: str | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        parts = urlsplit(path)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        source = (self.source, 0) if self.source else None
        connection = http.client.HTTPConnection(self.address, timeout=30, source_address=source)
        with closing(connection):
            connection.request(method, path, body, {**(headers or {}), "Cookie": cookie})
            with connection.getresponse() as response:
                content = response.read()
        for line in response.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        told = {name.lower(): value for name, value in response.headers.items()}
        answer = Answer(method, path, response.status, told, content)
        self.told.append(answer)
        return answer


def ticked(answer: Answer) -> dict[str, str]:
    """Every box of the page, ticked."""
    boxes = [dict(PAIR.findall(each)) for each in INPUT.findall(answer.content.decode())]
    return {box["name"]: box["value"] for box in boxes if box.get("type") == "checkbox"}
