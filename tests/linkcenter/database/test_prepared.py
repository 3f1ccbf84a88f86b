"""A query whose SQL is written once answers as the queryset does, each time anew."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.models import CharField, DateField
from django.utils.translation import override

from centres.models import Article, Centre
from centres.states import ArticleKind
from linkcenter.database.prepared import Given, prepared
from tests import recipes

pytestmark = pytest.mark.django_db


@prepared
def _named():
    return (
        Centre.objects.select_related("operator", "forwards_to")
        .filter(name=Given("name", CharField()), takes_registrations=True)
        .order_by("-slug")
    )


@prepared
def _opened_by():
    return Centre.objects.filter(valid_from__lte=Given("day", DateField())).order_by("slug")


@prepared
def _by_title():
    return Article.objects.filter(title=Given("title", CharField()))


@prepared
def _of_one_day():
    return Centre.objects.filter(valid_from__lte=date(2026, 11, 22))


def test_rows_are_those_of_the_queryset():
    first = recipes.centre("a", name="LINK A", forwards_to=None)
    recipes.centre("b", name="LINK B")
    second = recipes.centre("c", name="LINK A")

    found = _named(name="LINK A")

    assert found == [second, first]
    assert found == list(Centre.objects.filter(name="LINK A").order_by("-slug"))
    assert {each.name for each in found} == {"LINK A"}
    assert _named(name="LINK C") == []


def test_each_call_asks_once_and_anew(django_assert_num_queries):
    centre = recipes.centre("a", name="LINK A", forwards_to=None)
    slugs = []

    with django_assert_num_queries(3):
        slugs += [each.slug for each in _named(name="LINK A")]
        Centre.objects.filter(pk=centre.pk).update(slug="b")
        slugs += [each.slug for each in _named(name="LINK A")]

    assert slugs == ["a", "b"]


def test_day_is_that_of_the_call():
    recipes.centre("a", valid_from=date(2026, 1, 1))
    recipes.centre("b", valid_from=date(2026, 6, 1))

    found = [[each.slug for each in _opened_by(day=date(2026, month, 1))] for month in (1, 6, 1)]

    assert found == [["a"], ["a", "b"], ["a"]]


def test_day_that_would_stay_for_ever_is_refused():
    with pytest.raises(ImproperlyConfigured):
        _of_one_day()


def test_value_that_looks_like_sql_is_a_value():
    recipes.centre("a", name="x' or 1=1 -- %s")

    assert [each.slug for each in _named(name="x' or 1=1 -- %s")] == ["a"]
    assert _named(name="' or 1=1 --") == []


def test_translated_column_is_that_of_the_language():
    Article.objects.create(
        slug="a", kind=ArticleKind.INFORMATION, title_nb="Tittel", title_en="Title"
    )
    found = {}

    for language in ("nb", "en", "nb"):
        with override(language):
            found[language] = [len(_by_title(title=title)) for title in ("Tittel", "Title")]

    assert found == {"nb": [1, 0], "en": [0, 1]}


@pytest.mark.django_db(transaction=True)
def test_threads_use_their_own_connections():
    for number in range(4):
        recipes.centre(f"senter-{number}", name=f"LINK {number}")

    def read(number):
        try:
            return [[each.slug for each in _named(name=f"LINK {number}")] for _ in range(20)]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(read, range(4)))

    assert found == [[[f"senter-{number}"]] * 20 for number in range(4)]
