import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from linkcenter.web.middleware import no_body_for_head
from tests.security.headers import wrong

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.linkcenter.web.odd_urls")]

LONG = {"data": f"message={'a' * 300_000}", "content_type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize(
    ("method", "path", "sent", "status"),
    [
        ("get", "/healthz", {}, 200),
        ("get", "/admin/", {}, 302),
        ("get", "/sentre", {}, 301),
        ("get", "/static/css/link.css", {}, 200),
        ("get", "/static/css/nothing.css", {}, 404),
        ("get", "/odd/?name=%00", {}, 400),
        ("get", "/odd/fine/", {"headers": {"host": "elsewhere.example"}}, 400),
        ("get", "/static/css/link.css", {"headers": {"host": "elsewhere.example"}}, 400),
        ("get", "/odd/forbidden/", {}, 403),
        ("post", "/odd/fine/", {}, 403),
        ("get", "/odd/nowhere/", {}, 404),
        ("put", "/odd/fine/", {}, 405),
        ("trace", "/static/css/link.css", {}, 405),
        ("post", "/odd/read-only/", {}, 403),
        ("post", "/odd/fine/", LONG, 413),
        ("get", f"/odd/?q={'a' * 2000}", {}, 414),
        ("get", "/odd/too-often/", {}, 429),
        ("get", "/odd/our-fault/", {}, 500),
        ("get", "/odd/database-away/", {}, 503),
    ],
)
def test_every_answer_carries_the_same_security_headers(method, path, sent, status):
    visitor = Client(enforce_csrf_checks=True, raise_request_exception=False)

    response = getattr(visitor, method)(path, **sent)
    b"".join(response)  # to its end, which closes the file

    assert response.status_code == status
    name = "file" if path.startswith("/static/") else path
    assert wrong(name, status, response.headers) == []


def test_answer_to_a_post_is_stored_nowhere(client):
    response = client.post("/odd/fine/", {"message": "hei"})

    assert response.headers["Cache-Control"] == "private, no-store"


def test_page_with_a_token_is_stored_nowhere(client):
    response = client.get("/logg-inn/")

    assert "no-store" in response.headers["Cache-Control"]


def test_page_that_is_the_same_for_all_may_be_stored(client):
    response = client.get("/odd/fine/")

    assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_unknown_host_is_refused(client):
    response = client.get("/odd/fine/", headers={"host": "elsewhere.example"})

    assert response.status_code == 400


def test_head_has_the_length_of_the_page_and_no_body():
    request = RequestFactory().head("/odd/fine/")
    page = no_body_for_head(lambda _: HttpResponse("fine"))(request)

    assert page.content == b""
    assert page.headers["Content-Length"] == "4"
