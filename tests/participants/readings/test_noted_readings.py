"""Who at the centre has opened a person's record: noted before it is shown, and told to them."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from time_machine import travel

from centres.models import Centre, StaffRole
from centres.states import Role
from groups.domain.forming.match_runs import propose
from linkcenter.messages.outbox import queue
from linkcenter.models import Message, User
from participants.domain.erasure import erase
from participants.domain.read_log import note
from participants.models import KeepApart, Participant, ReadLog, Registration
from participants.states import Door
from tests import recipes
from tests.participants import own

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 9, 20, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_work():
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def registration() -> Registration:
    return recipes.registration(recipes.participant(recipes.centre()))


@pytest.fixture
def person(registration: Registration) -> Participant:
    return registration.participant


@pytest.fixture
def coordinator(person: Participant) -> User:
    return recipes.staff(Role.COORDINATOR, person.centre, name="Kari Koordinator")


@pytest.fixture
def desk(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


def page_of(registration: Registration) -> str:
    return reverse("admin:participants_registration_change", args=[registration.pk])


def noted() -> list[Any]:
    return list(ReadLog.objects.order_by("pk").values_list("participant", "reader", "door"))


def test_opening_a_persons_page_is_noted_once_an_hour(desk, registration, coordinator):
    for _time in range(3):
        desk.get(page_of(registration))
    with travel(NOW + timedelta(hours=1), tick=False):
        desk.logout()
        desk.force_login(coordinator)
        desk.get(page_of(registration))

    assert noted() == [(registration.participant_id, coordinator.pk, "person")] * 2


def test_each_reader_and_each_door_is_a_row_of_its_own(person, coordinator):
    colleague = recipes.staff(Role.COORDINATOR, person.centre)

    for reader in (coordinator, colleague):
        for door in (Door.PERSON, Door.GROUP):
            note(reader, [person.pk], door=door)

    assert ReadLog.objects.count() == 4


def test_a_group_of_people_is_noted_in_one_statement(
    desk, registration, coordinator, django_assert_num_queries
):
    centre = registration.participant.centre
    people = [recipes.participant(centre).pk for _each in range(8)]

    with django_assert_num_queries(1):
        note(coordinator, people, door=Door.CALL_LIST)

    assert ReadLog.objects.count() == 8


def test_page_of_a_group_shows_names_and_is_noted_for_each(desk, person, coordinator):
    group = recipes.group(person.centre)
    seats = [recipes.seat(group) for _each in range(2)]

    desk.get(reverse("admin:groups_selfhelpgroup_change", args=[group.pk]))

    readers = [(seat.registration.participant_id, coordinator.pk, "group") for seat in seats]
    assert noted() == readers


@pytest.mark.parametrize(
    ("way", "page", "door"), [("letter", "letters", "letter"), ("phone", "calls", "call_list")]
)
def test_papers_with_names_are_noted(desk, person, coordinator, way, page, door):
    Participant.objects.update(
        preferred_way=way, email=None, phone="+4741234567", postal_address="Storgata 1"
    )
    person.refresh_from_db()
    written(person)

    desk.get(reverse(f"admin:linkcenter_message_{page}"))

    assert noted() == [(person.pk, coordinator.pk, door)]


def test_a_message_that_is_opened_is_noted(desk, person, coordinator):
    message = written(person)

    desk.get(reverse("admin:linkcenter_message_change", args=[message.pk]))

    assert noted() == [(person.pk, coordinator.pk, "message")]


def written(person: Participant) -> Message:
    return queue(
        person,
        matter="test:1",
        kind="receipt",
        channel=person.channel,
        to=person.address,
        language="nb",
        subject="Hei",
        text="Hei",
    )


def test_proposals_are_noted_for_those_who_are_named(desk, person, coordinator):
    centre = person.centre
    recipes.venue(centre)
    recipes.initiator(centre)
    people = {recipes.waiting(centre).participant_id for _each in range(4)}
    run = propose([centre], actor=None, now=NOW)

    desk.get(reverse("admin:groups_matchrun_change", args=[run.pk]))

    assert {(pk, door) for pk, _reader, door in noted()} == {(pk, "proposals") for pk in people}


def test_who_may_not_open_it_is_not_noted(client, registration):
    stranger = recipes.staff(Role.COORDINATOR, recipes.centre())
    client.force_login(stranger)

    client.get(page_of(registration))
    client.post(reverse("admin:participants_registration_talk", args=[registration.pk]))

    assert noted() == []


def test_a_list_is_noted_for_everybody_on_the_page_once_a_day(desk, registration, coordinator):
    recipes.registration(recipes.participant(recipes.centre()))  # of a centre that is not shown
    for hours in range(3):
        with travel(NOW + timedelta(hours=hours), tick=False):
            desk.logout()
            desk.force_login(coordinator)
            desk.get(reverse("admin:participants_registration_changelist"))

    assert noted() == [(registration.participant_id, coordinator.pk, "list")]


def test_a_search_is_noted_for_those_it_finds(desk, registration, coordinator):
    recipes.registration(recipes.participant(registration.participant.centre))
    find = reverse("admin:participants_registration_find")

    desk.post(find, {"text": registration.participant.reference}, follow=True)

    assert noted() == [(registration.participant_id, coordinator.pk, "search")]


def test_the_outbox_and_the_pairs_are_noted_too(desk, person, coordinator):
    other = recipes.participant(person.centre)
    KeepApart.objects.create(first=person, second=other)
    written(person)

    desk.get(reverse("admin:linkcenter_message_changelist"))
    desk.get(reverse("admin:participants_keepapart_changelist"))

    assert noted() == [(person.pk, coordinator.pk, "list"), (other.pk, coordinator.pk, "list")]


def test_a_row_says_as_what_and_where_they_worked(person, coordinator):
    elsewhere = recipes.centre()
    StaffRole.objects.create(user=coordinator, role=Role.LEAD, centre=elsewhere)

    note(coordinator, [person.pk], door=Door.PERSON)

    row = ReadLog.objects.get()
    assert (row.role, row.centre) == (Role.COORDINATOR, person.centre)


@pytest.mark.parametrize("page", ["person", "list", "search", "calls"])
def test_nothing_is_shown_that_could_not_be_noted(desk, registration, page):
    Participant.objects.update(preferred_way="phone", email=None, phone="+4741234567")
    registration.participant.refresh_from_db()
    written(registration.participant)
    people = reverse("admin:participants_registration_changelist")
    address = {
        "person": page_of(registration),
        "list": people,
        "search": f"{people}?q={registration.participant.reference}",
        "calls": reverse("admin:linkcenter_message_calls"),
    }[page]
    with connection.cursor() as cursor:
        cursor.execute("alter table participants_readlog rename to participants_readlog_away")

    with pytest.raises(DatabaseError), transaction.atomic():
        desk.get(address)


def test_the_database_refuses_to_change_a_row(person, coordinator):
    note(coordinator, [person.pk], door=Door.PERSON)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        ReadLog.objects.update(reader=recipes.staff(Role.LEAD, person.centre))


def test_the_database_refuses_to_let_a_row_go_before_its_person(person, coordinator):
    note(coordinator, [person.pk], door=Door.PERSON)

    with pytest.raises(IntegrityError, match="append-only"):
        take_all_away()


@transaction.atomic
def take_all_away() -> None:
    ReadLog.objects.all().delete()
    connection.check_constraints()  # as at the end of the transaction


def test_rows_go_with_the_person_who_is_erased(person, coordinator, settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "erasures.txt"
    note(coordinator, [person.pk], door=Door.PERSON)

    erase(person)
    connection.check_constraints()

    assert noted() == []


def read_by_the_person(client: Client, person: Participant) -> str:
    own.enter(client, person)
    return client.get("/min-side/hvem-har-sett/").content.decode()


@pytest.mark.parametrize(
    ("names_readers", "there", "not_there"),
    [
        (True, "Kari Koordinator, koordinator ved LINK", "Koordinator ved LINK"),
        (False, "Koordinator ved LINK", "Kari Koordinator"),
    ],
)
def test_the_person_reads_who_when_and_what(
    client, person, coordinator, names_readers, there, not_there
):
    Centre.objects.update(names_readers=names_readers)
    note(coordinator, [person.pk], door=Door.PERSON)

    html = read_by_the_person(client, person)

    assert there in html
    assert not_there not in html
    assert "10:20" in html
    assert "siden din hos senteret" in html


def test_the_person_who_was_never_looked_up_reads_that(client, person):
    assert "Ingen har åpnet det ennå." in read_by_the_person(client, person)


def test_nobody_reads_about_others(client, person, coordinator):
    other = recipes.participant(person.centre)
    note(coordinator, [other.pk], door=Door.PERSON)

    assert "Kari Koordinator" not in read_by_the_person(client, person)


@pytest.mark.parametrize("names_readers", [True, False])
def test_my_data_has_it_too(client, person, coordinator, names_readers):
    Centre.objects.update(names_readers=names_readers)
    note(coordinator, [person.pk], door=Door.PERSON)
    own.enter(client, person)

    told = json.loads(client.get("/min-side/opplysninger.json").content)

    read = next(each for each in told["records"] if each["kind"] == "participants.readlog")
    who = "Kari Koordinator" if names_readers else "staff"
    assert read["fields"]["reader"]["value"] == who
    assert read["fields"]["door"]["value"] == "person"


@pytest.mark.parametrize(("role", "sees"), [(Role.LEAD, True), (Role.COORDINATOR, False)])
def test_leads_see_it_on_the_persons_page(client, registration, coordinator, role, sees):
    note(coordinator, [registration.participant_id], door=Door.PROPOSALS)
    client.force_login(recipes.staff(role, registration.participant.centre))

    html = client.get(page_of(registration)).content.decode()

    assert ("Hvem har åpnet" in html) is sees


def test_who_is_perhaps_the_same_person_is_noted_as_on_a_list(desk, coordinator, registration):
    centre = registration.participant.centre
    alike, twin = (recipes.waiting(centre, {"phone": "+4741234567"}) for _each in range(2))

    desk.get(page_of(alike))

    assert (twin.participant_id, coordinator.pk, "list") in noted()


def test_whom_a_group_could_have_is_noted_as_on_a_list(desk, coordinator, registration):
    centre = registration.participant.centre
    group = recipes.group(centre)
    waits = [recipes.waiting(centre, availability=["sun-morning"]) for _each in range(9)]

    shown = desk.get(reverse("admin:groups_selfhelpgroup_change", args=[group.pk]))

    assert all(f"{each} " in shown.content.decode() for each in waits)
    assert {person for person, _reader, _door in noted()} == {each.participant_id for each in waits}
