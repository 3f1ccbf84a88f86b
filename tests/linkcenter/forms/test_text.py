import pytest

from linkcenter.forms.text import clean_text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Kari  ", "Kari"),
        ("en\r\nto\rtre", "en\nto\ntre"),
        ("A\u030ase", "Åse"),
        ("Kari\x00\x07", "Kari"),
        ("\u202eirak\u200b", "irak"),
        ("مرحبا", "مرحبا"),
        ("👩\u200d👩\u200d👧 hei", "👩\u200d👩\u200d👧 hei"),
        ("Ánná Ŋ", "Ánná Ŋ"),
    ],
)
def test_clean_text_keeps_what_was_meant(typed, kept):
    assert clean_text(typed) == kept
