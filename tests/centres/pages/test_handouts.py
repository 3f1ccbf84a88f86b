"""The card that others frame, and the sheet that they hang up."""

import re
from datetime import time
from html import unescape

import pytest
from django.test import Client
from django.utils.translation import override

from centres.domain.hours.opening import Span
from centres.models import OpeningHours
from centres.publishing.handouts import Code, Days, frame_code, week_in_short
from centres.states import CentreStatus
from tests import recipes
from tests.security.addresses import addresses

pytestmark = pytest.mark.django_db

CARD = re.compile(r"^/sentre/[^/]+/kort/$")


@pytest.fixture
def centre():
    return recipes.centre(
        "link-tromso",
        name="LINK Tromsø & Omegn",
        phones=["413 33 186"],
        visiting_address="Sjøgata 2",
        postal_code="9236",
        postal_place="Tromsø",
    )


def test_card_is_the_only_page_that_may_be_framed(client, centre):
    framable, others = [], 0

    for address in [*addresses(), "/sentre/link-tromso/kort/", "/sentre/link-tromso/"]:
        headers = client.get(address).headers
        if "frame-ancestors 'none'" in headers["Content-Security-Policy"]:
            assert headers["X-Frame-Options"] == "DENY", address
            others += 1
        else:
            framable.append(address)

    assert framable == ["/sentre/link-tromso/kort/"]
    assert others > 100


def test_card_keeps_every_other_header(client, centre):
    card, page = (client.get(f"/sentre/link-tromso/{path}").headers for path in ("kort/", ""))

    def policy(headers):
        return {part.strip() for part in headers["Content-Security-Policy"].split(";")}

    assert policy(card) ^ policy(page) == {"frame-ancestors *", "frame-ancestors 'none'"}
    assert "X-Frame-Options" not in card
    assert card["Cross-Origin-Resource-Policy"] == "cross-origin"
    for name in ("Referrer-Policy", "X-Content-Type-Options", "Permissions-Policy"):
        assert card[name] == page[name]


def test_card_that_is_missing_is_as_closed_to_frames_as_any_page(client):
    headers = client.get("/sentre/finnes-ikke/kort/").headers

    assert headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("language", ["", "/nn", "/en"])
def test_card_has_no_script_no_cookie_and_links_that_leave_the_frame(client, centre, language):
    response = client.get(f"{language}/sentre/link-tromso/kort/")

    html = response.content.decode()
    assert "<script" not in html
    assert (response.cookies.output(), "Cookie" in response.get("Vary", "")) == ("", False)
    links = re.findall(r"<a [^>]*>", html)
    assert len(links) == 4
    assert all('target="_top" rel="noopener"' in link for link in links)
    assert f'href="{language}/sentre/link-tromso/"' in html


def test_card_takes_one_query(client, centre, django_assert_num_queries):
    OpeningHours.objects.create(centre=centre, weekday=0, opens=time(9), closes=time(15))

    with django_assert_num_queries(1):
        client.get("/sentre/link-tromso/kort/")


def test_card_of_a_place_that_is_gone_says_so_and_gives_no_number(client, centre):
    type(centre).objects.update(status=CentreStatus.CLOSED, takes_registrations=False)

    html = client.get("/en/sentre/link-tromso/kort/").content.decode()

    assert "This place is closed for good." in html
    assert "413 33 186" not in html


def test_code_for_the_frame_can_be_copied_and_names_the_card(client, centre, settings):
    settings.BASE_URL = "https://link.example"
    html = client.get("/sentre/link-tromso/").content.decode()

    shown = re.search(r"<textarea[^>]*>(.*?)</textarea>", html, re.DOTALL)

    assert shown is not None
    assert unescape(shown[1]) == frame_code(centre)
    assert frame_code(centre) == (
        '<iframe src="https://link.example/sentre/link-tromso/kort/"'
        ' title="LINK Tromsø &amp; Omegn" width="320" height="340" loading="lazy"'
        ' style="border:0"></iframe>'
    )


def test_code_for_the_frame_follows_the_language(centre):
    with override("nn"):
        assert "/nn/sentre/link-tromso/kort/" in frame_code(centre)


def test_sheet_has_telephone_address_hours_and_the_page_as_a_code(client, centre, settings):
    settings.BASE_URL = "https://link.example"
    for weekday in range(5):
        OpeningHours.objects.create(
            centre=centre, weekday=weekday, opens=time(8, 30), closes=time(16)
        )

    html = client.get("/sentre/link-tromso/plakat/").content.decode()

    assert '<p class="poster__phone">413 33 186</p>' in html
    assert "Sjøgata 2, 9236 Tromsø" in html
    assert "Mandag–fredag 8.30–16.00" in html
    assert "<b>link.example/sentre/link-tromso</b>" in html
    assert f'd="{Code("https://link.example/sentre/link-tromso/").outline}"' in html


@pytest.mark.parametrize("status", [CentreStatus.CLOSED, CentreStatus.HISTORIC])
def test_place_that_is_gone_has_no_sheet(client, centre, status):
    type(centre).objects.update(status=status, takes_registrations=False)

    assert client.get("/sentre/link-tromso/plakat/").status_code == 404


def test_sheet_takes_two_queries(client, centre, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get("/sentre/link-tromso/plakat/")


def test_days_with_the_same_hours_stand_together():
    morning, evening = Span(time(9), time(12)), Span(time(17), time(19))
    week = [(morning,), (morning,), (), (morning,), (morning, evening), (), ()]

    with override("en"):
        found = [(str(each.first), str(each.last), each.spans) for each in week_in_short(week)]

    assert found == [
        ("Monday", "Tuesday", (morning,)),
        ("Thursday", "", (morning,)),
        ("Friday", "", (morning, evening)),
    ]
    assert all(isinstance(each, Days) for each in week_in_short(week))


def test_code_has_an_empty_edge_of_four_modules_all_round():
    code = Code("https://link.example/")

    starts = [tuple(map(int, found)) for found in re.findall(r"M(\d+) (\d+)h", code.outline)]
    ends = [int(x) + int(length) for x, length in re.findall(r"M(\d+) \d+h(\d+)", code.outline)]
    assert min(x for x, _y in starts) == min(y for _x, y in starts) == 4
    assert max(ends) == code.side - 4


@pytest.mark.parametrize("path", ["kort/", "plakat/"])
def test_handouts_take_no_post(centre, path):
    assert Client().post(f"/sentre/link-tromso/{path}").status_code == 405
