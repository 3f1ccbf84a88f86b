from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from participants import reference
from participants.models import ConsentText, Theme
from participants.states import ConsentPurpose

pytestmark = pytest.mark.django_db


def load(**options):
    out = StringIO()
    call_command("load_reference", stdout=out, **options)
    return out.getvalue()


def test_load_gives_each_purpose_a_text_in_each_language():
    load()

    loaded = ConsentText.objects.values_list("purpose", "language", "operator")
    languages = [code for code, _name in settings.LANGUAGES]
    assert set(loaded) == {(each, code, None) for each in ConsentPurpose for code in languages}


def test_themes_come_in_the_order_of_the_file_and_in_every_language():
    load()

    rows = reference.read(reference.DATA / "themes.toml")["theme"]
    assert [theme.slug for theme in Theme.objects.all()] == [row["slug"] for row in rows]
    assert not Theme.objects.filter(name_nn=None).exists()
    assert not Theme.objects.filter(name_en=None).exists()


def test_load_again_adds_nothing():
    load()

    assert "participants: nothing new" in load()


def test_theme_that_staff_renamed_is_left_alone_unless_overwritten():
    load()
    Theme.objects.filter(slug="rus").update(name_nb="Rus og spill")

    assert "Theme rus differs in name_nb: left as it is." in load()
    load(overwrite=True)

    assert Theme.objects.get(slug="rus").name_nb == "Rus"


def test_consent_text_is_left_alone_even_when_overwriting():
    load()
    ConsentText.objects.filter(purpose="theme", language="nb").update(text="Vår egen tekst.")

    load(overwrite=True)

    assert ConsentText.objects.get(purpose="theme", language="nb").text == "Vår egen tekst."
