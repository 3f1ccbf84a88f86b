import pytest

from centres.names import errors_between, folded, slug_of
from centres.web_address import web_address


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ås", "aas"),
        ("Bodø", "BODOE"),
        ("Bærum", "baerum"),
        ("Kárášjohka", "karasjohka"),
        ("Porsáŋgu", "porsangu"),
        ("A\u030as", "Ås"),
        ("Nord-Fron", "nord  fron"),
    ],
)
def test_ways_to_write_a_name_are_the_same(one, other):
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Tromsø", "tromso"),
        ("Bjørnafjorden", "bjornafjorden"),
        ("Sør-Aurdal", "sor-aurdal"),
        ("Evje og Hornnes", "evje-og-hornnes"),
        ("Ås", "as"),
    ],
)
def test_slug_of_a_name_is_in_plain_letters(name, slug):
    assert slug_of(name) == slug


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("", ""),
        ("www.linktromsø.no", "https://www.xn--linktroms-t8a.no"),
        ("http://www.linkoslo.no/no/", "http://www.linkoslo.no/no/"),
        ("www.facebook.com/blåbær?a=1", "https://www.facebook.com/bl%C3%A5b%C3%A6r?a=1"),
        ("javascript:alert(1)", "https://javascript:alert(1)"),
        ("x" * 70 + ".no", "https://" + "x" * 70 + ".no"),
    ],
)
def test_website_links_where_browsers_can_follow(written, address):
    assert web_address(written) == address


@pytest.mark.parametrize(
    ("one", "other", "errors"),
    [
        ("tromso", "tromso", 0),
        ("tromso", "tromsoo", 1),
        ("tromso", "tromo", 1),
        ("tromso", "tronso", 1),
        ("tromso", "tormso", 1),
        ("tromso", "tormsoo", 2),
        ("tromso", "bodo", 3),
        ("", "a", 1),
        ("", "", 0),
        ("a", "abcdef", 3),
    ],
)
def test_errors_between_counts_slips_and_gives_up_after_two(one, other, errors):
    assert errors_between(one, other, 2) == errors
    assert errors_between(other, one, 2) == errors
