import io
import logging

import pytest
from django.test import Client

from tests.linkcenter.web.odd_urls import HUSH

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.linkcenter.web.odd_urls")]

TYPED = "Jeg kommer gjerne på tirsdager"


@pytest.fixture
def visitor():
    """A browser: it needs tokens, and sees our pages and not our exceptions."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


@pytest.fixture
def log_lines():
    """What operators read: the lines of the real handler."""
    (console,) = [h for h in logging.getLogger().handlers if type(h) is logging.StreamHandler]
    lines = io.StringIO()
    before = console.setStream(lines)
    yield lines
    console.setStream(before)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/odd/?name=%00", 400),
        ("get", "/odd/%00/", 400),
        ("get", "/odd/%1b/", 400),
        ("get", "/odd/forbidden/", 403),
        ("get", "/odd/nowhere/", 404),
        ("post", "/odd/read-only/", 403),
        ("get", f"/odd/?q={'a' * 2000}", 414),
        ("get", "/odd/our-fault/", 500),
        ("get", "/odd/database-away/", 503),
        ("get", "/odd/session-lost/", 503),
    ],
)
def test_error_page_is_whole_and_leads_on(visitor, method, path, status):
    response = getattr(visitor, method)(path)

    assert response.status_code == status
    assert b"<h1" in response.content
    assert b'href="/"' in response.content
    assert HUSH.encode() not in response.content


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_other_methods_than_get_head_and_post_are_refused(visitor, method):
    response = getattr(visitor, method)("/odd/fine/")

    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, POST"
    assert b"<h1" in response.content


def test_refused_method_of_a_view_has_a_page(client):
    response = client.post("/odd/read-only/")

    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD"
    assert b"<h1" in response.content


def test_body_that_is_too_big_has_a_page(client):
    response = client.post(
        "/odd/fine/", f"message={'a' * 300_000}", "application/x-www-form-urlencoded"
    )

    assert response.status_code == 413
    assert b"<h1" in response.content


def test_too_many_fields_are_refused(client):
    response = client.post("/odd/fine/", {f"field{n}": "" for n in range(600)})

    assert response.status_code == 400


def test_database_away_says_when_to_try_again(visitor):
    response = visitor.get("/odd/database-away/")

    assert response.headers["Retry-After"] == "30"


@pytest.mark.parametrize("path", ["/odd/our-fault/", "/odd/database-away/", "/odd/session-lost/"])
def test_trouble_keeps_what_was_typed_and_asks_no_database(client, path, django_assert_num_queries):
    client.raise_request_exception = False

    with django_assert_num_queries(0):
        response = client.post(path, {"message": TYPED, "password": "hush-hush"})

    assert TYPED in response.content.decode()
    assert b"hush-hush" not in response.content


def test_stale_form_is_shown_again_with_a_token_that_works(visitor):
    visitor.cookies["csrf"] = "a" * 32
    stale = visitor.post("/odd/fine/", {"message": TYPED, "csrfmiddlewaretoken": "b" * 32})

    again = visitor.post(
        "/odd/fine/",
        {"message": TYPED, "csrfmiddlewaretoken": stale.context["csrf_token"]},
    )

    assert stale.status_code == 403
    assert f'name="message" value="{TYPED}"' in stale.content.decode()
    assert again.content.decode() == TYPED


def test_form_without_a_cookie_is_shown_again(visitor):
    response = visitor.post("/odd/fine/", {"message": TYPED})

    assert response.status_code == 403
    assert TYPED in response.content.decode()
    assert "csrf" in response.cookies


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"host": "elsewhere.example"},
    ],
)
@pytest.mark.parametrize("message", [TYPED, f"{TYPED}\x00"])
def test_form_from_elsewhere_is_not_shown_again(visitor, headers, message):
    response = visitor.post("/odd/fine/", {"message": message}, headers=headers)

    assert response.status_code in (400, 403)
    assert TYPED not in response.content.decode()


def test_form_with_odd_characters_is_shown_again_without_them(client):
    response = client.post("/odd/fine/", {"message": f"{TYPED}\x00\x1b"})

    assert response.status_code == 400
    assert f'name="message" value="{TYPED}"' in response.content.decode()


@pytest.mark.parametrize("text", ["linje 1\r\nlinje 2\t\n", "😀👩‍👧", "مرحبا", "e\u0301"])
def test_form_with_unusual_text_passes(client, text):
    response = client.post("/odd/fine/", {"message": text})

    assert response.content.decode() == text


def test_log_of_an_error_tells_where_and_holds_neither_words_nor_links(visitor, log_lines):
    token = "t" * 43

    visitor.get(f"/svar/{token}/nowhere/")
    visitor.get("/odd/our-fault/")

    log = log_lines.getvalue()
    assert "Not Found: - [" in log  # the page has no name, and its address is not told
    assert "odd_urls.py" in log
    assert "ValueError\n" in log
    assert HUSH not in log
    assert token not in log
