"""Personal links: one lives at a time, looking changes nothing, using happens once."""

from datetime import UTC, datetime, timedelta

import pytest

from linkcenter.tokens import hash_token, token_for
from participants.domain.person.links import find_link, issue_link, supersede_links, use_link
from participants.models import PersonalLink
from participants.states import LinkPurpose
from tests import recipes

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 2, 1, 12, tzinfo=UTC)
WEEK = timedelta(days=7)


@pytest.fixture
def person():
    return recipes.participant(recipes.centre())


def issue(person):
    """The token of a new link that works for a week."""
    link = issue_link(
        person, LinkPurpose.ANSWER, expires_at=NOW + WEEK, path="/svar/{token}/", now=NOW
    )
    return token_for(link.seed)


def find(token, *, now=NOW):
    return find_link(token, LinkPurpose.ANSWER, now=now)


def test_link_is_found_and_looking_does_not_use_it(person):
    token = issue(person)

    assert [find(token).participant for _look in range(50)] == [person] * 50
    assert PersonalLink.objects.live().count() == 1


def test_database_has_the_hash_and_not_the_token(person):
    token = issue(person)

    row = PersonalLink.objects.values().get()
    assert row["token_hash"] == hash_token(token)
    assert token not in str(row)


def test_link_is_used_once(person):
    link = find(issue(person))

    assert [use_link(link, now=NOW) for _time in range(2)] == [True, False]


def test_used_link_is_not_found(person):
    token = issue(person)
    use_link(find(token), now=NOW)

    assert find(token) is None


def test_link_stops_at_its_time(person):
    token = issue(person)
    link = find(token)
    late = NOW + WEEK

    assert find(token, now=late - timedelta(seconds=1)) == link
    assert find(token, now=late) is None
    assert use_link(link, now=late) is False


def test_newer_link_ends_the_older_one(person):
    older = issue(person)
    newer = issue(person)

    assert find(older) is None
    assert find(newer) is not None


def test_superseded_link_cannot_be_used_by_a_page_that_was_open(person):
    link = find(issue(person))
    supersede_links(person, LinkPurpose.ANSWER, now=NOW)

    assert use_link(link, now=NOW) is False


def test_link_of_one_person_leaves_that_of_another(person):
    other = issue(recipes.participant(person.centre))
    issue(person)

    assert find(other) is not None


@pytest.mark.parametrize("token", ["", "invented", "a" * 43, "å" * 43, "\x00"])
def test_invented_token_opens_nothing(person, token):
    issue(person)

    assert find(token) is None


def test_tokens_are_long_and_differ(person):
    tokens = {issue(person) for _time in range(20)}

    assert len(tokens) == 20
    assert {len(token) for token in tokens} == {43}
