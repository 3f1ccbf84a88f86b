"""Through the shipped nginx, every sort of answer carries the headers of one table."""

import re
from collections import Counter

import pytest

from tests import recipes
from tests.deploy.raw import Heard, exchange
from tests.running.production import HOST
from tests.running.served import Answer, Served
from tests.security.headers import wrong

pytestmark = pytest.mark.prove

NO_LINK = "/lenke/" + "A" * 43 + "/"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
COOKIE = re.compile(rb"(?i)^set-cookie: ([^\r]*)", re.MULTILINE)


def test_every_sort_of_answer_carries_them(served: Served) -> None:
    centre = recipes.centre()
    style = re.search(r'href="(/static/css/link\.[0-9a-f]+\.css)"', served.ask("/").text)
    assert style
    answers = {
        ("centres:home", 200): served.ask("/"),
        ("file", 200): served.ask(style[1]),
        ("api:centre", 200): served.ask(f"/api/v1/centres/{centre.slug}.json"),
        ("api:centre", 404): served.ask("/api/v1/centres/nowhere.json"),
        ("centres:centre-card", 200): served.ask(f"/sentre/{centre.slug}/kort/"),
        ("account_login", 200): served.ask("/logg-inn/"),
        ("participants:register", 200): served.ask("/meld-interesse/"),
        ("admin:index", 302): served.ask("/admin/"),
        ("", 301): served.ask("/sentre"),
        ("from Django", 400): served.ask("/?q=%01"),
        ("from nginx", 400): served.ask("/%zz"),
        ("another host", 400): served.ask("/", Host="elsewhere.example"),
        ("", 403): served.ask("/logg-inn/", method="POST", body="a=b", **FORM),
        ("", 404): served.ask("/finnes-ikke/"),
        ("from Django", 405): served.ask("/", method="PUT"),
        ("from nginx", 405): served.ask("/", method="TRACE"),
        ("", 413): served.ask("/", method="POST", body="x" * 300_000, **FORM),
        ("from Django", 414): served.ask("/?q=" + "a" * 3_000),
        ("from nginx", 414): served.ask("/?q=" + "a" * 9_000),
        ("from Django", 429): [served.ask(NO_LINK) for _each in range(61)][-1],
    }
    answers["from nginx", 429] = _too_much_at_once(served)
    served.web.terminate()
    served.web.wait()
    answers["", 503] = served.ask("/sentre/")

    assert {key: answer.status for key, answer in answers.items()} == {
        (name, status): status for name, status in answers
    }
    found = {
        (name, status): amiss
        for (name, status), answer in answers.items()
        if (amiss := wrong(name, status, answer.headers, in_production=True))
    }
    assert found == {}
    for (_name, status), answer in answers.items():
        assert ("retry-after" in answer.headers) == (status in (429, 503)), status
        assert status < 400 or "<h1" in answer.text or "json" in answer.headers["content-type"]
        assert answer.headers["server"] == "nginx"


def _too_much_at_once(served: Served) -> Answer:
    """Three hundred requests in one breath: the first of them that nginx lets nobody answer."""
    asked = f"GET /healthz HTTP/1.1\r\nHost: {HOST}\r\n".encode()
    heard = exchange(served.connect, (asked + b"\r\n") * 300 + asked + b"Connection: close\r\n\r\n")
    _served, begin, rest = heard.said.partition(b"HTTP/1.1 429 ")
    refused = Heard(begin + rest, is_closed=True, took=0)
    told = {name.lower(): value for name, value in refused.headers.items()}
    return Answer(refused.status, told, rest.decode(errors="replace"))


def test_cookies_are_bound_to_the_host_and_hidden_from_scripts(served: Served) -> None:
    ask = f"Host: {HOST}\r\nConnection: close\r\n"
    heard = [
        exchange(served.connect, f"GET {path} HTTP/1.1\r\n{ask}\r\n".encode())
        for path in ("/logg-inn/", "/meld-interesse/", "/sporsmal/", "/min-side/", "/")
    ]
    cookies = [each.decode() for answer in heard for each in COOKIE.findall(answer.said)]

    assert Counter(each.split("=")[0] for each in cookies).keys() == {"__Host-csrf"}
    for cookie in cookies:
        said = {part.strip().lower() for part in cookie.split(";")[1:]}
        assert said >= {"path=/", "secure", "httponly", "samesite=lax"}
        assert not any(part.startswith("domain") for part in said)


def test_forged_headers_of_proxies_have_no_effect(served: Served) -> None:
    evil = "elsewhere.example"
    forged = {
        "X-Forwarded-Host": evil,
        "X-Forwarded-Proto": "http",
        "X-Forwarded-Port": "81",
        "X-Forwarded-Server": evil,
        "X-Forwarded-Prefix": "/evil",
        "Forwarded": f"for=10.0.0.1;host={evil};proto=http",
        "X-Original-URL": "/evil",
        "X-Rewrite-URL": "/evil",
        "X-Host": evil,
        "X-HTTP-Method-Override": "DELETE",
        "SCRIPT_NAME": "/evil",
        "X_FORWARDED_HOST": evil,
        "Proxy": evil,
    }

    for path in ("/", "/sentre", "/admin/", "/logg-inn/", "/sitemap.xml", "/robots.txt"):
        plain, told = served.ask(path), served.ask(path, **forged)
        assert (told.status, told.headers.get("location")) == (
            plain.status,
            plain.headers.get("location"),
        )
        assert "evil" not in told.text
        assert evil not in told.text
    assert evil not in served.logs()
