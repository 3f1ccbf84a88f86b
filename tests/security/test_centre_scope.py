"""Every door of the staff's workplace, tried by those it is closed to.

A row of another centre answers as one that is missing: the same status, the same way on, and
nothing of it in the page.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.contrib import admin
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from centres.admin.scope import CentreScopedAdmin
from centres.models import Centre
from centres.states import Role
from groups.domain.forming.match_runs import propose
from groups.models import Initiator, MatchRun, SelfHelpGroup
from linkcenter.messages.outbox import queue
from linkcenter.models import Message, User
from participants.models import KeepApart, Registration
from tests import recipes
from tests.bulk import sure

pytestmark = pytest.mark.django_db

MISSING = 999_999_999
WORD, CANARY = "Kari", "Kanarifugl"  # a name holds both: one is searched for, the other betrays


@dataclass
class Rows:
    """One row of everything that has to do with people, at one centre."""

    centre: Centre
    registration: Registration
    group: SelfHelpGroup
    run: MatchRun
    initiator: Initiator
    keep_apart: KeepApart
    message: Message

    def people(self) -> dict[type[Model], Model]:
        rows = [self.registration, self.group, self.run, self.initiator]
        return {type(row): row for row in [*rows, self.keep_apart, self.message]}


@pytest.fixture
def foreign() -> Rows:
    centre = recipes.centre("link-annen")
    registration = recipes.waiting(centre, {"name": f"{WORD} {CANARY}"}, message=CANARY)
    other = recipes.waiting(centre, {"name": f"{WORD} {CANARY}"})
    first, second = sorted([registration.participant, other.participant], key=lambda p: p.pk)
    group = recipes.group(centre, name=CANARY)
    recipes.seat(group, registration)
    return Rows(
        centre=centre,
        registration=registration,
        group=group,
        run=propose([centre], actor=None),
        initiator=recipes.initiator(centre, name=CANARY),
        keep_apart=KeepApart.objects.create(first=first, second=second),
        message=queue(
            registration.participant,
            matter="test:1",
            kind="receipt",
            channel="call",
            to="+4741234567",
            language="nb",
            subject=CANARY,
            text=CANARY,
        ),
    )


@pytest.fixture
def coordinator() -> User:
    return recipes.staff(Role.COORDINATOR, recipes.centre("link-egen"))


@pytest.fixture
def administrator() -> User:
    return recipes.staff(Role.ADMINISTRATOR)


def pages_of(model: type[Model], pk: int) -> Iterator[str]:
    """Each of Django's own pages about one row."""
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    for page in ("change", "delete", "history"):
        yield reverse(f"{name}_{page}", args=[pk])


def acts(registration: int, group: int, seat: int, run: int, message: int) -> Iterator[str]:
    """Each address of our own that posts."""
    for act in (
        *("talk", "week", "close", "contact", "book", "cancel_talk", "group", "wishes", "pause"),
        *("resume", "undo", "take_back", "data", "erase", "move"),
    ):
        yield reverse(f"admin:participants_registration_{act}", args=[registration])
    yield reverse("admin:participants_registration_told", args=[registration, message])
    for act in (
        *("add_person", "ask", "settle", "start_meeting", "hand_over", "let_go", "end"),
        *("facts", "follow_up"),
    ):
        yield reverse(f"admin:groups_selfhelpgroup_{act}", args=[group])
    for act in ("sheet", "promise", "calendar", "signed", "report", "put_on", "tell_initiators"):
        yield reverse(f"admin:groups_selfhelpgroup_{act}", args=[group])
    for act in ("remove", "yes", "no", "other_time"):
        yield reverse(f"admin:groups_selfhelpgroup_{act}", args=[group, seat])
    yield reverse("admin:groups_matchrun_accept", args=[run, 0])
    yield reverse("admin:groups_matchrun_proposal", args=[run, 0])
    yield reverse("admin:groups_matchrun_use", args=[run])
    yield reverse("admin:groups_matchrun_why", args=[registration])


def told(response: HttpResponse, pk: int) -> tuple[int, str, str]:
    """What an answer tells, with the number that was asked for taken out."""
    text = response.content.decode(errors="replace").replace(f"/{pk}/", "/PK/")
    way_on = response.headers.get("Location", "").replace(f"/{pk}/", "/PK/")
    return response.status_code, way_on, "" if response.status_code == 302 else text


def test_registry_holds_only_pages_kept_to_centres() -> None:
    unscoped = [
        model.__name__
        for model, page in admin.site._registry.items()
        if not isinstance(page, CentreScopedAdmin)
    ]

    assert unscoped == []


@pytest.mark.parametrize("method", ["get", "post"])
def test_row_of_another_centre_answers_as_a_missing_one(
    client: Client, coordinator: User, foreign: Rows, method: str
) -> None:
    client.force_login(coordinator)
    client.defaults["HTTP_X_REQUEST_ID"] = "0" * 32  # a refusal shows a code of the request

    for model, row in foreign.people().items():
        for page, missing in zip(pages_of(model, row.pk), pages_of(model, MISSING), strict=True):
            answer = getattr(client, method)(page)
            client.get(reverse("admin:index"))  # shows the message that the row is not there
            nothing = getattr(client, method)(missing)
            client.get(reverse("admin:index"))

            assert without_tokens(told(answer, row.pk)) == without_tokens(told(nothing, MISSING))
            assert CANARY not in answer.content.decode()


def without_tokens(answer: tuple[int, str, str]) -> tuple[int, str, str]:
    status, way_on, text = answer
    kept = [line for line in text.splitlines() if "csrfmiddlewaretoken" not in line]
    return status, way_on, "\n".join(kept)


@pytest.mark.parametrize("method", ["get", "post"])
def test_acts_on_another_centre_answer_as_on_a_missing_row(
    client: Client, coordinator: User, foreign: Rows, method: str
) -> None:
    client.force_login(coordinator)
    seat = foreign.group.seats.get()
    before = state_of(foreign)

    for address, missing in zip(
        acts(
            foreign.registration.pk, foreign.group.pk, seat.pk, foreign.run.pk, foreign.message.pk
        ),
        acts(MISSING, MISSING, MISSING, MISSING, MISSING),
        strict=True,
    ):
        answer = getattr(client, method)(address)
        nothing = getattr(client, method)(missing)

        assert answer.status_code == nothing.status_code, address
        assert answer.status_code in (302, 404)
        assert CANARY not in answer.content.decode()
    assert state_of(foreign) == before


def state_of(rows: Rows) -> list[object]:
    """Everything about the rows that an act could change."""
    return [
        list(model.objects.filter(pk=row.pk).values())  # type: ignore[attr-defined]
        for model, row in rows.people().items()
    ] + [list(rows.group.seats.values()), rows.centre.match_runs.count()]


def test_own_group_takes_neither_foreign_person_nor_foreign_seat(
    client: Client, coordinator: User, foreign: Rows
) -> None:
    client.force_login(coordinator)
    centre = coordinator.staff_roles.get().centre
    own = recipes.group(centre)
    waiting = recipes.waiting(foreign.centre)
    seat = foreign.group.seats.get()

    page = client.post(
        reverse("admin:groups_selfhelpgroup_add_person", args=[own.pk]),
        {"registration": waiting.pk},
    )
    removal = client.post(reverse("admin:groups_selfhelpgroup_remove", args=[own.pk, seat.pk]))
    proposals = client.post(reverse("admin:groups_matchrun_propose"), {"centre": foreign.centre.pk})

    assert page.status_code == 200
    assert own.seats.count() == 0
    assert removal.status_code == 404
    assert proposals.status_code == 404
    assert foreign.centre.match_runs.count() == 1


def test_told_by_hand_takes_no_foreign_message(
    client: Client, coordinator: User, foreign: Rows
) -> None:
    client.force_login(coordinator)
    centre = coordinator.staff_roles.get().centre
    own = recipes.waiting(centre)
    told_address = reverse(
        "admin:participants_registration_told", args=[own.pk, foreign.message.pk]
    )
    action = sure("mark_as_told", [foreign.message])

    answer = client.post(told_address)
    client.post(reverse("admin:linkcenter_message_changelist"), action | {"select_across": "1"})

    assert answer.status_code == 404
    foreign.message.refresh_from_db()
    assert foreign.message.state == "queued"


def test_lists_and_search_hold_no_row_of_another_centre(
    client: Client, coordinator: User, foreign: Rows
) -> None:
    client.force_login(coordinator)
    terms = [
        "",
        WORD,
        foreign.registration.participant.email,
        foreign.registration.participant.reference,
        str(foreign.registration.pk),
    ]

    for model, page in admin.site._registry.items():
        if model not in foreign.people():
            continue
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for term in terms:
            answer = client.get(address, {"q": term})
            assert CANARY not in answer.content.decode(), page
            assert answer.context["cl"].result_count == 0


def test_choices_by_search_hold_no_row_of_another_centre(
    client: Client, coordinator: User, foreign: Rows
) -> None:
    client.force_login(coordinator)
    fields = {"app_label": "groups", "model_name": "seat", "field_name": "registration"}
    terms = ["", WORD, foreign.registration.participant.reference]

    for term in terms:
        answer = client.get(reverse("admin:autocomplete"), fields | {"term": term})
        assert answer.json()["results"] == []


def test_look_ups_tell_nothing_of_another_centre(
    client: Client, coordinator: User, foreign: Rows
) -> None:
    client.force_login(coordinator)

    for model in foreign.people():
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for field in model._meta.get_fields():
            answer = client.get(address, {f"{field.name}__startswith": "K"})
            assert answer.status_code in (302, 400), (model, field)


@pytest.mark.parametrize("who", ["anonymous", "without a role", "retired"])
def test_admin_opens_nothing_without_a_role(
    client: Client, coordinator: User, foreign: Rows, who: str
) -> None:
    if who == "without a role":
        coordinator.staff_roles.all().delete()
    if who != "anonymous":
        client.force_login(coordinator)
    if who == "retired":
        User.objects.filter(pk=coordinator.pk).update(is_active=False)
    seat = foreign.group.seats.get()
    addresses = [
        reverse("admin:index"),
        *(page for model, row in foreign.people().items() for page in pages_of(model, row.pk)),
        *acts(
            foreign.registration.pk, foreign.group.pk, seat.pk, foreign.run.pk, foreign.message.pk
        ),
    ]
    before = state_of(foreign)

    answers = [call(address) for address in addresses for call in (client.get, client.post)]

    login = reverse("admin:login")
    assert {(a.status_code, a.headers["Location"].partition("?")[0]) for a in answers} == {
        (302, login)
    }
    assert state_of(foreign) == before


def test_administrator_sees_no_people(client: Client, administrator: User, foreign: Rows) -> None:
    client.force_login(administrator)
    seat = foreign.group.seats.get()
    addresses = [
        *(page for model, row in foreign.people().items() for page in pages_of(model, row.pk)),
        *(
            reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
            for model in foreign.people()
        ),
        *acts(
            foreign.registration.pk, foreign.group.pk, seat.pk, foreign.run.pk, foreign.message.pk
        ),
        reverse("admin:participants_registration_add"),
    ]
    before = state_of(foreign)

    for address in addresses:
        for call in (client.get, client.post):
            answer = call(address)
            assert answer.status_code in (302, 403, 404), address
            assert CANARY not in answer.content.decode()
    start = client.get(reverse("admin:index"))
    sections = [section for half in start.context["sections"] for section in half]
    tiles = [tile for _urgency, waiting in sections for tile in waiting] + start.context["calm"]
    lists = {tile.url.partition("?")[0] for tile in tiles}
    house = {f"/admin/centres/{name}/" for name in ("enquiry", "centre", "venue")}
    assert lists == house  # nothing of a person
    assert CANARY not in start.content.decode()
    assert state_of(foreign) == before


def test_right_that_is_taken_away_ends_at_once(
    client: Client, coordinator: User, foreign: Rows
) -> None:
    role = coordinator.staff_roles.get()
    own = recipes.waiting(role.centre)
    client.force_login(coordinator)
    page = reverse("admin:participants_registration_change", args=[own.pk])
    first = client.get(page)
    role.delete()

    second = client.get(page)

    assert first.status_code == 200
    assert second.status_code == 302
