"""Who reads which numbers, on the open pages, in the reports and in the files."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from centres.models import Partnership
from centres.models.partners import Organisation
from centres.states import PartnerRole, Role
from groups.models import StatisticsSnapshot
from groups.states import StatisticsScope
from groups.statistics import charts, report
from tests import recipes

pytestmark = pytest.mark.django_db

SPRING, AUTUMN = date(2025, 1, 1), date(2025, 7, 1)
REPORT = "admin:groups_statisticssnapshot_changelist"
FILE = "admin:groups_statisticssnapshot_file"
DEMAND = "admin:groups_statisticssnapshot_demand"
COUNTS = {"registrations": 35, "registrations.gender.woman": 20, "places": 10, "days_waited": 21}


@pytest.fixture
def centre(db):
    return recipes.centre("link-her", name="LINK Her")


def tell(scope, key="", first_day=SPRING, **counts):
    return StatisticsSnapshot.objects.create(
        scope=scope,
        scope_key=str(key),
        first_day=first_day,
        counts=counts or COUNTS,
        frozen_at=datetime(2026, 1, 15, tzinfo=UTC),
    )


@pytest.fixture
def told(centre):
    for first_day in (SPRING, AUTUMN):
        tell(StatisticsScope.COUNTRY, first_day=first_day)
        tell(StatisticsScope.CENTRE, centre.pk, first_day=first_day)


def test_page_before_anything_is_told(client, centre):
    for address in (
        reverse("groups:statistics"),
        reverse("groups:statistics-centre", args=[centre.slug]),
    ):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "Det er ingen tall å vise ennå." in answer.content.decode()
    assert client.get(reverse("groups:statistics-file")).status_code == 200


def test_open_page_shows_what_was_told_and_its_centres(
    client, centre, told, django_assert_max_num_queries
):
    with django_assert_max_num_queries(4):  # one of them for the telephone numbers below
        answer = client.get(reverse("groups:statistics"))

    text = answer.content.decode()
    assert "LINK Her" in text
    assert "under 5" in text
    assert answer.headers["Cache-Control"].startswith("public")
    assert answer.context["lines"][1].numbers == (35, 35)
    assert answer.context["centres"] == [(centre, [35, 10, 0])]


def test_page_of_a_centre_that_is_not_there(client):
    assert client.get(reverse("groups:statistics-centre", args=["nowhere"])).status_code == 404


def test_year_is_the_sum_of_two_half_years_without_weeks(centre, told):
    rows = list(report.of_scope(StatisticsScope.CENTRE, str(centre.pk)))

    found = report.report(StatisticsScope.CENTRE, rows, 2025)

    topics = {topic.code: topic.line.numbers for each in found.sections for topic in each.topics}
    assert topics["registrations"] == (35, 35, 70)
    assert topics["days_waited"] == (21, 21, 0)
    assert report.report(StatisticsScope.CENTRE, rows, 2024) is None


def test_rest_of_a_table_is_what_the_others_leave(centre, told):
    rows = list(report.of_scope(StatisticsScope.CENTRE, str(centre.pk)))

    people = report.report(StatisticsScope.CENTRE, rows, 2025).sections[0]

    part = people.topics[1].parts[0]
    assert [line.numbers for line in part.lines] == [(20, 20, 40), (15, 15, 30)]


def test_municipality_is_told_what_is_counted_by_municipality_only():
    told = tell(StatisticsScope.MUNICIPALITY, "5501", registrations=15)

    found = report.report(StatisticsScope.MUNICIPALITY, [told], 2025)

    codes = [topic.code for each in found.sections for topic in each.topics]
    assert codes == ["enquiries", "registrations", "places"]


def test_file_is_for_norwegian_spreadsheets_and_holds_no_formula(client, told):
    recipes.municipality("0001", name="=1+1")
    tell(
        StatisticsScope.COUNTRY,
        first_day=date(2026, 1, 1),
        registrations=40,
        **{"registrations.municipality.0001": 10},
    )

    answer = client.get(reverse("groups:statistics-file"))

    lines = answer.content.decode().replace('"', "").split("\r\n")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert lines[0].count(";") == 6
    assert any("'=1+1;under 5;under 5;10" in line for line in lines)
    assert not {"1", "2", "3", "4"} & {cell for line in lines for cell in line.split(";")}
    assert any("3 uker" in line for line in lines)


def test_staff_read_about_their_own_centre_place_and_funder(client, centre, told):
    other = recipes.centre()
    tell(StatisticsScope.CENTRE, other.pk)
    place, elsewhere = recipes.municipality(), recipes.municipality()
    centre.municipalities.add(place)
    funder = Organisation.objects.create(name="Stiftelsen Dam")
    Partnership.objects.create(centre=centre, organisation=funder, role=PartnerRole.FUNDER)
    for key in (place.number, elsewhere.number):
        tell(StatisticsScope.MUNICIPALITY, key)
    tell(StatisticsScope.FUNDER, funder.pk)
    client.force_login(recipes.staff(Role.COORDINATOR, centre))

    def status(about):
        return client.get(reverse(REPORT), {"about": about}).status_code

    seen = [f"centre:{centre.pk}", f"municipality:{place.number}", f"funder:{funder.pk}"]
    assert [status(about) for about in [*seen, "country:"]] == [200] * 4
    closed = [f"centre:{other.pk}", f"municipality:{elsewhere.number}", "centre:x", "x"]
    assert [status(about) for about in closed] == [404] * 4
    assert client.get(reverse(FILE), {"about": f"centre:{other.pk}"}).status_code == 404
    file = client.get(reverse(FILE), {"about": f"centre:{centre.pk}", "year": "2025"})
    assert file.headers["Content-Disposition"] == 'attachment; filename="link-her-2025.csv"'


def test_statistics_role_reads_every_report_and_nothing_else(client, centre, told):
    client.force_login(recipes.staff(Role.STATISTICS))

    answer = client.get(reverse(REPORT), {"about": f"centre:{centre.pk}", "year": "2025"})

    assert answer.status_code == 200
    assert answer.context["report"].year == 2025
    for closed in (DEMAND, "admin:index", "admin:participants_registration_changelist"):
        assert client.get(reverse(closed)).status_code == 302


def test_statistics_role_begins_with_the_whole_country_and_staff_with_their_centre(
    client, centre, told
):
    begins = []
    for role, at in ((Role.STATISTICS, None), (Role.COORDINATOR, centre)):
        client.force_login(recipes.staff(role, at))
        begins.append(client.get(reverse(REPORT)).context["chosen"])

    assert begins == ["country:", f"centre:{centre.pk}"]


def test_stranger_reads_no_report(client, told):
    assert client.get(reverse(REPORT)).headers["Location"].startswith(reverse("admin:login"))


def test_report_of_a_year_with_nothing_told(client, centre):
    client.force_login(recipes.staff(Role.COORDINATOR, centre))

    assert client.get(reverse(REPORT)).status_code == 200
    assert client.get(reverse(FILE)).status_code == 404
    assert client.get(reverse(REPORT), {"year": "٢٠٢٥"}).status_code == 404


def test_demand_tells_few_of_one_to_four(client, centre):
    recipes.venue(centre)
    for _each in range(5):
        recipes.waiting(centre, availability=["tue-evening", "wed-evening"])
    recipes.waiting(centre, availability=["tue-evening", "thu-evening"])
    client.force_login(recipes.staff(Role.COORDINATOR, centre))

    page = client.get(reverse(DEMAND)).context["page"]

    evening = {day.name: day.cells[2] for day in page.week}
    assert [evening[day].people for day in ("tirsdag", "onsdag", "torsdag", "fredag")] == [
        *("6", "5", "få", "0")
    ]
    assert [evening[day].length for day in ("tirsdag", "torsdag")] == [100, 0]
    assert evening["tirsdag"].rooms == 1
    assert evening["tirsdag"].lacks  # nobody to start it
    assert not evening["torsdag"].lacks


def test_demand_of_another_centre_is_not_there(client, centre):
    client.force_login(recipes.staff(Role.COORDINATOR, centre))

    assert client.get(reverse(DEMAND), {"centre": recipes.centre().pk}).status_code == 404


def test_picture_holds_every_number_within_its_frame():
    drawn = charts.trend(["a", "b", "c"], [("people", [0, 130, 65]), ("places", [0, 0, 0])])

    assert [level.words for level in drawn.levels] == ["0", "50", "100", "150"]
    marks = [mark for curve in drawn.curves for mark in curve.marks]
    assert all(0 <= mark.y <= drawn.height and 0 <= mark.x <= drawn.width for mark in marks)
    assert charts.trend([], []).curves == ()
