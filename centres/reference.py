"""The centres' reference data: municipalities, numbers to ring, centres, and pages to read."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import OutputWrapper

from centres.models import (
    Article,
    Centre,
    ContactPerson,
    CrisisLine,
    Event,
    Municipality,
    OpeningHours,
    Organisation,
    Partnership,
)
from centres.states import ArticleKind, CentreKind, CentreStatus
from centres.week import WEEKDAYS
from linkcenter.database.data_files import Loader, read

DATA = Path(__file__).parent / "data"
PARTS_OF_CENTRE = ("hours", "partner", "person", "programme", "event")


def load(stdout: OutputWrapper, *, overwrite: bool = False) -> None:
    """Add what is missing of the data files; with ``overwrite``, set the rest as in the files."""
    loader = Loader(stdout, overwrite)
    load_municipalities(loader)
    load_crisis_lines(loader)
    load_organisations(loader)
    for file in sorted((DATA / "centres").glob("*.toml")):
        load_centre(loader, file.stem, read(file))
    load_district_offices(loader)
    load_articles(loader)
    stdout.write(f"centres: {loader.summary()}")


def municipality_rows() -> dict[str, dict[str, Any]]:
    """The municipalities of the data file by their number."""
    return {
        number: {
            "name": name,
            "county": county["name"],
            "written_norm": norm,
            "latitude": latitude,
            "longitude": longitude,
            "other_names": other_names,
        }
        for county in read(DATA / "municipalities.toml")["county"]
        for number, name, norm, latitude, longitude, *other_names in county["municipalities"]
    }


def load_municipalities(loader: Loader) -> None:
    rows = municipality_rows()
    # Rows from before coordinates were kept: nobody has chosen to have none.
    nowhere = list(Municipality.objects.filter(latitude=None, number__in=rows))
    for place in nowhere:
        place.latitude = rows[place.number]["latitude"]
        place.longitude = rows[place.number]["longitude"]
    Municipality.objects.bulk_update(nowhere, ["latitude", "longitude"])
    loader.put_all(Municipality, "number", rows)


def load_crisis_lines(loader: Loader) -> None:
    lines = read(DATA / "crisis_lines.toml")["line"]
    loader.put_all(
        CrisisLine,
        "number",
        {line.pop("number"): line | {"position": at} for at, line in enumerate(lines, start=1)},
    )


def load_organisations(loader: Loader) -> None:
    rows = {row.pop("name"): row for row in read(DATA / "organisations.toml")["organisation"]}
    people = {name: row.pop("person", []) for name, row in rows.items()}
    known = set(Organisation.objects.values_list("name", flat=True))
    organisations = loader.put_all(Organisation, "name", rows)
    for name, persons in people.items():
        put_people(
            loader, {"organisation": organisations[name]}, persons, may_add=name not in known
        )


def load_centre(loader: Loader, slug: str, row: dict[str, Any]) -> None:
    """One centre with all that belongs to it.

    What belongs to it is added together with the centre only: what staff have taken away since
    does not come back.
    """
    parts = {name: row.pop(name, []) for name in PARTS_OF_CENTRE}
    numbers = set(row.pop("municipalities", []))
    if "operator" in row:
        row["operator"] = Organisation.objects.get(name=row["operator"])
    centre, is_new = loader.put(Centre, {"slug": slug}, row)
    assert centre is not None  # noqa: S101  # put() adds a missing centre
    put_served(loader, centre, numbers, is_new=is_new)
    put_hours(loader, centre, parts["hours"], is_new=is_new)
    put_people(loader, {"centre": centre}, parts["person"], may_add=is_new)
    for partner in parts["partner"]:
        organisation = Organisation.objects.get(name=partner.pop("organisation"))
        key = {"centre": centre, "organisation": organisation, "role": partner.pop("role")}
        loader.put(Partnership, key, partner, may_add=is_new)
    for at, programme in enumerate(parts["programme"], start=1):
        key = {"centre": centre, "slug": programme.pop("slug")}
        values = {"kind": ArticleKind.PROGRAMME, "position": at, "published": True}
        loader.put(Article, key, programme | values, may_add=is_new)
    for event in parts["event"]:
        key = {"centre": centre, "kind": event.pop("kind"), "title_nb": event.pop("title_nb")}
        loader.put(Event, key, event, may_add=is_new)


def put_served(loader: Loader, centre: Centre, numbers: set[str], *, is_new: bool) -> None:
    served = set(centre.municipalities.values_list("number", flat=True))
    if served == numbers:
        return
    if not is_new:
        loader.report(Centre, {"slug": centre.slug}, "differs in municipalities")
    if is_new or loader.overwrite:
        centre.municipalities.set(Municipality.objects.filter(number__in=numbers))


def put_hours(
    loader: Loader, centre: Centre, spans: Iterable[Mapping[str, Any]], *, is_new: bool
) -> None:
    wanted = {
        (WEEKDAYS.index(day), span["opens"], span["closes"], span["kind"])
        for span in spans
        for day in span["weekdays"]
    }
    rows = centre.opening_hours.values_list("weekday", "opens", "closes", "kind")
    if set(rows) == wanted:
        return
    if not is_new:
        loader.report(OpeningHours, {"centre": centre.slug}, "differ")
    if is_new or loader.overwrite:
        centre.opening_hours.all().delete()
        OpeningHours.objects.bulk_create(
            OpeningHours(centre=centre, weekday=weekday, opens=opens, closes=closes, kind=kind)
            for weekday, opens, closes, kind in sorted(wanted)
        )
        loader.count(OpeningHours, len(wanted))


def put_people(
    loader: Loader,
    of: Mapping[str, Any],
    people: Iterable[dict[str, Any]],
    *,
    may_add: bool,
) -> None:
    for person in people:
        key = {**of, "name": person.pop("name", ""), "title": person.pop("title")}
        loader.put(ContactPerson, key, person, may_add=may_add)


def load_district_offices(loader: Loader) -> None:
    data = read(DATA / "district_offices.toml")
    offices = data.pop("office")
    operator = "Selvhjelp Norge"
    for office in offices:
        counties = office.pop("counties")
        served = Municipality.objects.filter(county__in=counties).values_list("number", flat=True)
        row = {
            "kind": CentreKind.DISTRICT_OFFICE,
            "status": CentreStatus.HISTORIC,
            "operator": operator,
            "municipalities": list(served),
        }
        load_centre(loader, office.pop("slug"), data | row | office)


def load_articles(loader: Loader) -> None:
    """The pages that explain self-help to everybody."""
    for file in sorted((DATA / "articles").glob("*.toml")):
        key = {"centre": None, "slug": file.stem}
        values = {"kind": ArticleKind.INFORMATION, "published": True}
        loader.put(Article, key, read(file) | values)
