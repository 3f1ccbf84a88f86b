from urllib.parse import urlsplit

import pytest
from django.apps import apps

from linkcenter.models import Spending
from tests.security.addresses import addresses

pytestmark = pytest.mark.django_db

ODD_QUERIES = [
    {"q": "\x00"},
    {"q": "a" * 1500},
    {"q": "' or 1=1 --"},
    {"q": "\u202e\u0000"},
    {"q": "\ud7ff\U0001f600"},
    {"page": "-1", "p": "x", "o": "999.-5", "all": "1"},
    {"e": "1", "next": "//elsewhere.example", "_to_field": "password", "_popup": "1"},
    {"id__exact": "x", "pk__in": "a,b", "password__startswith": "a"},
]


def rows() -> dict[str, int]:
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.managed and model is not Spending  # counts tries, as it should
    }


def test_there_are_addresses_to_try():
    found = addresses()

    assert "/" in found
    assert "/healthz" in found
    assert any(address.startswith("/admin/") for address in found)
    assert any(address.startswith("/svar/") for address in found)
    assert not [address for address in found if "<" in address]


@pytest.mark.parametrize("method", ["get", "head"])
def test_reading_any_address_changes_nothing_and_breaks_nothing(client, method):
    before = rows()

    for address in addresses():
        response = getattr(client, method)(address)
        assert response.status_code in {200, 301, 302, 400, 404, 405}, address

    assert rows() == before


@pytest.mark.parametrize("query", ODD_QUERIES, ids=str)
def test_odd_query_breaks_no_address(client, query):
    for address in addresses():
        response = client.get(address, query)
        assert response.status_code in {200, 301, 302, 400, 404, 405}, address


def test_stranger_meets_nothing_of_the_admin_but_the_log_in(client):
    open_to_all = {"/admin/login/", "/admin/jsi18n/"}

    for address in addresses():
        if address.startswith("/admin/") and address not in open_to_all:
            response = client.get(address)
            assert response.status_code in {302, 400, 404, 405}, address
            if response.status_code == 302:
                led_to = urlsplit(response.headers["Location"]).path
                assert led_to in {"/admin/login/", "/admin/", "/logg-inn/"}, address


def test_empty_post_breaks_no_address(client):
    for address in addresses():
        response = client.post(address)
        assert response.status_code in {200, 301, 302, 303, 400, 403, 404, 405, 409}, address
