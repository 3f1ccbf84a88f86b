"""A part that is the same on every page of a language is made once for many pages."""

import pytest
from django.template import Context, Template
from django.utils.translation import override

from centres.models import CrisisLine

PART = "{% load shared %}{{ page }} {% shared %}{{ part }}{% endshared %}"


def shown(template, **values):
    return template.render(Context(values))


def test_part_is_that_of_the_first_page(settings):
    settings.PAGE_CACHE_SECONDS = 60
    template = Template(PART)

    found = [shown(template, page="a", part="1"), shown(template, page="b", part="2")]

    assert found == ["a 1", "b 1"]


def test_each_language_has_its_own(settings):
    settings.PAGE_CACHE_SECONDS = 60
    template = Template(PART)
    found = []

    for language in ("nb", "en", "nb"):
        with override(language):
            found.append(shown(template, page="a", part=language))

    assert found == ["a nb", "a en", "a nb"]


def test_part_is_made_anew_when_the_time_is_over(settings):
    settings.PAGE_CACHE_SECONDS = 0
    template = Template(PART)

    found = [shown(template, page="a", part="1"), shown(template, page="a", part="2")]

    assert found == ["a 1", "a 2"]


def test_page_and_its_parts_together_are_kept_for_less_than_a_second():
    from linkcenter.settings import PAGE_CACHE_SECONDS

    assert 2 * PAGE_CACHE_SECONDS < 1


@pytest.mark.django_db
def test_edited_crisis_line_is_seen(client):
    line = CrisisLine.objects.create(
        number="113", name_nb="Før", who_nb="b", hours_nb="c", position=1
    )
    seen = ["Før" in client.get("/om-selvhjelp/").content.decode()]

    CrisisLine.objects.filter(pk=line.pk).update(name_nb="Etter")
    seen.append("Etter" in client.get("/om-selvhjelp/").content.decode())

    assert seen == [True, True]
