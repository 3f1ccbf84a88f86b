import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from linkcenter.middleware import no_body_for_head

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.linkcenter.odd_urls")]

POLICY = (
    "default-src 'none'; base-uri 'none'; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; img-src 'self' data:; script-src 'self'; "
    "style-src 'self'"
)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/healthz", 200),
        ("get", "/admin/", 302),
        ("get", "/static/css/link.css", 200),
        ("get", "/odd/?name=%00", 400),
        ("get", "/odd/forbidden/", 403),
        ("post", "/odd/fine/", 403),
        ("get", "/odd/nowhere/", 404),
        ("put", "/odd/fine/", 405),
        ("post", "/odd/read-only/", 403),
        ("get", f"/odd/?q={'a' * 2000}", 414),
        ("get", "/odd/our-fault/", 500),
        ("get", "/odd/database-away/", 503),
    ],
)
def test_every_answer_carries_the_same_security_headers(method, path, status):
    visitor = Client(enforce_csrf_checks=True, raise_request_exception=False)

    response = getattr(visitor, method)(path)
    b"".join(response)  # to its end, which closes the file

    assert response.status_code == status
    policy = response.headers["Content-Security-Policy"]
    assert "; ".join(sorted(policy.split("; "), key=by_default_first)) == POLICY
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Referrer-Policy"] == "strict-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response.headers["Permissions-Policy"]


def by_default_first(directive: str) -> tuple[bool, str]:
    return not directive.startswith("default-src"), directive


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
