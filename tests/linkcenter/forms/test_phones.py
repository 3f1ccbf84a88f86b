import pytest

from linkcenter.phones import parse_phone, show_phone


@pytest.mark.parametrize(
    "written", ["412 34 567", "41234567", "+47 412 34 567", "0047 41 23 45 67", "412-34-567"]
)
def test_number_is_stored_in_one_form_however_it_is_written(written):
    assert parse_phone(written) == "+4741234567"


@pytest.mark.parametrize("written", ["", "12", "412 34 56", "ring meg", "4" * 10_000, "😀"])
def test_what_is_no_number_is_refused(written):
    with pytest.raises(ValueError, match="not a telephone number"):
        parse_phone(written)


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+4790069319", "900 69 319"),
        ("+4741333186", "413 33 186"),
        ("413 33 186", "413 33 186"),
        ("+4777123456", "77 12 34 56"),
        ("80033033", "800 33 033"),
        ("+46812345678", "+46 8 123 456 78"),
        ("116 123", "116123"),
        ("spør etter Kari", "spør etter Kari"),
    ],
)
def test_number_is_shown_as_people_at_home_write_it(number, shown):
    assert show_phone(number) == shown
