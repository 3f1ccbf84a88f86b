"""An account that nobody uses is warned of, and closed a month after that."""

from datetime import timedelta

import pytest
from django.utils import timezone

from centres.states import Role
from linkcenter.log_in import unused_accounts
from linkcenter.models import Message
from tests import recipes

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def user():
    user = recipes.staff(Role.STATISTICS)
    user.date_joined = NOW - timedelta(days=400)
    user.last_login = NOW - timedelta(days=200)
    user.save()
    return user


def test_who_was_away_for_half_a_year_is_warned_once(user):
    used = recipes.staff(Role.STATISTICS, last_login=NOW - timedelta(days=179))

    assert unused_accounts.warn(now=NOW) == 1
    assert unused_accounts.warn(now=NOW + timedelta(hours=1)) == 0

    used.refresh_from_db()
    assert used.warned_at is None
    assert Message.objects.get().kind == "account_unused"


def test_account_is_closed_thirty_days_after_the_warning(user):
    unused_accounts.warn(now=NOW)

    assert unused_accounts.close(now=NOW + timedelta(days=29)) == 0
    assert unused_accounts.close(now=NOW + timedelta(days=30)) == 1

    user.refresh_from_db()
    assert not user.is_active


def test_who_logs_in_after_the_warning_keeps_the_account(user):
    unused_accounts.warn(now=NOW)
    user.refresh_from_db()
    user.last_login = NOW + timedelta(days=1)
    user.save()

    assert unused_accounts.close(now=NOW + timedelta(days=40)) == 0
    assert unused_accounts.warn(now=NOW + timedelta(days=182)) == 1


def test_account_that_is_opened_again_is_not_closed_the_next_night(user):
    unused_accounts.warn(now=NOW)
    later = NOW + timedelta(days=31)
    unused_accounts.close(now=later)
    user.refresh_from_db()

    unused_accounts.open_again(user, now=later)

    assert unused_accounts.close(now=later + timedelta(days=1)) == 0
    assert unused_accounts.warn(now=later + timedelta(days=1)) == 0
