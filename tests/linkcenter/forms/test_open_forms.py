"""A form for everybody: people get through, programs are asked once more, no post counts twice."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core import signing

from linkcenter.forms.open_forms import MARK, SALT, TRAP, OpenFormMixin

SHOWN = datetime(2026, 11, 22, 12, tzinfo=UTC)
ONCE_MORE = ["Se gjennom det du har skrevet, og send det en gang til."]


class Wish(OpenFormMixin, forms.Form):
    wish = forms.CharField(label="Ønske")


@pytest.fixture
def clock():
    with time_machine.travel(SHOWN, tick=False) as clock:
        yield clock


def mark_of(form):
    return next(each.value for each in form.helper.inputs if each.name == MARK)


def test_a_person_gets_through(clock):
    shown = Wish()
    clock.shift(timedelta(seconds=20))

    sent = Wish({"wish": "Tirsdag", MARK: mark_of(shown), TRAP: ""})

    assert sent.is_valid(), sent.errors
    assert sent.form_id == shown.form_id


def test_a_page_that_has_lain_open_for_a_week_gets_through(clock):
    shown = Wish()
    clock.shift(timedelta(days=7))

    assert Wish({"wish": "Tirsdag", MARK: mark_of(shown)}).is_valid()


def test_a_page_shows_its_own_id_again_after_a_mistake(clock):
    shown = Wish()
    clock.shift(timedelta(seconds=20))

    again = Wish({"wish": "", MARK: mark_of(shown)})

    assert not again.is_valid()
    assert mark_of(again) == mark_of(shown)


def test_two_pages_are_two_forms(clock):
    assert Wish().form_id != Wish().form_id


@pytest.mark.parametrize(
    "mark",
    ["", "x", "\x00", signing.dumps([1], salt=SALT), signing.dumps(["x", 1], salt=SALT)],
    ids=["nothing", "a letter", "nul", "signed without a moment", "signed without an id"],
)
def test_a_post_without_a_page_is_asked_once_more_and_then_gets_through(clock, mark):
    first = Wish({"wish": "Tirsdag", MARK: mark})
    clock.shift(timedelta(seconds=3))

    second = Wish({"wish": "Tirsdag", MARK: mark_of(first)})

    assert first.non_field_errors() == ONCE_MORE
    assert second.is_valid()


def test_a_post_that_comes_at_once_is_asked_once_more(clock):
    shown = Wish()
    clock.shift(timedelta(seconds=1))

    assert Wish({"wish": "Tirsdag", MARK: mark_of(shown)}).non_field_errors() == ONCE_MORE


def test_whoever_fills_in_the_hidden_field_is_asked_once_more_without_it(clock):
    shown = Wish()
    clock.shift(timedelta(seconds=20))

    sent = Wish({"wish": "Tirsdag", MARK: mark_of(shown), TRAP: "https://example.org"})

    assert sent.non_field_errors() == ONCE_MORE
    assert "https://example.org" not in render_crispy_form(sent)
    assert "Tirsdag" in render_crispy_form(sent)


def test_the_hidden_field_is_out_of_the_way_of_keyboards_and_screen_readers(clock):
    html = render_crispy_form(Wish())

    assert re.search(r'<div class="link-trap" +aria-hidden="true"', html)
    assert 'tabindex="-1"' in html
