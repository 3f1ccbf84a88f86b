"""The link to one's own page: looking changes nothing, the button works once."""

import secrets
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from time_machine import travel

from participants.domain.person.links import find_link
from participants.models import PersonalLink
from participants.states import LinkPurpose
from tests import recipes
from tests.participants import own

pytestmark = pytest.mark.django_db

SCANNERS = [
    "Mozilla/5.0 (compatible; Microsoft Outlook SafeLinks)",
    "Barracuda Sentinel (EE)",
    "Mozilla/5.0 (compatible; GoogleImageProxy)",
    "Proofpoint URL Defense",
    "curl/8.5.0",
]


@pytest.fixture
def person():
    return recipes.participant(recipes.centre(), name="Kanarinavn", email="kanari@example.org")


def rows():
    return list(PersonalLink.objects.values()), Session.objects.count()


def test_scanners_change_nothing_and_the_button_works(client, person):
    path = own.link_for(person)
    before = rows()
    for look in range(50):
        agent = {"User-Agent": SCANNERS[look % len(SCANNERS)]}
        assert client.get(path, headers=agent).status_code == 200
        assert Client().head(path, headers=agent).status_code == 200
    after = rows()

    response = client.post(path)

    assert before == after
    assert (response.status_code, response.url) == (302, own.PAGE)
    assert client.get(own.PAGE).context["participant"] == person


def test_page_with_the_button_tells_nothing_about_anybody(client, person):
    page = client.get(own.link_for(person)).content.decode()

    for word in (person.name, person.email, person.reference, person.centre.name):
        assert word not in page


def test_page_with_the_button_is_kept_nowhere_and_asks_no_other_host(client, person):
    response = client.get(own.link_for(person))

    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Referrer-Policy"] == "strict-origin"
    assert b'content="noindex"' in response.content


def closed_ways(person):
    used = own.link_for(person)
    Client().post(used)
    older = own.link_for(person)
    with travel(datetime.now(UTC) - timedelta(minutes=20), tick=False):
        other = recipes.participant(person.centre)
        expired = own.link_for(other)
    own.link_for(person)
    return {
        "used": used,
        "superseded": older,
        "expired": expired,
        "invented": f"/lenke/{'x' * 43}/",
        "short": "/lenke/x/",
    }


@pytest.mark.parametrize("method", ["get", "post"])
def test_links_that_do_not_work_look_alike_and_offer_a_new_one(client, person, method):
    ways = closed_ways(person)

    answers = {name: getattr(client, method)(path) for name, path in ways.items()}

    assert {answer.status_code for answer in answers.values()} == {404}
    pages = {
        name: answer.content.decode().replace(ways[name], "PATH")
        for name, answer in answers.items()
    }
    assert len(set(pages.values())) == 1
    assert f'href="{own.PAGE}"' in pages["used"]


def test_button_works_once(person):
    path = own.link_for(person)

    assert [Client().post(path).status_code for _time in range(2)] == [302, 404]


def test_link_of_another_purpose_opens_no_page(client, person):
    assert client.post(own.link_for(person, LinkPurpose.ANSWER)).status_code == 404


def test_button_without_a_fresh_token_is_shown_again(person):
    browser = Client(enforce_csrf_checks=True)
    path = own.link_for(person)

    response = browser.post(path, {"_open": "yes"})

    assert response.status_code == 403
    assert 'name="_open" value="yes"' in response.content.decode()
    assert PersonalLink.objects.live().count() == 1


def test_whoever_tries_many_is_told_so_and_holds_up_no_link_that_works(client, person):
    codes = [client.post(f"/lenke/{secrets.token_urlsafe(32)}/").status_code for _ in range(70)]

    assert codes == [404] * 60 + [429] * 10
    assert client.post(own.link_for(person)).status_code == 302


@pytest.mark.parametrize(
    "tries",
    [pytest.param(1_000, marks=pytest.mark.prove), pytest.param(10_000, marks=pytest.mark.chaos)],
)
def test_who_tries_thousands_is_told_so_and_shown_the_way_on(client, person, tries):
    with travel(datetime(2026, 11, 22, 12, tzinfo=UTC), tick=False):
        pages = [client.get(f"/lenke/{secrets.token_urlsafe(32)}/") for _ in range(tries)]

    assert Counter(page.status_code for page in pages) == {404: 60, 429: tries - 60}
    assert f'href="{own.PAGE}"' in pages[-1].content.decode()


@pytest.mark.prove
def test_ten_thousand_random_tokens_open_nothing(person):
    for number in range(200):
        own.link_for(recipes.participant(person.centre, email=f"{number}@example.org"))
    now = datetime.now(UTC)

    found = [find_link(secrets.token_urlsafe(32), *LinkPurpose, now=now) for _ in range(10_000)]

    assert set(found) == {None}
    assert PersonalLink.objects.live().count() == 200
