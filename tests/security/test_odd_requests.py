import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

pytestmark = pytest.mark.django_db


def test_file_is_refused(client):
    response = client.post(
        "/logg-inn/", {"login": SimpleUploadedFile("liste.csv", b"a;b"), "password": "x"}
    )

    assert response.status_code == 400
    assert b"<h1" in response.content


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"--x\r\nContent-Disposition: form-data; name=", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data"),
        (b"a=%ff%fe&b=%", "application/x-www-form-urlencoded"),
        (b"a=b", "application/x-www-form-urlencoded; charset=utf-99"),
        (b'{"a": 1}', "application/json"),
        (b"\x00\x01", "application/octet-stream"),
    ],
)
def test_broken_body_gets_an_answer(client, body, kind):
    response = client.generic("POST", "/logg-inn/", body, content_type=kind)

    assert response.status_code in (200, 400)
    assert b"<h1" in response.content


@pytest.mark.parametrize("header", ["x-forwarded-host", "forwarded", "x-host", "x-original-url"])
def test_headers_of_a_proxy_that_is_not_there_change_nothing(client, header):
    plain = client.get("/admin/")

    response = client.get("/admin/", headers={header: "elsewhere.example"})

    assert response.headers["Location"] == plain.headers["Location"]
    assert b"elsewhere.example" not in response.content
