"""How often one address may do something, counted by the database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from linkcenter.models import Spending
from linkcenter.web.limits import Limit, sender, spend

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
THREE = Limit("test", 3, timedelta(hours=1))


@pytest.mark.django_db
def test_the_fourth_of_three_is_refused():
    within = [spend(THREE, "a", now=NOON) for _each in range(4)]

    assert within == [True, True, True, False]


@pytest.mark.django_db
def test_a_new_window_begins_anew():
    for _each in range(4):
        spend(THREE, "a", now=NOON)

    assert spend(THREE, "a", now=NOON + timedelta(minutes=59)) is False
    assert spend(THREE, "a", now=NOON + timedelta(hours=1)) is True


@pytest.mark.django_db
def test_one_address_does_not_use_up_what_another_has():
    for _each in range(4):
        spend(THREE, "a", now=NOON)

    assert (spend(THREE, "a", now=NOON), spend(THREE, "b", now=NOON)) == (False, True)


@pytest.mark.django_db(transaction=True)
def test_a_hundred_at_once_get_exactly_what_the_limit_allows():
    def one(_number):
        try:
            return spend(Limit("flood", 30, timedelta(hours=1)), "a", now=NOON)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        within = list(pool.map(one, range(100)))

    assert within.count(True) == 30


@pytest.mark.django_db
def test_the_database_does_not_hold_the_address():
    spend(THREE, "192.0.2.7", now=NOON)

    assert "192.0.2.7" not in str(Spending.objects.values())


@pytest.mark.parametrize(
    ("proxies", "peer", "told", "seen"),
    [
        (0, "192.0.2.7", "198.51.100.1", "192.0.2.7"),
        (1, "127.0.0.1", "198.51.100.1", "198.51.100.1"),
        (1, "127.0.0.1", "10.0.0.1, evil, 198.51.100.1", "198.51.100.1"),
        (2, "127.0.0.1", "evil, 198.51.100.1, 10.0.0.1", "198.51.100.1"),
        (1, "127.0.0.1", "", "127.0.0.1"),
        (2, "127.0.0.1", "198.51.100.1", "127.0.0.1"),
        (1, "127.0.0.1", "evil", "unknown"),
        (0, "", "", "unknown"),
        (0, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        (0, "::ffff:192.0.2.7", "", "192.0.2.7"),
    ],
)
def test_sender_is_what_our_own_proxy_saw(rf, settings, proxies, peer, told, seen):
    settings.PROXIES = proxies
    headers = {"X-Forwarded-For": told} if told else {}

    assert sender(rf.get("/", REMOTE_ADDR=peer, headers=headers)) == seen
