"""The week as a table: to tick in a form, and to read."""

import re

import pytest
from django import forms
from django.template import Context, Template
from django.utils.translation import override

from centres.forms.fields import WeekAvailabilityField
from centres.week import WEEK_SLOTS


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


class When(forms.Form):
    week = WeekAvailabilityField()


def boxes(form: forms.Form) -> list[str]:
    return re.findall(r"<input[^>]*>", str(form["week"]))


def test_grid_has_a_box_for_every_part_of_the_week_in_order():
    values = re.findall(r'name="week" value="([\w-]+)"', str(When()["week"]))

    assert values == list(WEEK_SLOTS)


def test_every_box_has_its_whole_name():
    labels = re.findall(r'ds-sr-only">([^<]*)</span></label>', str(When()["week"]))

    assert len(set(labels)) == 21
    assert labels[5] == "Tuesday evening"


def test_a_day_is_a_row_and_a_part_a_column():
    table = str(When()["week"])

    assert table.count('scope="row"') == 7
    assert table.count('scope="col"') == 4


def test_ticked_boxes_stay_ticked():
    ticked = ["checked" in box for box in boxes(When({"week": ["tue-evening"]}))]

    assert [WEEK_SLOTS[place] for place, tick in enumerate(ticked) if tick] == ["tue-evening"]


def test_answer_is_in_calendar_order_and_without_doubles():
    form = When({"week": ["sun-morning", "mon-evening", "sun-morning"]})

    assert form.is_valid()
    assert form.cleaned_data["week"] == ["mon-evening", "sun-morning"]


def test_no_tick_is_refused_and_every_box_says_so():
    form = When({})

    assert form.has_error("week", "required")
    assert all('aria-invalid="true"' in box for box in boxes(form))


def test_a_time_outside_the_week_is_refused():
    form = When({"week": ["mon-night"]})

    assert form.has_error("week", "invalid_choice")


def test_table_to_read_says_what_suits_in_words():
    html = Template("{% load week %}{% week_grid slots 'When' %}").render(
        Context({"slots": ["mon-morning", "sun-evening"]})
    )
    cells = re.findall(r"<td[^>]*>(.*?)</td>", html)

    assert [place for place, cell in enumerate(cells) if cell == "Can"] == [0, 20]
    assert "<caption>When</caption>" in html
