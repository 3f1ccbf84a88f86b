"""Each page of the staff asks the database as often among 500 rows of everything as among five.

The addresses come from the URL configuration, and each is opened with the same row both times:
forms, histories, and the pages of our own, the start page too. Lists have a test of their own.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from centres.models import Centre, StaffRole
from centres.states import Role
from groups.models import FollowUp, SelfHelpGroup
from groups.states import SeatState
from linkcenter.models import Activity, Message
from participants.domain.read_log import note
from participants.models import ConsentText, Registration, Talk
from participants.states import Door, TalkKind, TalkOutcome
from tests import recipes
from tests.groups.many import clones, many, more
from tests.groups.one_of_each import ONE, message
from tests.look.staff_site import NO_PAGE, model_of, names

pytestmark = [pytest.mark.django_db, pytest.mark.prove]

FEW, MANY = 5, 500
BESIDE = re.compile("django_session|SAVEPOINT")


def of_its_own(rows: dict[type[Model], Any]) -> list[Any]:
    """What the pages of the person and of the group show below each other."""
    person, group = rows[Registration], rows[SelfHelpGroup]
    by = recipes.staff(Role.COORDINATOR, group.centre)
    note(by, [person.participant_id], door=Door.PERSON, reason="called", now=timezone.now())
    told = message(group.centre)
    Message.objects.filter(pk=told.pk).update(recipient_id=person.participant_id)
    told.refresh_from_db()
    return [
        Talk.objects.create(
            registration=person, kind=TalkKind.TRIED, outcome=TalkOutcome.NO_ANSWER, by=by
        ),
        told,
        FollowUp.objects.create(group=group, what="talk", due=timezone.localdate(), owner=by),
        *(
            Activity.objects.create(subject=row, what=what, at=timezone.now(), actor=by)
            for row, what in ((person, "registered"), (group, "formed"))
        ),
    ]


def grow(rows: dict[type[Model], Any], own: list[Any], numbers: range) -> None:
    for row in [*rows.values(), *own]:
        many(row, numbers)
    group = rows[SelfHelpGroup]
    people = more(list(clones(rows[Registration].participant, numbers)))
    registrations = list(clones(rows[Registration], numbers))
    for registration, person in zip(registrations, people, strict=True):
        registration.participant = person
    seats = list(clones(group.seats.first(), numbers))
    for seat, registration in zip(seats, more(registrations), strict=True):
        seat.registration = registration
        # The group is full at a dozen; those who were in it are shown below.
        seat.state, seat.ended_at, seat.end_reason = SeatState.ENDED, timezone.now(), "no"
    more(seats)


def addresses(rows: dict[type[Model], Any], client: Client) -> Iterator[str]:
    for name, parameters in names():
        if name in NO_PAGE or name.endswith(("_changelist", "_view_on_site")):
            continue
        model = model_of(name)
        row = rows.get(model) if model else None
        pk = row.pk if row else 0
        seat = row.seats.first() if isinstance(row, SelfHelpGroup) else None
        values = {"object_id": pk, "pk": pk, "seat_pk": seat.pk if seat else 0}
        try:
            address = reverse(name, kwargs={each: values.get(each, 0) for each in parameters})
        except NoReverseMatch:
            continue
        if client.get(address).status_code == 200:
            yield address


def asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code == 200, address
    # Once a minute the session notes when the reader was last here.
    return sum(not BESIDE.search(query["sql"]) for query in queries)


def test_page_asks_as_often_among_many_rows(client: Client) -> None:
    centre: Centre = recipes.centre()
    user = recipes.staff(Role.LEAD, centre)
    StaffRole.objects.create(user=user, role=Role.ADMINISTRATOR)
    client.force_login(user)
    recipes.consent_texts()
    rows = {model: make(centre) for model, make in ONE.items() if model is not ConsentText}
    own = of_its_own(rows)
    grow(rows, own, range(1, FEW))
    pages = list(addresses(rows, client))
    of_few = {page: asked(client, page) for page in pages}

    grow(rows, own, range(FEW, MANY))

    assert len(pages) > 100
    of_many = {page: asked(client, page) for page in pages}
    assert {page: (of_few[page], n) for page, n in of_many.items() if n != of_few[page]} == {}
