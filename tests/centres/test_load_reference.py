import csv
from datetime import date, time
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import transaction

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
from centres.reference import municipality_rows
from centres.states import CentreKind, CentreStatus, PartnerRole
from linkcenter.env import env

pytestmark = pytest.mark.django_db

REGISTER = env.path("LINK_MUNICIPALITIES_CSV", Path("municipalities.csv"))


def load(**options):
    out = StringIO()
    call_command("load_reference", stdout=out, **options)
    return out.getvalue()


def everything():
    """All rows of the centres' models, with their ids."""
    return {
        model: list(model._base_manager.order_by("pk").values())
        for model in apps.get_app_config("centres").get_models()
    } | {"served": list(Centre.municipalities.through.objects.order_by("pk").values())}


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Loaded once for all tests here: each of them undoes only what it does itself."""
    with django_db_blocker.unblock(), transaction.atomic():
        load()
        yield
        transaction.set_rollback(True)


def served(slug):
    return list(Centre.objects.get(slug=slug).municipalities.values_list("number", flat=True))


def test_loading_twice_gives_the_same(loaded):
    before = everything()

    report = load()

    assert everything() == before
    assert "centres: nothing new" in report


def test_card_of_tromso_is_as_given(loaded):
    tromso = Centre.objects.get(slug="link-tromso")

    assert tromso.name == "LINK Tromsø og Omegn"
    assert tromso.visiting_address == "Sjøgata 2"
    assert (tromso.postal_code, tromso.postal_place) == ("9236", "Tromsø")
    assert tromso.phones == ["413 33 186"]
    assert tromso.email == "linktromso@gmail.com"
    assert tromso.website == "www.linktromsø.no"
    assert tromso.website_url == "https://www.xn--linktroms-t8a.no"
    assert "9236" in tromso.doubts


def test_hours_of_tromso_are_monday_to_friday(loaded):
    hours = OpeningHours.objects.filter(centre__slug="link-tromso")

    assert list(hours.values_list("weekday", "opens", "closes")) == [
        (weekday, time(8, 30), time(16)) for weekday in range(5)
    ]


@pytest.mark.parametrize(
    ("slug", "numbers"),
    [
        ("link-tromso", ["5501"]),
        ("link-oslo", ["0301"]),
        ("link-trondheim", ["5001"]),
        ("link-lyngen", ["5536"]),
        ("link-bergen", ["4601", "4624", "4626", "4627", "4628", "4630", "4631"]),
        ("frisklivssentralen-i-alta", ["5601"]),
    ],
)
def test_centre_serves_the_municipalities_it_should(loaded, slug, numbers):
    assert sorted(served(slug)) == numbers


def test_vestfold_og_telemark_serves_every_municipality_of_both_counties(loaded):
    both = Municipality.objects.filter(number__regex="^(39|40)")

    assert sorted(served("link-vestfold-og-telemark")) == sorted(
        both.values_list("number", flat=True)
    )
    assert both.count() == 23


def test_centres_that_can_be_reached_take_registrations(loaded):
    taking = Centre.objects.filter(takes_registrations=True).order_by("slug")

    assert list(taking.values_list("slug", flat=True)) == [
        "frisklivssentralen-i-alta",
        "link-oslo",
        "link-tromso",
    ]


def test_lyngen_is_open_but_not_verified_and_takes_no_registrations(loaded):
    lyngen = Centre.objects.get(slug="link-lyngen")

    assert (lyngen.status, lyngen.verified_on) == (CentreStatus.OPEN, None)
    assert not lyngen.takes_registrations


def test_vestfold_og_telemark_has_seven_partners_and_a_million_over_four_years(loaded):
    of_centre = Partnership.objects.filter(centre__slug="link-vestfold-og-telemark")
    funder = of_centre.get(role=PartnerRole.FUNDER)

    assert of_centre.filter(role=PartnerRole.PARTNER).count() == 7
    assert (funder.amount, funder.years) == (1_000_000, 4)


def test_alta_has_two_telephone_numbers_and_a_draft_of_the_health_cafe(loaded):
    alta = Centre.objects.get(slug="frisklivssentralen-i-alta")
    cafe = Event.objects.get(centre=alta)

    assert alta.phones == ["900 69 319", "78 45 55 10"]
    assert (cafe.published, cafe.starts_at) == (False, None)
    assert "10.03 kl. 12.30–13.30" in cafe.note


def test_seven_district_offices_closed_in_2023(loaded):
    offices = Centre.objects.filter(kind=CentreKind.DISTRICT_OFFICE)

    assert set(offices.values_list("status", flat=True)) == {CentreStatus.HISTORIC}
    assert sorted(offices.values_list("postal_place", "valid_to")) == [
        ("Alta", date(2023, 3, 1)),
        ("Bergen", date(2023, 2, 20)),
        ("Brumunddal", date(2023, 3, 1)),
        ("Oslo", date(2023, 6, 1)),
        ("Sandnes", date(2023, 6, 1)),
        ("Trondheim", date(2023, 3, 1)),
        ("Tønsberg", date(2023, 6, 1)),
    ]


def test_offices_keep_the_names_of_counties_that_are_no_more(loaded):
    names = Centre.objects.filter(former_area__contains="Viken").values_list("name", flat=True)

    assert sorted(names) == [
        "Distriktskontor Oslo og Viken eksklusiv Buskerud",
        "Distriktskontor for Vestfold og Telemark og Buskerud i Viken",
    ]


def test_nobody_is_shown_by_name_before_they_have_said_yes(loaded):
    assert not ContactPerson.objects.filter(published=True).exclude(name="").exists()
    assert ContactPerson.objects.get(published=True).title == "Frisklivskoordinator"


def test_crisis_lines_stand_in_their_fixed_order(loaded):
    assert list(CrisisLine.objects.values_list("number", flat=True)) == [
        "113",
        "116 117",
        "116 123",
        "22 40 00 40",
        "116 111",
        "116 006",
        "112",
    ]


def test_texts_are_there_in_all_three_languages(loaded):
    empty = [
        f"{row} {name}"
        for model, names in (
            (Article, ("title", "summary")),
            (Centre, ("description",)),
            (CrisisLine, ("name", "who", "hours")),
        )
        for row in model.objects.all()
        for name in names
        for language in ("nb", "nn", "en")
        if not getattr(row, f"{name}_{language}")
    ]

    assert empty == []


def test_edits_by_staff_are_reported_and_kept(loaded):
    Centre.objects.filter(slug="link-oslo").update(email="post@example.org")

    report = load()

    assert Centre.objects.get(slug="link-oslo").email == "post@example.org"
    assert "Centre link-oslo differs in email: left as it is." in report


def test_edits_by_staff_are_lost_on_demand(loaded):
    Centre.objects.filter(slug="link-oslo").update(email="post@example.org")
    OpeningHours.objects.all().delete()

    load(overwrite=True)

    assert Centre.objects.get(slug="link-oslo").email == "koronafast@linkoslo.no"
    assert OpeningHours.objects.count() == 5


def test_what_staff_removed_from_a_centre_does_not_come_back(loaded):
    ContactPerson.objects.all().delete()
    OpeningHours.objects.filter(weekday=4).delete()

    load()

    assert not ContactPerson.objects.exists()
    assert OpeningHours.objects.count() == 4


def test_what_is_missing_comes_back(loaded):
    CrisisLine.objects.filter(number="113").delete()
    Article.objects.filter(slug="hvem-kan-delta").delete()

    load()

    assert CrisisLine.objects.filter(number="113", position=1).exists()
    assert Article.objects.filter(slug="hvem-kan-delta").exists()


def test_names_sort_as_in_norwegian(loaded):
    names = Municipality.objects.filter(county="Nordland", name__regex="^[ABVØ]")

    assert list(names.values_list("name", flat=True)) == [
        "Alstahaug",
        "Andøy",
        "Beiarn",
        "Bindal",
        "Bodø",
        "Brønnøy",
        "Bø",
        "Vefsn",
        "Vega",
        "Vestvågøy",
        "Vevelstad",
        "Værøy",
        "Vågan",
        "Øksnes",
    ]


def test_there_are_357_municipalities_in_15_counties():
    rows = municipality_rows()

    assert len(rows) == 357
    assert len({row["county"] for row in rows.values()}) == 15


@pytest.mark.skipif(not REGISTER.is_file(), reason="LINK_MUNICIPALITIES_CSV names no register")
def test_municipalities_are_those_of_the_register():
    with REGISTER.open(encoding="utf-8") as file:
        register = {
            row["number"]: (row["name"], row["county"], row["written_norm"])
            for row in csv.DictReader(file)
        }

    ours = {
        number: (row["name"], row["county"], row["written_norm"])
        for number, row in municipality_rows().items()
    }

    assert ours == register


def test_organisations_hold_operators_funders_and_partners(loaded):
    operator = Organisation.objects.get(operated_centres__slug="link-oslo")

    assert operator.name == "Norsk Selvhjelpsforum"
    assert Organisation.objects.get(name="Selvhjelp Norge").website == "www.selvhjelp.no"
