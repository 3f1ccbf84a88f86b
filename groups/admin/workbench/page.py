"""Everything that the workbench shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from centres.week import label, on_or_after, split
from groups.admin.workbench.forms import AllTheSameForm, FilterForm, MakeForm, ShapeForm
from groups.domain.changed_meanwhile import sealed
from groups.domain.rules import FEWEST
from groups.match_input import first_date_for
from groups.proposals.wording import kind_in_words
from groups.workbench.desk import Bench, Person
from groups.workbench.shape import MIXED
from groups.workbench.words import (
    reasons_against,
    reasons_for,
    rules_of,
    times_of,
    wishes_of,
)

MOST_SHOWN = 25
FILTERS = ("theme", "time", "format", "kind", "fits", "all")


@dataclass(frozen=True)
class Row:
    """A person on the bench, in words. Of somebody lent there is the reference, and what fits."""

    person: Person
    days: int
    wishes: str
    times: str
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]


def filters_in(query: QueryDict) -> dict[str, str]:
    """Those of the address that narrow the list down."""
    return {name: str(query[name])[:40] for name in FILTERS if query.get(name)}


def bench_page(
    bench: Bench,
    query: QueryDict,
    *,
    make: MakeForm | None = None,
    all_the_same: tuple[Person, AllTheSameForm] | None = None,
) -> dict[str, Any]:
    """The context of the page; ``people`` are all whom it names, by their own keys."""
    filters = filters_in(query)
    form = FilterForm(query if filters else None, themes=bench.themes)
    chosen = form.cleaned_data if filters and form.is_valid() else {}
    found = [person for person in bench.others if _is_wanted(person, chosen)]
    shown = found if "all" in filters else found[:MOST_SHOWN]
    askable = _askable(bench)
    group = bench.group
    rows = [_row(bench, person) for person in shown]
    members = [_row(bench, person) for person in bench.members]
    names = [row.person.registration for row in [*members, *rows]]
    return {
        "bench": bench,
        "group": group,
        "centre": bench.centre,
        "rows": rows,
        "found": len(found),
        "more": len(found) - len(shown),
        "members": members,
        "people": {
            *(each.participant_id for each in names),
            *(one.registration.participant_id for one in askable),
        },
        "kind": kind_in_words(bench.key),
        "theme": bench.themes.get(bench.key.topic or "", ""),
        "when": label(bench.key.slot) if bench.key.slot else "",
        "rules": list(rules_of(bench)),
        "week": bench.week.rows(),
        "best": bench.week.best()[:3] if bench.in_it else [],
        "time": bench.week.times.get(bench.key.slot),
        "is_chosen": bool(bench.draft.shape.slot),
        "askable": askable,
        "filter_form": form,
        "filters": urlencode(filters),
        "filters_on": dict(_words(form, chosen)),
        "all_address": f"?{urlencode({**_address(bench), **filters, 'all': '1'})}",
        "plain_address": f"?{urlencode(_address(bench))}",
        "b": bench.draft.seal(),
        "shape_form": None if group else _shape_form(bench, urlencode(filters)),
        "make": None if group else make or _make_form(bench),
        "all_the_same": all_the_same,
        "has_errors": bool(make) or bool(all_the_same and all_the_same[1].errors),
        "as_seen": sealed(group, group.seats.all()) if group else "",
    }


def _address(bench: Bench) -> dict[str, str]:
    return {} if bench.group else {"b": bench.draft.seal()}


def _row(bench: Bench, person: Person) -> Row:
    waited = bench.today - timezone.localdate(person.registration.registered_at)
    return Row(
        person=person,
        days=max(0, waited.days),
        wishes="" if person.is_lent else wishes_of(person, bench.themes),
        times="" if person.is_lent else times_of(person),
        speaks_for=tuple(reasons_for(bench.key, person)),
        speaks_against=tuple(reasons_against(bench.key, person)),
    )


def _is_wanted(person: Person, chosen: Mapping[str, Any]) -> bool:
    wishes, theme = person.wishes, chosen.get("theme")
    either = ("either",)
    return (
        (not theme or (wishes.any_topic if theme == MIXED else theme in wishes.topics))
        and (not chosen.get("time") or chosen["time"] in wishes.slots)
        and (not chosen.get("format") or wishes.format in (chosen["format"], *either))
        and (not chosen.get("kind") or wishes.kind in (chosen["kind"], *either))
        and (not chosen.get("fits") or person.fits)
    )


def _words(form: FilterForm, chosen: Mapping[str, Any]) -> Any:
    """The filters that are on, each with what it is narrowed down to."""
    for name, value in chosen.items():
        if value:
            field: Any = form.fields[name]
            words = dict(field.choices)[value] if hasattr(field, "choices") else ""
            yield field.label, words


def _askable(bench: Bench) -> list[Any]:
    """Three who would fit by one yes, while there is room."""
    if len(bench.in_it) < FEWEST or not bench.places_left:
        return []
    return bench.askable()


def _shape_form(bench: Bench, filters: str) -> ShapeForm:
    return ShapeForm(
        bench=bench,
        initial={"b": bench.draft.seal(), "filters": filters, "act": "shape"},
        action=reverse("admin:groups_selfhelpgroup_bench_try"),
    )


def _make_form(bench: Bench) -> MakeForm | None:
    """The form to make the group of the draft, once there are people and a place."""
    time = bench.week.times.get(bench.key.slot)
    if len(bench.in_it) < FEWEST or time is None or not time.places:
        return None
    return MakeForm(
        bench=bench,
        broken=bench.broken,
        initial={"from_date": first_day(bench)},
        action=reverse("admin:groups_selfhelpgroup_bench_make"),
    )


def first_day(bench: Bench) -> date:
    """The first day on which the group can meet: people have answered, and all is prepared."""
    weekday, _part = split(bench.key.slot)
    return on_or_after(first_date_for(bench.centre, today=bench.today), weekday)
