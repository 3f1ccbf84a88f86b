"""Every question on a public page says whether it must be answered, and why it is asked."""

import re
from collections.abc import Iterator

import pytest

from participants.forms.registration.base import PageForm
from participants.forms.registration.later import LaterForm
from participants.forms.registration.pages import FORMS
from tests.look.site import Answer

pytestmark = pytest.mark.django_db

IN_ITS_OWN_WORDS = {"contact", "theme", "digital"}  # a yes: the label is all of it


def questions(page: Answer) -> Iterator[tuple[str, str]]:
    """The name of each question, and the HTML from there to the next one."""
    parts = re.split(r'(?=<(?:div|fieldset)[^>]* id="div_id_)', page.body)
    for part in parts[1:]:
        name = re.search(r'id="div_id_(\w+)"', part)
        assert name
        if name[1] not in ("website", *IN_ITS_OWN_WORDS):
            yield name[1], part.split("</form>")[0]


def test_every_question_is_marked(pages: list[Answer]) -> None:
    unmarked = {
        (str(page), name)
        for page in pages
        for name, part in questions(page)
        if 'class="link-mark"' not in part
    }

    assert unmarked == set()


def test_every_question_says_why_or_how(pages: list[Answer]) -> None:
    """But for the staff's log-in, which asks for nothing about them."""
    bare = {
        (str(page), name)
        for page in pages
        if "/logg-inn/" not in str(page)
        for name, part in questions(page)
        if f'id="id_{name}_helptext"' not in part and f'id="{name}_helptext"' not in part
    }

    assert bare == set()


def test_there_are_questions_to_look_at(pages: list[Answer]) -> None:
    asked = {name for page in pages for name, _part in questions(page)}

    assert {"municipality", "themes", "name", "text", "organisation", "reach"} <= asked


@pytest.mark.parametrize("form", [*FORMS.values(), LaterForm])
def test_interest_form_says_why_it_asks(form: type[PageForm]) -> None:
    assert [name for name, field in form.base_fields.items() if not field.help_text] == []
