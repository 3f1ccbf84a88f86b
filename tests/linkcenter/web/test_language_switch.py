import re

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

SWITCH = Template("{% load ds %}{% language_switch %}")


def addresses(path: str, language: str = "nb") -> dict[str, str]:
    """What the switch leads to, by language, on the page at ``path``."""
    with override(language):
        html = SWITCH.render(Context({"request": RequestFactory().get(path)}))
    return dict(re.findall(r'lang="(\w\w)" hreflang="\w\w" href="([^"]*)"', html))


def test_switch_stays_on_the_page_and_keeps_the_search():
    found = addresses("/sentre/?q=Troms%C3%B8")

    assert found == {"nn": "/nn/sentre/?q=Troms%C3%B8", "en": "/en/sentre/?q=Troms%C3%B8"}


def test_switch_leads_back_to_bokmaal_without_a_prefix():
    assert addresses("/en/sentre/", "en") == {"nb": "/sentre/", "nn": "/nn/sentre/"}


@pytest.mark.parametrize("path", ["/no-such-page/", "/healthz"])
def test_page_without_other_languages_leads_to_the_front_page(path):
    assert addresses(path) == {"nn": "/nn/", "en": "/en/"}


def test_each_language_is_named_in_its_own_words():
    with override("en"):
        html = SWITCH.render(Context({"request": RequestFactory().get("/en/sentre/")}))

    assert re.findall(r'lang="(\w\w)"[^>]*>(\w+)<', html) == [
        ("nb", "Bokmål"),
        ("nn", "Nynorsk"),
        ("en", "English"),
    ]


def test_switch_without_a_request_is_still_whole():
    assert "Nynorsk" in SWITCH.render(Context({}))
