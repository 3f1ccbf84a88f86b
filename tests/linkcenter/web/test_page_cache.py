"""Pages that are the same for everybody are kept for less than a second, and no others."""

import gzip
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier

import pytest
from django.conf import settings
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory
from django.urls import Resolver404, resolve
from django.views.decorators.cache import never_cache

from centres.models import Centre
from centres.states import Role
from linkcenter.models import User
from linkcenter.web.page_cache import FRESH, LARGEST_PAGE, MOST_PAGES, page_cache
from tests import recipes
from tests.security.addresses import addresses

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(settings):
    """A browser before a process that keeps its pages for a minute, which no test takes."""
    settings.PAGE_CACHE_SECONDS = 60
    return Client()


class Process:
    """The middleware around a view that counts how often it is asked; its clock stands still."""

    def __init__(self, view):
        self.view = view
        self.asked = 0
        self.now = 1000.0
        self._answer = page_cache(self._count, clock=lambda: self.now)

    def _count(self, request):
        self.asked += 1
        return self.view(request)

    def get(self, path="/", **options):
        return self._answer(RequestFactory().get(path, **options))

    def head(self, path="/"):
        return self._answer(RequestFactory().head(path))

    def post(self, path="/"):
        return self._answer(RequestFactory().post(path))


@pytest.fixture
def process(settings):
    settings.PAGE_CACHE_SECONDS = 0.8
    return Process


def hello(request):
    return HttpResponse(f"Hei fra {request.get_full_path()}")


def test_page_is_made_once_and_then_kept(process):
    web = process(hello)

    pages = [web.get("/a/").content for _ in range(3)]

    assert pages == [b"Hei fra /a/"] * 3
    assert web.asked == 1


def test_page_is_made_anew_in_less_than_a_second(process):
    web = process(hello)
    web.get()

    web.now += settings.PAGE_CACHE_SECONDS
    web.get()

    assert web.asked == 2
    assert settings.PAGE_CACHE_SECONDS < 1


def test_page_is_as_old_as_the_moment_it_was_asked_for(process):
    web = process(hello)

    def slow(request):
        web.now += 0.5
        return hello(request)

    web.view = slow
    web.get()
    web.now += 0.4
    web.get()

    assert web.asked == 2


def test_edit_is_seen_when_the_time_is_over(client, settings):
    centre = recipes.centre("link-a", name="LINK Før")
    settings.PAGE_CACHE_SECONDS = 60
    seen = ["LINK Før" in client.get("/sentre/link-a/").content.decode()]

    Centre.objects.filter(pk=centre.pk).update(name="LINK Etter")
    seen.append("LINK Før" in client.get("/sentre/link-a/").content.decode())
    settings.PAGE_CACHE_SECONDS = 0
    seen.append("LINK Etter" in client.get("/sentre/link-a/").content.decode())

    assert seen == [True, True, True]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"path": "/a/"}, {"path": "/b/"}),
        ({"headers": {"host": "testserver"}}, {"headers": {"host": "TESTSERVER"}}),
        ({"headers": {"host": "testserver"}}, {"headers": {"host": "localhost"}}),
        ({"secure": False}, {"secure": True}),
    ],
)
def test_other_address_is_another_page(process, first, second):
    web = process(hello)

    web.get(**first)
    web.get(**second)

    assert web.asked == 2


def test_page_with_a_query_is_made_each_time(process):
    web = process(hello)

    pages = [web.get(path).content for path in ("/?q=a", "/?q=b", "/?q=a", "/")]

    assert pages == [b"Hei fra /?q=a", b"Hei fra /?q=b", b"Hei fra /?q=a", b"Hei fra /"]
    assert web.asked == 4


def test_wishes_of_the_browser_and_its_cookies_make_no_other_page(process):
    web = process(hello)

    for headers in (
        {"accept-language": "se, en;q=0.5"},
        {"cookie": "session=abc; django_language=en"},
        {"user-agent": "iCal/1.0"},
        {"range": "bytes=0-10"},
    ):
        assert web.get(headers=headers).content == b"Hei fra /"

    assert web.asked == 1


def test_head_and_get_share_the_page(process):
    web = process(hello)

    web.head()
    page = web.get()

    assert page.content == b"Hei fra /"
    assert web.asked == 1


@pytest.mark.parametrize(
    "answer",
    [
        lambda request: HttpResponse("Feil", status=404),
        lambda request: HttpResponse("Feil", status=500),
        lambda request: HttpResponse(status=302, headers={"Location": "/"}),
        lambda request: HttpResponse("Hei", headers={"Vary": "Cookie"}),
        lambda request: HttpResponse("Hei", headers={"Cache-Control": "max-age=60"}),
        lambda request: StreamingHttpResponse([b"Hei"]),
        lambda request: FileResponse(b"Hei"),
        lambda request: with_cookie(),
        never_cache(hello),
    ],
)
def test_other_answers_are_neither_kept_nor_touched(process, answer):
    web = process(answer)

    pages = [web.get(), web.get()]

    assert web.asked == 2
    assert not [page for page in pages if page.has_header("ETag")]
    assert FRESH not in [page.get("Cache-Control") for page in pages]


def with_cookie():
    response = HttpResponse("Hei")
    response.set_cookie("a", "b")
    return response


def test_post_is_never_answered_from_the_shelf(process):
    web = process(hello)
    web.get()

    web.post()
    web.post()

    assert web.asked == 3


def test_page_without_changes_is_told_in_a_few_bytes(process):
    web = process(hello)
    page = web.get()
    tag = page.headers["ETag"]

    again = [
        web.get(headers={"if-none-match": sent})
        for sent in (tag, f'"other", {tag}', '"other"', "rot, \x7f", "")
    ]

    assert [each.status_code for each in again] == [304, 304, 200, 200, 200]
    assert again[0].content == b""
    assert again[0].headers["ETag"] == tag
    assert again[0].headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert again[0].headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"if-modified-since": "Sun, 22 Nov 2026 10:00:00 GMT"}, 304),
        ({"if-modified-since": "Sun, 22 Nov 2026 09:59:59 GMT"}, 200),
        ({"if-modified-since": "yesterday"}, 200),
        ({"if-modified-since": "Sun, 22 Nov 2026 10:00:00 GMT", "if-none-match": '"other"'}, 200),
    ],
)
def test_page_that_tells_since_when_it_is_is_known_by_its_date(process, asked, status):
    told = {"Last-Modified": "Sun, 22 Nov 2026 10:00:00 GMT"}
    web = process(lambda request: HttpResponse("Hei", headers=told))

    assert web.get(headers=asked).status_code == status


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip", "gzip"),
        ("br;q=1.0, GZIP;q=0.5", "gzip"),
        ("gzip;q=0", None),
        ("gzip; q=0.000, br", None),
        ("x-gzip-new", None),
        ("", None),
    ],
)
def test_page_is_compressed_only_for_who_takes_gzip(process, accepted, encoding):
    web = process(lambda request: HttpResponse("Hei " * 1000))

    page = web.get(headers={"accept-encoding": accepted})

    assert page.get("Content-Encoding") == encoding


def test_page_with_a_query_can_be_unchanged_as_well(process):
    web = process(hello)
    tag = web.get("/?q=a").headers["ETag"]

    assert web.get("/?q=a", headers={"if-none-match": tag}).status_code == 304
    assert web.get("/?q=b", headers={"if-none-match": tag}).status_code == 200


def test_page_is_sent_compressed_to_those_who_can_read_it(process):
    web = process(lambda request: HttpResponse("Hei " * 1000))

    plain = web.get()
    packed = web.get(headers={"accept-encoding": "br, gzip"})

    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed.headers["Content-Length"] == str(len(packed.content))
    assert packed.headers["ETag"] == plain.headers["ETag"]
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"
    assert web.asked == 1


def test_shelf_has_room_for_so_many_pages_and_loses_the_oldest(process):
    web = process(hello)

    for number in range(MOST_PAGES + 1):
        web.get(f"/{number}/")
    web.get(f"/{MOST_PAGES}/")
    asked = web.asked
    web.get("/0/")

    assert asked == MOST_PAGES + 1
    assert web.asked == MOST_PAGES + 2


def test_huge_page_is_not_kept(process):
    web = process(lambda request: HttpResponse(b"x" * (LARGEST_PAGE + 1)))

    web.get()
    web.get()

    assert web.asked == 2


def test_many_at_once_all_get_their_own_page(process):
    web = process(hello)
    start = Barrier(4)

    def read(number):
        start.wait()
        return [web.get(f"/{each % (MOST_PAGES * 2)}/").content for each in range(number, 3000, 7)]

    with ThreadPoolExecutor(4) as readers:
        found = list(readers.map(read, range(4)))

    assert found == [
        [f"Hei fra /{each % (MOST_PAGES * 2)}/".encode() for each in range(number, 3000, 7)]
        for number in range(4)
    ]


def test_kept_page_carries_all_headers_of_a_new_one(visitor):
    recipes.centre("link-a")

    new, kept = visitor.get("/sentre/"), visitor.get("/sentre/")

    assert kept.headers == new.headers
    assert "default-src 'none'" in kept.headers["Content-Security-Policy"]
    assert kept.headers["Content-Language"] == "nb"


def test_kept_page_takes_no_query(visitor, django_assert_num_queries):
    visitor.get("/sentre/")

    with django_assert_num_queries(0):
        visitor.get("/sentre/")


def test_pages_of_staff_are_never_kept(visitor):
    visitor.force_login(recipes.staff(Role.ADMINISTRATOR))

    for address in ("/admin/", "/admin/login/", "/admin/jsi18n/", "/admin/centres/centre/"):
        response = visitor.get(address)
        assert "public" not in response.headers["Cache-Control"], address


PERSONAL = {"centres:enquiry", "centres:event-sign-up", "centres:sign-up"}
NUMBERS = {"groups:statistics", "groups:statistics-file"}  # of nobody: the same for everybody


def test_forms_and_personal_pages_are_never_kept(visitor):
    """Whatever the two apps about people show, and the centres' own forms: also a new page."""
    found = {}
    for address in [*addresses(), "/kontakt/sporsmal/"]:
        with suppress(Resolver404):
            match = resolve(address)
            if match.view_name in NUMBERS:
                continue
            if {match.app_name, match.view_name} & {"participants", "groups", *PERSONAL}:
                response = visitor.get(address)
                if response.status_code == 200:
                    found[address] = response.headers["Cache-Control"]

    assert len(found) > 5
    assert {address for address, kept in found.items() if "no-store" not in kept} == set()


def test_somebody_who_is_logged_in_gets_the_page_of_everybody(visitor):
    recipes.centre("link-a")
    everybody = Client().get("/sentre/")
    visitor.force_login(User.objects.create_user(email="a@example.org", password="prov-link"))

    response = visitor.get("/sentre/")

    assert response.content == everybody.content
    assert response.headers["Cache-Control"] == FRESH
