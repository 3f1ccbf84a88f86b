import pytest

from linkcenter.forms.mail_slips import likely_meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kari@gmial.com", "kari@gmail.com"),
        ("kari@gmail.con", "kari@gmail.com"),
        ("kari@gmai.com", "kari@gmail.com"),
        ("Kari@Hotmial.com", "Kari@hotmail.com"),
        ("kari@outlok.com", "kari@outlook.com"),
        ("kari@onlin.no", "kari@online.no"),
        ("kari@bedrift.con", "kari@bedrift.com"),
    ],
)
def test_common_slips_are_seen(typed, meant):
    assert likely_meant(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        *("kari@gmail.com", "KARI@GMAIL.COM", "kari@mail.com", "kari@ymail.com", "kari@live.no"),
        *("kari@alta.kommune.no", "kari@example.org", "kari@hotmail.se", "kari@proton.me", ""),
    ],
)
def test_other_addresses_are_left_in_peace(typed):
    assert likely_meant(typed) == ""
