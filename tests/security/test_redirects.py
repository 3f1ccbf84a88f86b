from urllib.parse import urljoin, urlsplit

import pytest

from centres.states import Role
from tests import recipes

pytestmark = pytest.mark.django_db

ELSEWHERE = [
    "//elsewhere.example",
    "///elsewhere.example",
    "////elsewhere.example",
    "/\\elsewhere.example",
    "\\\\elsewhere.example",
    "https:elsewhere.example",
    "https:/elsewhere.example",
    "https://elsewhere.example",
    "http:///elsewhere.example",
    "HTTPS://elsewhere.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "mailto:x@elsewhere.example",
    "https://testserver@elsewhere.example",
    "https://testserver.elsewhere.example",
    "//testserver:80@elsewhere.example",
    "/\t/elsewhere.example",
    "/\n/elsewhere.example",
    "\t//elsewhere.example",
    " //elsewhere.example",
    "//elsewhere.example/%2f..",
    "/%0d%0aLocation:%20https://elsewhere.example",
    "/admin/\r\nLocation: https://elsewhere.example",
    "https%3A//elsewhere.example",
    "//[::1]",
    "//elsewhere.example#@testserver",
    "//elsewhere.example?@testserver",
    "//elsewhere\u3002example",
    "\u2044\u2044elsewhere.example",
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_log_in_leads_nowhere_else(client, target):
    user = recipes.staff(Role.ADMINISTRATOR)

    response = client.post(
        "/logg-inn/",
        {"login": user.email, "password": "prov-link", "next": target},
    )

    assert response.status_code == 302
    assert_ours(response.headers["Location"])


@pytest.mark.parametrize(
    "path", ["//elsewhere.example/", "//elsewhere.example/%2e%2e", "/\\elsewhere"]
)
def test_address_that_looks_like_another_host_leads_nowhere_else(client, path):
    response = client.get(path)

    assert_ours(response.headers.get("Location", "/"))


def assert_ours(location: str) -> None:
    assert not location.startswith(("//", "/\\", "\\"))  # which browsers take for hosts
    assert "\n" not in location
    parts = urlsplit(urljoin("http://testserver/logg-inn/", location))
    assert (parts.scheme, parts.netloc) == ("http", "testserver")
