"""The switch of languages stays on the page, with what was chosen on it."""

import re

import pytest
from django.core.management import call_command

from tests import recipes

pytestmark = pytest.mark.django_db


@pytest.fixture
def reference(capsys):
    call_command("load_reference")


@pytest.mark.parametrize(
    "path",
    [
        "/om-selvhjelp/",
        "/om-selvhjelp/vanlige-sporsmal/",
        "/for-kommuner/",
        "/for-fagfolk/",
        "/tilgjengelighet/",
        "/personvern/",
        "/aktuelt/?senter=link-oslo&side=2",
        "/bli-med/",
        "/arrangementer/?senter=link-oslo",
        "/kommuner/",
    ],
)
def test_switch_stays_on_the_page(client, reference, path):
    recipes.news(centre=recipes.Centre.objects.get(slug="link-oslo"))

    addresses = {
        prefix: dict(
            re.findall(
                r'hreflang="(\w\w)" href="([^"]*)"', client.get(prefix + path).content.decode()
            )
        )
        for prefix in ("", "/nn", "/en")
    }

    there = {"nb": path, "nn": f"/nn{path}", "en": f"/en{path}"}
    there = {language: address.replace("&", "&amp;") for language, address in there.items()}
    for prefix, found in addresses.items():
        language = prefix.strip("/") or "nb"
        assert found == {code: there[code] for code in there if code != language}


def test_every_page_about_self_help_is_there_in_each_language(client, reference):
    for prefix in ("", "/nn", "/en"):
        response = client.get(f"{prefix}/om-selvhjelp/")
        addresses = [each.get_absolute_url() for each in response.context["articles"]]
        assert len(addresses) >= 9

        for address in addresses:
            html = client.get(address).content.decode()
            main = html[html.index("<main") : html.index("</main>")]
            assert address.startswith(f"{prefix}/om-selvhjelp/")
            assert re.findall(r' lang="\w\w"', main) == []
