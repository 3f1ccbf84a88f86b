"""What is asked inside the staff's pages: searches, filters, look-ups, choices, acts and forms.

Somebody who works at one centre asks for what is at the other in each way that a page offers, with
the other's numbers in the place of the own ones. They are told nothing, and nothing there changes.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode, urljoin

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Model
from django.urls import reverse

from tests.security.doors import Door, doors
from tests.security.forms import Form, forms_of
from tests.security.matrix import READERS, Answer, Matrix
from tests.security.world import NUMBER, World, models

pytestmark = pytest.mark.prove

READER = next(reader for reader in READERS if reader.name == "lead")
NOBODYS = "zqnobodyaa"  # what no row holds
OWN, FOREIGN = "4400", "8800"  # how their numbers begin
LEFT_OUT = {"django_session", "linkcenter_spending"}
MEANT = {"participants_registration_move_to"}  # somebody moves there: that is what it is for
HANDED_OVER = "/hand-over/"  # and so does what somebody asks
PARTS = 6


def foreign_rows() -> dict[str, tuple[int, str]]:
    """All rows that are of the other centre, or name a row of it: how many, and a digest."""
    tables = sorted(set(connection.introspection.table_names()) - LEFT_OUT)
    one = (
        "select '{0}', count(*), md5(coalesce(string_agg(t::text, '' order by t::text), ''))"
        " from \"{0}\" t where t::text ~ '88000[01][0-9][0-9][0-9]'"
    )
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(one.format(name) for name in tables))
        return {name: (count, digest) for name, count, digest in cursor.fetchall()}


class Intruder(Matrix):
    """Whoever leads one of the centres. ``changed`` is what they did to the other."""

    def __init__(self, world: World) -> None:
        super().__init__(world, READER)
        self.before = foreign_rows()
        self.wrote = 0
        self.changed: list[str] = []

    def after(self, response: Any, answer: Answer) -> None:
        if not answer.wrote:
            return
        self.wrote += 1
        now = foreign_rows()
        self.changed += [name for name in now if now[name] != self.before[name]]

    def tries(self, method: str, address: str, data: Any = None, *, asked: Any = ()) -> list[str]:
        """Everything that is wrong with the answer."""
        self.changed.clear()
        self.cases += 1
        answer = self.ask(method, address, data)
        wrong = [*self.leaks(answer, list(asked))]
        if answer.status >= 500:
            wrong.append(f"answers {answer.status} {answer.error}")
        wrong += [f"changes {name}" for name in self.changed]
        return [f"{method} {address} {str(data)[:300]}: {each}" for each in wrong]


def must_be_content(wrong: list[str]) -> None:
    if wrong:
        pytest.fail("\n".join(wrong), pytrace=False)


@pytest.fixture(scope="module")
def intruder(world: World) -> Intruder:
    return Intruder(world)


def lists() -> list[tuple[type[Model], str]]:
    opts = [(model, model._meta) for model in admin.site._registry]
    return [
        (model, reverse(f"admin:{of.app_label}_{of.model_name}_changelist")) for model, of in opts
    ]


def test_search_finds_nothing_of_the_other_centre(intruder: Intruder) -> None:
    """And says so in the same words as of what is nowhere."""
    wrong = []
    terms = [word for word, told in intruder.world.words.items() if told.side == "foreign"]

    for _model, address in lists():
        nothing = intruder.ask("GET", f"{address}?{urlencode({'q': NOBODYS})}")
        for term in terms[:: 1 + len(terms) // 40]:
            answer = intruder.ask("GET", f"{address}?{urlencode({'q': term})}")
            if answer.without([term]) != nothing.without([NOBODYS]):
                wrong.append(f"{address}?q={term}")

    must_be_content(wrong)


def test_filters_and_look_ups_tell_nothing_of_the_other_centre(intruder: Intruder) -> None:
    wrong = []

    for model, address in lists():
        for field in model._meta.get_fields():
            for ending, value in {
                "__startswith": "zqforeig",
                "__exact": "880000001",
                "__in": "880000001,880001900",
                "__isnull": "0",
                "__id__exact": "880000001",
                "__centre__exact": str(intruder.world.foreign.centre.pk),
                "__name__contains": "zqforeig",
            }.items():
                asked = f"{address}?{urlencode({field.name + ending: value})}"
                wrong += intruder.tries("GET", asked, asked=[*value.split(",")])

    must_be_content(wrong)


def test_odd_questions_to_lists_and_pages_tell_nothing(intruder: Intruder) -> None:
    wrong = []
    queries = (
        *("_popup=1", "_to_field=id", "_to_field=password&_popup=1", "all=", "p=0", "o=-1.2"),
        *("e=1", "_changelist_filters=centre__id__exact%3D880001900", "_facets=True"),
        *("centre=880001900", "to=880000001&to=880000002", "registration=880000001"),
        *("person=880000001", "group=880000001", "initial=880000001", "venue=880000001"),
    )

    for door in doors():
        if door.has_row or door.model is None:
            continue
        address = door.address(intruder.world.own, intruder.world.foreign, "none")
        for query in queries:
            asked = ["880001900", "880000001", "880000002"]
            wrong += intruder.tries("GET", f"{address}?{query}", asked=asked)

    must_be_content(wrong)


def test_choices_by_search_hold_nothing_of_the_other_centre(intruder: Intruder) -> None:
    wrong = []

    for model in models():
        for field in model._meta.get_fields():
            if not field.is_relation or field.auto_created:
                continue
            for term in ("", "zqforeig", "D-880001001", "1"):
                asked = {
                    "app_label": model._meta.app_label,
                    "model_name": model._meta.model_name,
                    "field_name": field.name,
                    "term": term,
                }
                address = f"{reverse('admin:autocomplete')}?{urlencode(asked)}"
                wrong += intruder.tries("GET", address)

    must_be_content(wrong)


def test_way_from_a_row_to_its_page_tells_nothing(intruder: Intruder) -> None:
    wrong = []

    for model, kind in ContentType.objects.get_for_models(*models()).items():
        row = intruder.world.foreign.rows.get(model)
        if row is None:
            continue
        there, missing = (
            intruder.ask("GET", reverse("admin:view_on_site", args=[kind.pk, pk]))
            for pk in (row.pk, 999000001)
        )
        is_public = model._meta.label in ("centres.Centre", "centres.Article", "centres.Event")
        if not is_public and there.without([str(row.pk)]) != missing.without(["999000001"]):
            wrong.append(model._meta.label)

    must_be_content(wrong)


def test_acts_on_lists_leave_the_other_centre_alone(intruder: Intruder) -> None:
    """With its numbers among the chosen, and with "all of them" chosen."""
    wrong, tried = [], 0

    for model, address in lists():
        page = admin.site._registry[model]
        rows = intruder.world.own.rows[model].pk, intruder.world.foreign.rows[model].pk
        acts = [getattr(each, "__name__", each) for each in page.actions or []]
        for action in [*acts, "delete_selected"]:
            for across in ("0", "1"):
                for sure in ({}, {"sure": "1", "post": "yes", "confirm": "1", "word": "slett"}):
                    data = {
                        "action": action,
                        "_selected_action": [str(row) for row in rows],
                        "select_across": across,
                        "index": "0",
                        **sure,
                    }
                    tried += 1
                    wrong += intruder.tries("POST", address, data, asked=[str(rows[1])])

    must_be_content(wrong)
    assert tried >= 100


# Forms


def pages(number: int) -> Iterator[Door]:
    yield from [door for door in doors() if door.model is not None and door.name not in MEANT][
        number::PARTS
    ]


def tampered(form: Form) -> Iterator[dict[str, list[str]]]:
    """The form with one number after the other turned into one of the other centre's rows."""
    yield form.data
    for name, values in form.data.items():
        numbers = [value for value in (*values, *form.choices.get(name, ())) if OWN in value]
        if numbers:
            yield form.data | {name: [numbers[0].replace(OWN, FOREIGN, 1)]}
    everything = {
        name: [value.replace(OWN, FOREIGN, 1) if value.startswith(OWN) else value for value in held]
        for name, held in form.data.items()
    }
    if everything != form.data:
        yield everything


@pytest.mark.parametrize("number", range(PARTS))
def test_forms_take_no_number_of_the_other_centre(intruder: Intruder, number: int) -> None:
    wrong, sent = [], 0
    world = intruder.world
    elsewhere = [reverse(name) for name in ("admin:logout", "admin:language", "account_logout")]

    for door in pages(number):
        address = door.address(world.own, world.foreign, "own" if door.has_row else "none")
        page = intruder.ask("GET", address)
        if page.status != 200 or "<form" not in page.text:
            continue
        for form in forms_of(page.text):
            if form.method != "post" or form.action in elsewhere:
                continue
            if form.action.endswith(HANDED_OVER):
                continue
            for data in tampered(form):
                asked = [match[0] for match in NUMBER.finditer(str(data))]
                wrong += intruder.tries("POST", urljoin(address, form.action), data, asked=asked)
                sent += 1

    must_be_content(wrong)
    assert sent >= 20


def test_forms_would_have_changed_something(intruder: Intruder) -> None:
    """Else the test above would find nothing, whatever there was."""
    world, before = intruder.world, intruder.wrote

    for name in ("selfhelpgroup", "registration"):
        for door in doors():
            if door.what == "change" and door.name.endswith(f"{name}_change"):
                address = door.address(world.own, world.foreign, "own")
                for form in forms_of(intruder.ask("GET", address).text):
                    if form.method == "post":
                        intruder.ask("POST", urljoin(address, form.action), form.data)

    assert intruder.wrote - before >= 8
