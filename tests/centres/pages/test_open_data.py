"""Open data: every answer is what the published schema says, and holds only what is public."""

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy, override
from jsonschema import Draft202012Validator, FormatChecker

from centres.models import ContactPerson, OpeningException, OpeningHours
from centres.publishing import open_data
from centres.states import Attendance, CentreStatus
from tests import recipes

pytestmark = pytest.mark.django_db

DOCUMENTS = ("/api/v1/centres.json", "/api/v1/centres/link-tromso.json", "/api/v1/events.json")


@pytest.fixture
def schema(client):
    return client.get("/api/v1/schema.json").json()


def assert_valid(schema: Any, document: Any) -> None:
    checker = Draft202012Validator(schema, format_checker=FormatChecker())
    assert [error.message for error in checker.iter_errors(document)] == []


def test_schema_is_a_schema(schema):
    Draft202012Validator.check_schema(schema)

    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"].endswith("/api/v1/schema.json")


def test_schema_describes_every_field_and_allows_no_other(schema):
    undescribed, open_to_more = [], []

    def walk(node, where):
        if isinstance(node, dict):
            if isinstance(node.get("properties"), dict):
                if node.get("additionalProperties") is not False:
                    open_to_more.append(where)
                for name, field in node["properties"].items():
                    is_told = "description" in field or "$ref" in field
                    if not is_told and not where.endswith(("texts", "pages")):
                        undescribed.append(f"{where}.{name}")
            for name, part in node.items():
                walk(part, f"{where}.{name}" if where else name)
        elif isinstance(node, list):
            for part in node:
                walk(part, where)

    walk(schema, "")

    assert undescribed == []
    assert open_to_more == []


def test_answers_of_the_reference_data_are_valid(client, schema):
    call_command("load_reference", verbosity=0)
    slugs = [each["slug"] for each in client.get(DOCUMENTS[0]).json()["centres"]]

    for address in (*DOCUMENTS, *(f"/api/v1/centres/{slug}.json" for slug in slugs)):
        assert_valid(schema, client.get(address).json())
    assert len(slugs) > 7


def test_answers_of_empty_tables_are_valid(client, schema):
    recipes.centre("link-tromso")

    for address in DOCUMENTS:
        assert_valid(schema, client.get(address).json())


def full_centre():
    centre = recipes.centre(
        "link-tromso",
        name="LINK Tromsø",
        vision_nb="Visjon",
        vision_en="Vision",
        website="www.linktromsø.no",
        phones=["413 33 186"],
        latitude="69.64920",
        longitude="18.95530",
        verified_on=date(2026, 11, 1),
        doubts="Hemmelig tvil",
    )
    centre.municipalities.add(recipes.municipality("5501", name="Tromsø", county="Troms"))
    OpeningHours.objects.create(centre=centre, weekday=0, opens=time(8, 30), closes=time(16))
    OpeningException.objects.create(
        centre=centre,
        first_date=date(2026, 11, 30),
        last_date=date(2026, 12, 1),
        reason_nb="Kurs",
        reason_en="A course",
    )
    ContactPerson.objects.create(centre=centre, name="Vist Navn", published=True, note="Hemmelig")
    ContactPerson.objects.create(centre=centre, name="Skjult Navn", phone="99999999")
    return centre


def test_centre_tells_what_its_page_tells(client, schema, time_machine):
    time_machine.move_to("2026-11-23 10:00+01:00")
    full_centre()

    document = client.get("/api/v1/centres/link-tromso.json").json()

    assert_valid(schema, document)
    centre = document["centre"]
    assert centre["vision"] == {"nb": "Visjon", "en": "Vision"}
    assert centre["status"]["code"] == "open"
    assert centre["status"]["text"]["en"] == "open"
    assert centre["contact"]["website"] == "https://www.xn--linktroms-t8a.no"
    assert centre["coordinates"] == {"latitude": 69.6492, "longitude": 18.9553}
    assert centre["serves"] == [{"number": "5501", "name": "Tromsø", "county": "Troms"}]
    assert [each["name"] for each in centre["people"]] == ["Vist Navn"]
    assert centre["open_now"] == {
        "is_open": True,
        "until": "2026-11-23T16:00:00+01:00",
        "opens_next": None,
    }
    assert centre["opening_hours"]["week"] == [
        {"weekday": "mon", "kind": "drop_in", "opens": "08:30", "closes": "16:00"}
    ]
    assert centre["opening_hours"]["exceptions"][0]["reason"]["en"] == "A course"
    assert centre["registers_at"] == "link-tromso"
    assert centre["links"]["page"]["nn"].endswith("/nn/sentre/link-tromso/")


def test_public_holidays_are_those_of_the_coming_year(client, time_machine):
    time_machine.move_to("2026-11-22 12:00+01:00")
    recipes.centre("link-tromso")

    days = client.get(DOCUMENTS[0]).json()["public_holidays"]

    assert [day["date"] for day in days] == [
        "2026-12-25",
        "2026-12-26",
        "2027-01-01",
        "2027-03-25",
        "2027-03-26",
        "2027-03-28",
        "2027-03-29",
        "2027-05-01",
        "2027-05-06",
        "2027-05-16",
        "2027-05-17",
    ]
    assert set(days[0]["name"]) == {"nb", "nn", "en"}


def test_open_data_holds_no_secret_and_nobody_who_asked_for_help(client):
    centre = full_centre()
    recipes.waiting(centre, {"name": "Hemmelig Person", "email": "hemmelig@example.org"})
    event = recipes.event(
        centre,
        attendance=Attendance.SIGN_UP,
        capacity=7351,
        joining="Hemmelig lenke",
        note="Hemmelig merknad",
    )
    recipes.sign_up(event, name="Hemmelig Gjest")

    for address in DOCUMENTS:
        text = client.get(address).content.decode()
        for secret in ("Hemmelig", "hemmelig@", "Skjult", "99999999", "7351"):
            assert secret not in text, (address, secret)


def test_events_are_those_that_the_list_shows(client, schema):
    centre = recipes.centre("link-tromso")
    gone = recipes.centre("gammel", status=CentreStatus.CLOSED, takes_registrations=False)
    shown = recipes.event(centre, title_nb="Vises", description_nb="Om", title_en="Shown")
    cancelled = recipes.event(
        centre, cancelled_at=timezone.now(), cancelled_because="Snø", starts_at=in_two_months()
    )
    recipes.event(centre, published=False)
    recipes.event(centre, starts_at=datetime(2020, 1, 1, tzinfo=UTC))
    recipes.event(gone)

    document = client.get("/api/v1/events.json").json()

    assert_valid(schema, document)
    assert [each["id"] for each in document["events"]] == [shown.pk, cancelled.pk]
    assert document["events"][0]["title"] == {"nb": "Vises", "en": "Shown"}
    assert document["events"][1]["cancelled_because"] == "Snø"
    assert datetime.fromisoformat(document["events"][0]["starts_at"]) == shown.starts_at.replace(
        microsecond=0
    )


def in_two_months():
    return timezone.now() + timedelta(days=60)


def test_each_document_takes_one_query(client, django_assert_num_queries):
    for slug in ("link-tromso", "link-oslo"):
        recipes.event(recipes.centre(slug))

    for address in DOCUMENTS:
        with django_assert_num_queries(1):
            client.get(address)


@pytest.mark.parametrize("address", [*DOCUMENTS, "/api/v1/schema.json"])
def test_any_site_may_read_it_and_nobody_may_write(client, address):
    recipes.centre("link-tromso")

    read, looked, posted = client.get(address), client.head(address), client.post(address)
    asked = client.options(address, headers={"origin": "https://other.example"})

    assert (read.status_code, looked.status_code) == (200, 200)
    assert (posted.status_code, asked.status_code) == (405, 405)
    for answer in (read, looked):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert answer.headers["Content-Type"] == "application/json"
        assert "Access-Control-Allow-Credentials" not in answer.headers
    for answer in (posted, asked):
        assert "Access-Control-Allow-Origin" not in answer.headers
    assert not read.cookies


def test_other_pages_are_not_read_by_other_sites(client):
    recipes.centre("link-tromso")

    for address in ("/", "/sentre/link-tromso/", "/meld-interesse/"):
        assert "Access-Control-Allow-Origin" not in client.get(address).headers


@pytest.mark.parametrize("address", DOCUMENTS)
def test_unchanged_answer_is_told_in_a_few_bytes(client, address):
    recipes.centre("link-tromso")
    tag = client.get(address).headers["ETag"]

    again = client.get(address, headers={"if-none-match": tag})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"


class Whom(TextChoices):
    ALL = "all", gettext_lazy("All")


class Who(TextChoices):
    ALL = "all", gettext_lazy("Everybody")


def test_choices_that_one_language_says_alike_keep_their_words_in_the_others():
    with override("nb"):
        shown = [open_data._choice(each)["text"] for each in (Whom.ALL, Who.ALL)]

    assert {each["nb"] for each in shown} == {"Alle"}
    assert [each["en"] for each in shown] == ["All", "Everybody"]


def test_query_makes_no_difference(client):
    recipes.centre("link-tromso")

    plain = client.get(DOCUMENTS[0])

    assert client.get(f"{DOCUMENTS[0]}?callback=x&limit=-1").content == plain.content


@pytest.mark.parametrize("slug", ["finnes-ikke", "æøå", "a b", "..", "x" * 300])
def test_unknown_centre_is_told_in_json(client, schema, slug):
    response = client.get(f"/api/v1/centres/{slug}.json")

    assert response.status_code == 404
    assert response.json() == {"error": "not_found"}
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert_valid(schema, response.json())


def test_schema_file_is_kept_as_written():
    from centres.publishing.open_data import SCHEMA

    text = SCHEMA.read_text(encoding="utf-8")

    assert text == json.dumps(json.loads(text), indent=2, ensure_ascii=False) + "\n"


@pytest.mark.parametrize("language", ["", "/nn", "/en"])
def test_page_for_people_names_every_address(client, language):
    html = client.get(f"{language}/apne-data/").content.decode()

    for address in (*DOCUMENTS, "/api/v1/schema.json"):
        assert f'<a class="ds-link" href="{address}">' in html
