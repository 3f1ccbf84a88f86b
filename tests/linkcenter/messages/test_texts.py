import pytest
from django.template import TemplateDoesNotExist

from linkcenter.messages import texts
from tests import recipes

pytestmark = pytest.mark.django_db


def test_write_gives_one_line_of_subject_and_a_body_that_escapes_nothing():
    centre = recipes.centre(name="LINK <Nord> & Sør")
    person = recipes.participant(centre, name="D'Arc")

    rendered = texts.write("receipt", language="en", participant=person, centre=centre)

    assert "\n" not in rendered.subject
    assert rendered.text.startswith("Hello D'Arc,\n")
    assert "LINK <Nord> & Sør" in rendered.text
    assert rendered.text.endswith("\n")
    assert "\n\n\n" not in rendered.text


def test_write_follows_the_recipients_language():
    centre = recipes.centre()
    person = recipes.participant(centre)

    norwegian = texts.write("receipt", language="nb", participant=person, centre=centre)
    english = texts.write("receipt", language="en", participant=person, centre=centre)

    assert norwegian.subject != english.subject
    assert "Your reference" in english.text
    assert "Your reference" not in norwegian.text


def test_write_of_an_unknown_kind_is_refused():
    with pytest.raises(TemplateDoesNotExist):
        texts.write("no_such_text", language="nb")
