"""Public holidays: computed, proposed, and looked through by staff."""

from datetime import date, time

import pytest
from django.utils.translation import override

from centres.domain.hours.holiday_decisions import Decision, decide_holidays, holidays_ahead
from centres.domain.hours.opening import Span, hours_on
from centres.domain.hours.public_holidays import public_holiday, special_days
from centres.models import OpeningException, OpeningHours
from centres.states import HolidayChoice, HoursKind
from tests import recipes

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
CHRISTMAS_EVE = date(2026, 12, 24)
CHRISTMAS_DAY = date(2026, 12, 25)
NEW_YEARS_EVE = date(2026, 12, 31)
BEFORE_EASTER = date(2027, 3, 24)
CLOSED = Decision(HolidayChoice.CLOSED)
USUAL = Decision(HolidayChoice.USUAL)


@pytest.fixture
def centre():
    centre = recipes.centre("tromso")
    for weekday in range(5):
        OpeningHours.objects.create(
            centre=centre, weekday=weekday, opens=time(8, 30), closes=time(16)
        )
    return centre


def rows(centre):
    return list(centre.opening_exceptions.values_list("first_date", "last_date", "opens", "closes"))


def own(opens, closes):
    return Decision(HolidayChoice.OWN, Span(opens, closes, HoursKind.DROP_IN))


@pytest.mark.parametrize(
    ("year", "good_friday", "whit_monday"),
    [
        (2026, date(2026, 4, 3), date(2026, 5, 25)),
        (2030, date(2030, 4, 19), date(2030, 6, 10)),
        (2038, date(2038, 4, 23), date(2038, 6, 14)),
    ],
)
def test_moving_holidays_are_computed_for_years_ahead(year, good_friday, whit_monday):
    assert public_holiday(good_friday) is not None
    assert public_holiday(whit_monday) is not None
    days = [each for each in special_days(date(year, 1, 1), date(year, 12, 31)) if each.is_public]
    assert len(days) == 12


def test_two_holidays_on_one_day_carry_the_first_name():
    constitution_day_and_whit_monday = date(2027, 5, 17)

    (found,) = special_days(constitution_day_and_whit_monday, constitution_day_and_whit_monday)

    with override("en"):
        assert str(found.name) == "Constitution Day"


def test_days_beside_holidays_are_christmas_eve_new_years_eve_and_the_wednesday():
    days = [
        each.day
        for each in special_days(date(2027, 1, 1), date(2027, 12, 31))
        if not each.is_public
    ]

    assert days == [BEFORE_EASTER, date(2027, 12, 24), date(2027, 12, 31)]


def test_only_days_with_hours_are_listed(centre):
    found = [each.day for each in holidays_ahead(centre, today=TODAY)]

    assert found == [
        CHRISTMAS_EVE,
        CHRISTMAS_DAY,  # Boxing Day is a Saturday
        NEW_YEARS_EVE,
        date(2027, 1, 1),
        BEFORE_EASTER,
        date(2027, 3, 25),
        date(2027, 3, 26),
        date(2027, 3, 29),
        date(2027, 5, 6),
        date(2027, 5, 17),  # Constitution Day and Whit Monday; 1 May is a Saturday
        date(2027, 12, 24),
        date(2027, 12, 31),
    ]


def test_centre_without_hours_has_no_holidays_to_look_through():
    assert holidays_ahead(recipes.centre(), today=TODAY) == []


def test_what_many_do_is_proposed_beside_holidays_and_nothing_on_them(centre):
    found = {each.day: each for each in holidays_ahead(centre, today=TODAY)}

    assert found[CHRISTMAS_EVE].decision == CLOSED
    assert found[BEFORE_EASTER].decision == own(time(8, 30), time(12))
    assert found[CHRISTMAS_DAY].decision == CLOSED
    assert [day for day, each in found.items() if each.is_proposal] == [
        CHRISTMAS_EVE,
        NEW_YEARS_EVE,
        BEFORE_EASTER,
        date(2027, 12, 24),
        date(2027, 12, 31),
    ]


def test_a_proposal_holds_for_nobody_before_it_is_saved(centre):
    holidays_ahead(centre, today=TODAY)

    assert hours_on(centre, CHRISTMAS_EVE).spans == (Span(time(8, 30), time(16)),)


def test_holidays_as_computed_need_no_exception(centre):
    decide_holidays(centre, {CHRISTMAS_DAY: CLOSED, CHRISTMAS_EVE: USUAL}, today=TODAY)

    centre.refresh_from_db()
    assert rows(centre) == []
    assert centre.holidays_approved_until == date(2028, 1, 21)


def test_decisions_become_exceptions_named_in_each_language(centre):
    changed = decide_holidays(
        centre,
        {
            CHRISTMAS_EVE: CLOSED,
            CHRISTMAS_DAY: USUAL,
            NEW_YEARS_EVE: own(time(9), time(12)),
        },
        today=TODAY,
    )

    assert changed == 3
    assert rows(centre) == [
        (CHRISTMAS_EVE, CHRISTMAS_EVE, None, None),
        (CHRISTMAS_DAY, CHRISTMAS_DAY, time(8, 30), time(16)),
        (NEW_YEARS_EVE, NEW_YEARS_EVE, time(9), time(12)),
    ]
    reason = centre.opening_exceptions.get(first_date=CHRISTMAS_DAY)
    assert (reason.reason_nb.lower(), reason.reason_en) == ("første juledag", "Christmas Day")


def test_same_decisions_twice_change_nothing(centre):
    decisions = {CHRISTMAS_EVE: CLOSED, NEW_YEARS_EVE: own(time(9), time(12))}
    decide_holidays(centre, decisions, today=TODAY)
    before = list(centre.opening_exceptions.values())

    assert decide_holidays(centre, decisions, today=TODAY) == 0
    assert list(centre.opening_exceptions.values()) == before


def test_a_decision_can_be_taken_back(centre):
    decide_holidays(centre, {CHRISTMAS_EVE: CLOSED, CHRISTMAS_DAY: USUAL}, today=TODAY)
    decide_holidays(centre, {CHRISTMAS_EVE: USUAL, CHRISTMAS_DAY: CLOSED}, today=TODAY)

    assert rows(centre) == []


def test_what_is_looked_through_is_no_proposal_any_more(centre):
    decide_holidays(centre, {CHRISTMAS_EVE: USUAL}, today=TODAY)

    found = {each.day: each for each in holidays_ahead(centre, today=TODAY)}

    assert (found[CHRISTMAS_EVE].decision, found[CHRISTMAS_EVE].is_proposal) == (USUAL, False)


def test_longer_exceptions_speak_for_their_days_and_are_left_alone(centre):
    OpeningException.objects.create(
        centre=centre,
        first_date=date(2026, 12, 21),
        last_date=date(2026, 12, 30),
        reason_nb="Juleferie",
    )

    found = {each.day: each.decision for each in holidays_ahead(centre, today=TODAY)}
    decide_holidays(centre, {CHRISTMAS_DAY: USUAL}, today=TODAY)

    assert found[CHRISTMAS_DAY] is None
    assert rows(centre) == [(date(2026, 12, 21), date(2026, 12, 30), None, None)]


def test_a_reason_that_staff_wrote_stays_when_the_decision_does(centre):
    OpeningException.objects.create(
        centre=centre, first_date=CHRISTMAS_EVE, last_date=CHRISTMAS_EVE, reason_nb="God jul!"
    )

    decide_holidays(centre, {CHRISTMAS_EVE: CLOSED}, today=TODAY)

    assert centre.opening_exceptions.get().reason_nb == "God jul!"


def test_days_that_are_not_listed_are_not_touched(centre):
    decide_holidays(centre, {date(2026, 12, 1): CLOSED}, today=TODAY)

    assert rows(centre) == []
