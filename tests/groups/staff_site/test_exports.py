"""Lists taken out as files: a right of its own, few columns, and written down for each person."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from time_machine import travel

from centres.models import Centre, StaffRole
from centres.states import Role
from groups.lists.exporting import LISTINGS
from groups.models import Export
from groups.states import ExportList
from linkcenter.models import User
from participants.models import ReadLog, Registration
from tests import recipes
from tests.participants import own

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
ADD = reverse("admin:groups_export_add")
LIST = reverse("admin:groups_export_changelist")
RIGHTS = reverse("admin:groups_export_rights")


@pytest.fixture(autouse=True)
def at_work():
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def centre() -> Centre:
    return recipes.centre()


@pytest.fixture
def kari(centre: Centre) -> User:
    user = recipes.staff(Role.COORDINATOR, centre, name="Kari")
    StaffRole.objects.filter(user=user).update(may_export=True)
    return user


@pytest.fixture
def desk(client: Client, kari: User) -> Client:
    client.force_login(kari)
    return client


@pytest.fixture
def waiting(centre: Centre) -> Registration:
    return recipes.waiting(centre, {"name": "=HYPERLINK(1)", "phone": "+4741234567"})


def form(centre: Centre, *columns: str, **fields: str) -> dict[str, object]:
    return {"centre": centre.pk, "columns": columns, "reason": "meeting"} | fields


def cells(answer) -> list[list[str]]:
    text = answer.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_those_who_wait_as_a_harmless_file(desk, centre, waiting):
    recipes.waiting(recipes.centre())

    answer = desk.post(ADD, form(centre, "reference", "first_name", "phone"))

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in answer.headers["Cache-Control"]
    heading, *rows = cells(answer)
    assert heading == ["referanse", "fornavn", "telefon"]
    assert rows == [[str(waiting), "'=HYPERLINK(1)", "412 34 567"]]


def test_it_is_written_down_for_everybody_on_it_who_can_read_it(desk, client, centre, waiting):
    desk.post(ADD, form(centre, "reference"))

    export, read = Export.objects.get(), ReadLog.objects.get(door="export")
    assert (export.rows, export.columns, export.reason) == (1, ["reference"], "meeting")
    assert (read.participant, read.reason, read.role) == (
        waiting.participant,
        "meeting",
        Role.COORDINATOR,
    )
    own.enter(client, waiting.participant)
    html = client.get("/min-side/hvem-har-sett/").content.decode()
    assert "en liste som ble tatt ut (for å planlegge grupper sammen)" in html


@pytest.mark.parametrize("what", ExportList)
def test_every_list_can_be_taken_out_whole(desk, centre, waiting, what):
    recipes.seat(recipes.group(centre))
    columns = [column.name for column in LISTINGS[what].columns]

    answer = desk.post(f"{ADD}?what={what}", form(centre, *columns))

    heading, *_rows = cells(answer)
    assert len(heading) == len(columns)
    assert Export.objects.get().what == what


@pytest.mark.parametrize(
    "typed",
    [{"columns": []}, {"columns": ["themes"]}, {"columns": ["message"]}, {"reason": ""}],
)
def test_no_other_column_and_none_without_a_reason(desk, centre, waiting, typed):
    answer = desk.post(ADD, form(centre, "reference") | typed)

    assert answer.context["form"].errors
    assert not Export.objects.exists()


def test_nobody_takes_out_without_the_right(client, centre, waiting):
    client.force_login(recipes.staff(Role.LEAD, centre))

    answer = client.post(ADD, form(centre, "reference"))

    assert answer.status_code == 403
    assert not Export.objects.exists()


def test_right_holds_at_the_own_centre_alone(desk, waiting):
    other = recipes.centre()
    StaffRole.objects.create(
        user=User.objects.get(name="Kari"), role=Role.COORDINATOR, centre=other
    )

    answer = desk.post(ADD, form(other, "reference"))

    assert answer.context["form"].errors.keys() == {"centre"}


def test_right_that_is_taken_away_ends_at_once(desk, centre, waiting):
    StaffRole.objects.update(may_export=False)

    assert desk.post(ADD, form(centre, "reference")).status_code == 403


def test_whoever_logged_in_long_ago_shows_again_who_they_are(desk, centre, waiting):
    desk.get(LIST)
    with travel(NOW + timedelta(minutes=11), tick=False):
        answer = desk.post(ADD, form(centre, "reference"))

    assert answer.status_code == 302
    assert not Export.objects.exists()


@pytest.mark.parametrize("table", ["participants_readlog", "groups_export"])
def test_no_file_that_could_not_be_written_down(desk, centre, waiting, table):
    with connection.cursor() as cursor:
        cursor.execute(f"alter table {table} rename to away")

    with pytest.raises(DatabaseError), transaction.atomic():
        desk.post(ADD, form(centre, "reference"))


def test_leads_say_who_may_at_their_centre_and_nobody_else(client, centre):
    colleague = recipes.staff(Role.COORDINATOR, centre).staff_roles.get()
    stranger = recipes.staff(Role.COORDINATOR, recipes.centre()).staff_roles.get()
    ticked = {"role": [colleague.pk, stranger.pk]}
    client.force_login(recipes.staff(Role.COORDINATOR, centre))
    refused = client.post(RIGHTS, ticked)
    client.force_login(recipes.staff(Role.LEAD, centre))

    client.post(RIGHTS, ticked)

    assert refused.status_code == 403
    colleague.refresh_from_db()
    stranger.refresh_from_db()
    assert (colleague.may_export, stranger.may_export) == (True, False)


def test_leads_see_what_was_taken_out_and_others_their_own(desk, client, centre, waiting):
    desk.post(ADD, form(centre, "reference"))
    shown = []
    lead = recipes.staff(Role.LEAD, centre)
    elsewhere = recipes.staff(Role.LEAD, recipes.centre())
    for user in (User.objects.get(name="Kari"), lead, elsewhere):
        client.force_login(user)
        shown.append(client.get(LIST).context["cl"].result_count)

    assert shown == [1, 1, 0]
