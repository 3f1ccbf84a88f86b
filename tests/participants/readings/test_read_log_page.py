"""The log of readings, for whoever leads a centre: to look through each month."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import travel

from centres.models import Centre
from centres.states import Role
from groups.today.tiles import tiles_for
from linkcenter.models import User
from participants.domain.read_log import note
from participants.models import LookThrough, ReadLog
from participants.states import Door, ReadReason
from tests import recipes

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 12, 2, 9, tzinfo=UTC)
LAST_MONTH = NOW - timedelta(days=10)
LIST = reverse("admin:participants_readlog_changelist")
LOOK = reverse("admin:participants_readlog_look")


@pytest.fixture(autouse=True)
def at_work():
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def centre() -> Centre:
    return recipes.centre()


@pytest.fixture
def kari(centre: Centre) -> User:
    return recipes.staff(Role.COORDINATOR, centre, name="Kari")


@pytest.fixture
def lead(client: Client, centre: Centre) -> Client:
    client.force_login(recipes.staff(Role.LEAD, centre))
    return client


def readings(centre: Centre, kari: User) -> None:
    person = recipes.participant(centre).pk
    note(kari, [person], door=Door.PERSON, now=LAST_MONTH)
    note(kari, [person], door=Door.EXPORT, reason=ReadReason.MEETING, now=LAST_MONTH)
    later = LAST_MONTH + timedelta(hours=2)
    note(kari, [person], door=Door.PERSON, reason=ReadReason.PERSON_CALLED, now=later)
    note(kari, [person], door=Door.SEARCH, now=NOW)


def number(client: Client, view: str = "") -> int:
    shown: int = client.get(LIST, {"view": view} if view else {}).context["cl"].result_count
    return shown


def test_leads_see_their_own_centre_and_each_view(lead, centre, kari):
    readings(centre, kari)
    elsewhere = recipes.centre()
    readings(elsewhere, recipes.staff(Role.COORDINATOR, elsewhere))

    views = ("", "look", "others", "searches", "files")

    assert [number(lead, view) for view in views] == [4, 2, 1, 1, 1]


def test_months_that_are_looked_through_are_gone_from_the_list(lead, centre, kari):
    readings(centre, kari)

    lead.post(LOOK)
    again = lead.post(LOOK, follow=True)
    note(kari, [recipes.participant(centre).pk], door=Door.DATA, reason="away", now=NOW)

    assert number(lead, "look") == 0
    assert LookThrough.objects.get().centre == centre
    assert "0" in str(list(again.context["messages"])[-1])
    with travel(NOW + timedelta(days=31), tick=False):
        lead.logout()
        lead.force_login(User.objects.get(staff_roles__role=Role.LEAD))
        assert number(lead, "look") == 1


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR, Role.STATISTICS])
def test_nobody_else_sees_it(client, centre, kari, role):
    readings(centre, kari)
    is_national = role in (Role.ADMINISTRATOR, Role.STATISTICS)
    client.force_login(recipes.staff(role, None if is_national else centre))

    answers = [client.get(LIST), client.post(LOOK)]

    assert {answer.status_code for answer in answers} <= {302, 403}
    assert not LookThrough.objects.exists()


def test_found_by_reference(lead, centre, kari):
    readings(centre, kari)
    person = ReadLog.objects.first().participant

    found = lead.get(LIST, {"q": person.reference}).context["cl"].result_count
    nobody = lead.get(LIST, {"q": "D-9999999"}).context["cl"].result_count

    assert (found, nobody) == (4, 0)


def test_nothing_in_it_can_be_changed(lead, centre, kari):
    readings(centre, kari)
    row = ReadLog.objects.first()

    for act in ("change", "delete"):
        lead.post(reverse(f"admin:participants_readlog_{act}", args=[row.pk]), {"post": "yes"})

    assert ReadLog.objects.count() == 4


def test_tile_of_the_start_page_is_for_leads_and_counts_the_list(lead, client, centre, kari):
    readings(centre, kari)
    address = f"{LIST}?view=look"

    of_lead = [
        each.count
        for each in tiles_for(User.objects.get(name="Ansatt"), today=NOW.date())
        if each.url == address
    ]
    of_others = [each for each in tiles_for(kari, today=NOW.date()) if each.url == address]

    assert of_lead == [number(lead, "look")] == [2]
    assert of_others == []
