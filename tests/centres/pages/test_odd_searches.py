"""Whatever is typed in the search box or the address, people get a page or a clean refusal."""

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from centres.models import PostalCode
from tests import recipes

pytestmark = pytest.mark.django_db

TEXTS = [
    "\x00",
    "9008\x00",
    "a" * 10_000,
    "å" * 1_500,
    "9" * 1_500,
    "\U0001f600\U0001f3fd",
    "' OR 1=1; DROP TABLE centres_centre; --",
    "../../../etc/passwd",
    "..\\..\\",
    "   ",
    "\t\r\n",
    "\u202etxet",
    "\ufeff\u200b",
    "%%%s%(q)s{0}{{ q }}",
    "<script>alert(1)</script>",
    "٩٠٠٨",
    "9008 9009 9010",
    "-",
    ".*",
    "\\",
    "\ud7ff\uffff",
]


@pytest.fixture(autouse=True)
def tromso(db):
    place = recipes.municipality("5501", name="Tromsø", county="Troms")
    PostalCode.objects.create(code="9008", place="Tromsø", municipality=place)
    recipes.centre("link-tromso", name="LINK Tromsø").municipalities.add(place)
    return place


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
@pytest.mark.parametrize("address", ["/", "/en/", "/meld-interesse/"])
def test_odd_query_gets_a_page_or_a_clean_refusal(client, address, text):
    response = client.get(address, {"q": text})

    assert response.status_code in {200, 302, 400, 414}
    assert response.content or response.status_code == 302


@pytest.mark.parametrize(
    "query", ["q=%ff%fe", "q", "q=&q=troms", "q=%ed%a0%80", "&&==", "q[]=a", "%00=1", "q=%u1234"]
)
def test_odd_query_string_gets_a_page_or_a_clean_refusal(client, query):
    response = client.get("/", QUERY_STRING=query)

    assert response.status_code in {200, 302, 400}


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
@pytest.mark.parametrize("address", ["/kommuner/{}/", "/kommuner/5501-{}/", "/sentre/{}/"])
def test_odd_path_gets_a_page_or_a_clean_refusal(client, address, text):
    response = client.get(address.format(quote(text, safe="")))

    assert response.status_code in {301, 400, 404, 414}


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=60))
def test_any_text_gets_a_page_or_a_clean_refusal(client, text):
    response = client.get("/", {"q": text})

    assert response.status_code in {200, 302, 400}


@pytest.mark.parametrize("method", ["post", "put", "delete", "trace", "options", "patch"])
@pytest.mark.parametrize("address", ["/?q=a", "/kommuner/", "/kommuner/troms/", "/sentre/"])
def test_only_reading_is_allowed(client, address, method):
    assert getattr(client, method)(address).status_code == 405


@pytest.mark.parametrize(
    "address", ["/?q=nowhere", "/kommuner/", "/kommuner/troms/", "/kommuner/5501-tromso/"]
)
def test_head_is_answered_as_get_without_the_page(client, address):
    response = client.head(address)

    assert (response.status_code, response.content) == (200, b"")
    assert int(response["Content-Length"]) > 1_000


@pytest.mark.parametrize(
    "address", ["/?q=nowhere", "/kommuner/", "/kommuner/troms/", "/kommuner/5501-tromso/"]
)
def test_looking_sets_no_cookie(client, address):
    response = client.get(address)

    assert dict(response.cookies) == {}
