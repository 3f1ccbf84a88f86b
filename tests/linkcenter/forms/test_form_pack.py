"""What a field of ours says to those who see it, and to those who hear it."""

import re

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from linkcenter.forms.base import CrispyMixin


class Visit(CrispyMixin, forms.Form):
    submit_label = "Send"

    name = forms.CharField(label="Name", help_text="As you like to be called.")
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    way = forms.ChoiceField(
        label="Way",
        choices=[("room", "In a room"), ("video", "On video")],
        widget=forms.RadioSelect,
    )
    agree = forms.BooleanField(label="I agree")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def page(data: dict[str, str] | None = None) -> str:
    with translation.override("en"):
        return re.sub(r"\s+", " ", render_crispy_form(Visit(data)))


def test_every_field_says_whether_it_must_be_filled_in():
    marks = re.findall(r'class="link-mark">\((.*?)\)', page())

    assert marks == ["must be filled in", "optional", "must be filled in", "must be filled in"]


def test_help_and_error_belong_to_the_control():
    found = re.search(r'<input type="text"[^>]*aria-describedby="([^"]*)"', page({"name": ""}))

    assert found is not None
    assert found[1] == "id_name_helptext id_name_error"


def test_help_and_error_of_a_group_belong_to_the_group():
    found = re.search(r'<fieldset[^>]*id="div_id_way"[^>]*aria-describedby="([^"]*)"', page({}))

    assert found is not None
    assert found[1] == "id_way_error"


def test_summary_leads_to_the_first_control_of_each_field_that_is_wrong():
    summary = page({}).split("</ul>")[0]

    assert re.findall(r'href="#(\w+)"', summary) == ["id_name", "id_way_0", "id_agree"]


def test_summary_names_the_field_where_its_sentence_fits_any():
    summary = page({}).split("</ul>")[0]

    told = re.findall(r">([^<]*required[^<]*)<", summary)
    assert told == [f"{name}: This field is required." for name in ("Name", "Way", "I agree")]


def test_summary_takes_the_focus_without_script():
    assert 'tabindex="-1" autofocus' in page({})


def test_form_that_is_not_sent_yet_has_no_summary():
    assert "error-summary" not in page()


def test_what_was_written_is_kept():
    sent = page({"name": "Anne", "note": "In the evening", "way": "video"})

    assert 'value="Anne"' in sent
    assert "In the evening</textarea>" in sent
    assert re.search(r'value="video" id="id_way_1" checked', sent)


def test_invalid_choices_are_marked_one_by_one():
    choices = re.findall(r'<input type="radio"[^>]*>', page({}))

    assert ['aria-invalid="true"' in choice for choice in choices] == [True, True]


@pytest.mark.parametrize("odd", ["cols=", "required>", "<table", 'class="textinput'])
def test_form_has_none_of_what_breaks_out_or_nags(odd):
    assert odd not in page({})


class Reach(CrispyMixin, forms.Form):
    phone = forms.CharField(label="Phone", required=False)
    email = forms.CharField(label="E-mail", required=False)

    def clean(self) -> None:
        one_of_two = ValidationError("Write one of the two.", code="one_of_two")
        self.add_error("phone", one_of_two)
        self.add_error("email", one_of_two)


def test_one_error_of_two_fields_is_told_once_on_top_and_at_both():
    sent = render_crispy_form(Reach({}))

    assert re.findall(r'<a[^>]*href="(#\w+)">Write one of the two.</a>', sent) == ["#id_phone"]
    assert sent.count("Write one of the two.") == 3
