import pytest
from django.template import TemplateDoesNotExist

from linkcenter.messages import letters
from tests import recipes

pytestmark = pytest.mark.django_db


def test_write_gives_one_line_of_subject_and_a_body_that_escapes_nothing():
    centre = recipes.centre(name="LINK <Nord> & Sør")
    person = recipes.participant(centre, name="D'Arc")

    letter = letters.write("receipt", language="en", participant=person, centre=centre)

    assert "\n" not in letter.subject
    assert letter.text.startswith("Hello D'Arc,\n")
    assert "LINK <Nord> & Sør" in letter.text
    assert letter.text.endswith("\n")
    assert "\n\n\n" not in letter.text


def test_write_follows_the_recipients_language():
    centre = recipes.centre()
    person = recipes.participant(centre)

    norwegian = letters.write("receipt", language="nb", participant=person, centre=centre)
    english = letters.write("receipt", language="en", participant=person, centre=centre)

    assert norwegian.subject != english.subject
    assert "Your reference" in english.text
    assert "Your reference" not in norwegian.text


def test_write_of_an_unknown_kind_is_refused():
    with pytest.raises(TemplateDoesNotExist):
        letters.write("no_such_text", language="nb")
