"""The register of keys: who has which, until when, and what is forgotten when it comes back."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from centres.domain.booking.keys import (
    AlreadyOut,
    IsLost,
    NotLost,
    NotOut,
    OtherRoom,
    found,
    lend,
    report_lost,
    take_back,
)
from centres.domain.booking.weekly_times import give_up_slot
from centres.models import Key
from centres.states import KeyActivity
from tests import recipes

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
TODAY = date(2026, 11, 25)
IN_JUNE = date(2027, 6, 20)


@pytest.fixture
def key():
    return recipes.key(recipes.venue(recipes.centre()))


@pytest.fixture
def lent(key):
    lend(key, holder="Kari", phone="+4748012345", due=IN_JUNE, now=NOW)
    key.refresh_from_db()
    return key


def acts(key):
    return list(key.activities.order_by("pk").values_list("what", flat=True))


def test_lend_writes_down_who_has_it_since_when(lent):
    assert (lent.holder, lent.phone, lent.since, lent.due) == (
        "Kari",
        "+4748012345",
        TODAY,
        IN_JUNE,
    )
    assert acts(lent) == [KeyActivity.LENT]


def test_lend_refuses_a_key_that_somebody_has(lent):
    with pytest.raises(AlreadyOut):
        lend(lent, holder="Per", now=NOW)

    lent.refresh_from_db()
    assert lent.holder == "Kari"


def test_lend_refuses_a_weekly_time_in_another_room(key):
    elsewhere = recipes.group(key.venue.centre).slot

    with pytest.raises(OtherRoom):
        lend(key, holder="Kari", slot=elsewhere, now=NOW)


def test_take_back_forgets_who_had_it(lent):
    take_back(lent, now=NOW)

    lent.refresh_from_db()
    assert (lent.holder, lent.phone, lent.slot, lent.since, lent.due) == (None,) * 5
    assert acts(lent) == [KeyActivity.LENT, KeyActivity.BACK]


def test_take_back_refuses_a_key_that_is_here(key):
    with pytest.raises(NotOut):
        take_back(key, now=NOW)


def test_lost_key_keeps_who_had_it_and_cannot_be_lent(lent):
    report_lost(lent, now=NOW)

    lent.refresh_from_db()
    assert (lent.holder, lent.lost_on) == ("Kari", TODAY)
    with pytest.raises(IsLost):
        lend(lent, holder="Per", now=NOW)
    with pytest.raises(IsLost):
        report_lost(lent, now=NOW)
    with pytest.raises(NotOut):
        take_back(lent, now=NOW)


def test_found_key_is_in_the_house_again(lent):
    report_lost(lent, now=NOW)

    found(lent, now=NOW)

    assert [each.pk for each in Key.objects.at_home()] == [lent.pk]
    with pytest.raises(NotLost):
        found(lent, now=NOW)


def test_weekly_time_given_up_makes_its_key_due(key):
    slot = recipes.group(key.venue.centre).slot
    key = recipes.key(slot.venue)
    lend(key, holder="Kari", slot=slot, now=NOW)

    give_up_slot(slot, on=date(2026, 12, 8), now=NOW)

    key.refresh_from_db()
    assert key.due == date(2026, 12, 8)
    assert acts(key) == [KeyActivity.LENT, KeyActivity.CALLED_BACK]


def test_key_that_is_due_before_the_time_is_given_up_stays_due_then(key):
    slot = recipes.group(key.venue.centre).slot
    key = recipes.key(slot.venue)
    lend(key, holder="Kari", slot=slot, due=TODAY, now=NOW)

    give_up_slot(slot, on=date(2026, 12, 8), now=NOW)

    key.refresh_from_db()
    assert (key.due, acts(key)) == (TODAY, [KeyActivity.LENT])


def test_overdue_from_the_day_after(lent):
    assert Key.objects.overdue(IN_JUNE).count() == 0
    assert Key.objects.overdue(date(2027, 6, 21)).count() == 1


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"holder": None}, "key_holder_and_since"),
        ({"since": None}, "key_holder_and_since"),
        ({"due": date(2026, 11, 24)}, "key_due_after_since"),
    ],
)
def test_half_a_loan_is_refused(lent, changes, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Key.objects.update(**changes)


def test_number_stands_on_one_key_of_a_room(key):
    with pytest.raises(IntegrityError, match="key_number_once"), transaction.atomic():
        Key.objects.bulk_create([Key(venue=key.venue, number=key.number)])
