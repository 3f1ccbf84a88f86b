from datetime import date, time

import pytest
from django.utils.translation import override

from centres.templatetags.week import in_a_sentence
from centres.week import DEFAULT_START, WEEK_SLOTS, label, on_or_after, part_of, split, week_slot


def test_week_slots_are_seven_days_of_three_parts_in_calendar_order():
    assert len(WEEK_SLOTS) == 21
    assert WEEK_SLOTS[:4] == ("mon-morning", "mon-afternoon", "mon-evening", "tue-morning")
    assert WEEK_SLOTS[-1] == "sun-evening"


@pytest.mark.parametrize(
    ("starts", "part"),
    [
        (time(0), "morning"),
        (time(8), "morning"),
        (time(11, 59), "morning"),
        (time(12), "afternoon"),
        (time(15, 59), "afternoon"),
        (time(16), "evening"),
        (time(23, 59), "evening"),
    ],
)
def test_part_of_follows_the_start(starts, part):
    assert part_of(starts) == part


def test_week_slot_names_day_and_part():
    assert week_slot(1, time(18)) == "tue-evening"


@pytest.mark.parametrize("part", DEFAULT_START)
def test_default_start_lies_in_its_part(part):
    assert part_of(DEFAULT_START[part]) == part


def test_label_reads_as_people_say_it():
    with override("en"):
        assert str(label("tue-evening")) == "Tuesday evening"


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "on Tuesday evening"), ("nb", "på tirsdag kveld"), ("nn", "på tysdag kveld")],
)
def test_only_english_keeps_the_capital_of_a_weekday_within_a_sentence(language, said):
    with override(language):
        assert said.endswith(f" {in_a_sentence(label('tue-evening'))}")


@pytest.mark.parametrize("slot", ["", "tue", "tue-night", "evening-tue", "TUE-evening"])
def test_split_refuses_other_text(slot):
    with pytest.raises(ValueError, match="no part of the week"):
        split(slot)


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2026, 11, 23), date(2026, 11, 24)),
        (date(2026, 11, 24), date(2026, 11, 24)),
        (date(2026, 11, 25), date(2026, 12, 1)),
    ],
)
def test_on_or_after_finds_the_next_tuesday(day, found):
    assert on_or_after(day, 1) == found
