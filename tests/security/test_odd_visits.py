"""Whatever is asked of a public address, in whatever way: a good page or a clean refusal."""

from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from tests import recipes
from tests.security.addresses import addresses

pytestmark = pytest.mark.django_db

CLEAN = {200, 301, 302, 304, 400, 403, 404, 405, 410, 412, 414}

PUBLIC = [address for address in addresses() if not address.startswith(("/admin/", "/demo-post/"))]

HEADERS = [
    {"accept-language": ",".join(f"x{number}-YY;q=0.{number}" for number in range(900))},
    {"accept-language": "*;q=zz,,;,\x7f"},
    {"if-none-match": 'W/"x", garbage, "", \\"'},
    {"if-none-match": "*"},
    {"if-match": '"x"'},
    {"if-modified-since": "in the year of the flood"},
    {"if-modified-since": "Sun, 06 Nov 9999999 08:49:37 GMT"},
    {"if-unmodified-since": "Sun, 06 Nov 1994 08:49:37 GMT"},
    {"range": "bytes=9999999999999999999-1, x-"},
    {"accept-encoding": "gzip;q=0, *;q=x, br;;;"},
    {"accept": "text/calendar;q=, */*;q=2, ;;"},
    {"user-agent": "iCal/10.0 (2131) Mac+OS+X/10.15.7 CalendarAgent/930"},
    {"user-agent": "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0; Pro)"},
    {"user-agent": ""},
    {"content-type": "multipart/form-data"},
    {"content-length": "-1"},
    {"cookie": "session=\x00; csrf=; django_language=xx; =;;; $Version=1"},
    {"cookie": f"session={'x' * 5000}"},
    {"origin": "null", "sec-fetch-site": "cross-site"},
    {"x-requested-with": "XMLHttpRequest", "accept": "application/json"},
    {"expect": "100-continue", "upgrade": "h2c", "connection": "upgrade"},
]

QUERIES = [
    "q=%00",
    "q=%ff%fe",
    "q=%",
    "q[]=a&q[$ne]=1",
    "q=" + "%F0%9F%98%80" * 20,
    "senter=%00&side=-1&form=x",
    "senter=x&side=99999999999999999999&kommune=%27",
    "side=NaN&senter=" + "a" * 1500,
    "kommune=5501%00",
    "=&&&;;;&=",
    "n=" + "&n=".join(map(str, range(200))),
]

PATHS = [
    "//",
    "///sentre//",
    "/sentre//link-tromso/",
    "/sentre/%ff%fe/",
    "/sentre/%C3%28/",
    "/sentre/%00/",
    "/sentre/%0d%0aSet-Cookie:%20a=b/",
    "/sentre/../admin/",
    "/sentre/%2e%2e/%2e%2e/etc/passwd",
    "/sentre/link-tromso",
    "/sentre/link-tromso/%20",
    "/SENTRE/",
    "/de/",
    "/xx/sentre/",
    "/nb/",
    "/en",
    "/en//",
    "/en/nn/",
    "/en-gb/",
    "/nn-no/sentre/",
    "/zh-hans/",
    "/kommuner/5501-/",
    "/kommuner/-tromso/",
    "/kommuner/٥٥٠١-tromso/",
    "/kommuner/5501-TROMSØ/",
    "/kommuner/55011-tromso/",
    "/arrangementer/0/",
    "/arrangementer/-1/",
    "/arrangementer/99999999999999999999.ics",
    "/arrangementer/²/",
    "/arrangementer.ics/",
    "/aktuelt/1-/",
    "/aktuelt/99999999999999999999-x/",
    "/kontakt/finnes-ikke/",
    "/api/v1/",
    "/api/v1/centres/.json",
    "/api/v1/centres/a/b.json",
    "/api/v2/centres.json",
    "/api/v1/centres.json/",
    "/favicon.ico",
    "/.well-known/security.txt",
    "/.env",
    "/wp-login.php",
    "/static/../linkcenter/settings.py",
    "/static/%2e%2e/linkcenter/settings.py",
    "/static/css/",
    "/;jsessionid=1",
    "/?q=a?q=b",
    "/" + "a" * 1990,
    "/" + "a/" * 900,
    "/" + quote("🙂" * 100),
    "/sentre/" + "%25" * 300,
]


@pytest.fixture
def visitor() -> Client:
    recipes.event(recipes.centre("link-tromso"))
    recipes.municipality("5501", name="Tromsø")
    return Client()


def trouble(response, asked) -> list:
    """Nothing if the answer is fine: clean, whole and of our own make."""
    bad = response.status_code not in CLEAN
    naked = "Content-Security-Policy" not in response.headers
    leaks = b"Traceback" in response.content if not response.streaming else False
    return [(response.status_code, asked)] if bad or naked or leaks else []


def test_walk_holds_the_public_addresses():
    assert {"/", "/sentre/", "/api/v1/centres.json", "/arrangementer.ics"} <= set(PUBLIC)
    assert len(PUBLIC) > 40


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path[:40])
def test_odd_path_gets_a_page_or_a_clean_refusal(visitor, path):
    for method in ("GET", "HEAD"):
        response = visitor.generic(method, path)
        assert trouble(response, path) == []


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query[:30])
def test_odd_query_breaks_no_public_address(visitor, query):
    found = []

    for address in PUBLIC:
        found += trouble(visitor.generic("GET", address, QUERY_STRING=query), address)

    assert found == []


@pytest.mark.parametrize("headers", HEADERS, ids=lambda headers: str(headers)[:50])
def test_odd_headers_break_no_public_address(visitor, headers):
    found = []

    for address in PUBLIC:
        found += trouble(visitor.get(address, headers=headers), address)

    assert found == []


@pytest.mark.parametrize(
    "method", ["TRACE", "OPTIONS", "PUT", "PATCH", "DELETE", "CONNECT", "PROPFIND", "X"]
)
def test_other_methods_are_refused_everywhere(visitor, method):
    statuses = {visitor.generic(method, address).status_code for address in PUBLIC}

    assert statuses == {405}


@pytest.mark.parametrize("language", ["", "/nn", "/en"])
def test_language_follows_the_address_and_nothing_else(visitor, language):
    address = f"{language}/sentre/"
    visitor.cookies["django_language"] = "en"

    plain = visitor.get(address)
    asked = visitor.get(address, headers={"accept-language": "en, nn;q=0.9, se;q=0.8"})

    assert plain.content == asked.content
    assert plain.headers["Content-Language"] == (language.removeprefix("/") or "nb")
    assert "Accept-Language" not in plain.headers.get("Vary", "")


def test_unknown_language_is_not_found(visitor):
    for address in ("/de/", "/xx/", "/nb/", "/en-gb/sentre/", "/se/sentre/"):
        assert visitor.get(address).status_code == 404


def test_refusal_speaks_the_language_of_its_own_address(visitor):
    visitor.get("/en/sentre/")

    response = visitor.put("/sentre/")

    assert '<html lang="nb"' in response.content.decode()


def test_range_is_overlooked(visitor):
    response = visitor.get(reverse("centres:centre-list"), headers={"range": "bytes=0-5"})

    assert response.status_code == 200
    assert response.content.endswith(b"</html>\n")


@pytest.mark.prove
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
@pytest.mark.parametrize("headers", HEADERS, ids=lambda headers: str(headers)[:50])
def test_odd_headers_and_queries_together_break_nothing(visitor, method, headers):
    found = []

    for number, address in enumerate(PUBLIC):
        sender = f"192.0.2.{number % 250}"  # nobody asks for so much that they have to wait
        for query in QUERIES[::3]:
            asked = {"QUERY_STRING": query, "headers": headers, "REMOTE_ADDR": sender}
            response = visitor.generic(method, address, **asked)
            found += trouble(response, (address, query))

    assert found == []
