"""What no longer holds is refused on the person's page in words, and nothing has changed."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from centres.models import Centre
from centres.states import Role
from linkcenter.models import Activity, MessageState
from participants.domain.messages.acts import draft
from participants.domain.registration.closing import close
from participants.models import Registration, Talk
from participants.states import CloseReason
from tests import recipes

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre() -> Centre:
    recipes.consent_texts()
    return recipes.centre()


@pytest.fixture
def desk(client: Client, centre: Centre) -> Client:
    client.force_login(recipes.staff(Role.COORDINATOR, centre))
    return client


@pytest.fixture
def closed(centre: Centre) -> Registration:
    registration = recipes.waiting(centre)
    close(registration, reason=CloseReason.NO_ANSWER, actor=None)
    registration.refresh_from_db()
    return registration


def act(desk: Client, name: str, registration: Registration, **answers: Any) -> Any:
    address = reverse(f"admin:participants_registration_{name}", args=[registration.pk])
    return desk.post(address, answers, follow=True)


def state(registration: Registration) -> tuple[Any, ...]:
    row = Registration.objects.filter(pk=registration.pk).values_list().get()
    return (*row, Talk.objects.count(), Activity.objects.count())


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("week", {"availability": ["mon-evening"]}),
        ("close", {"reason": CloseReason.NOT_NOW, "sure": "on"}),
        ("close", {"reason": CloseReason.WITHDRAWN, "sure": "on"}),
        ("still", {"answer": "yes"}),
        ("still", {"answer": "no"}),
        ("let-in", {}),
        ("turn-away", {}),
    ],
)
def test_act_on_what_is_closed_is_refused(desk, closed, name, answers) -> None:
    before = state(closed)

    page = act(desk, name, closed, **answers)

    assert state(closed) == before
    told = [str(message) for message in page.context["messages"]]
    assert page.status_code == 200
    assert len(told) == 1


def test_answer_that_is_none_changes_nothing(desk, centre) -> None:
    registration = recipes.waiting(centre)
    before = state(registration)

    page = act(desk, "still", registration, answer="perhaps")

    assert state(registration) == before
    assert not list(page.context["messages"])


def test_message_of_somebody_else_is_not_ticked_off_here(desk, centre) -> None:
    registration, other = recipes.waiting(centre), recipes.waiting(centre)
    message = draft(other.participant, kind="call_us")
    address = reverse("admin:participants_registration_told", args=[registration.pk, message.pk])

    assert desk.post(address).status_code == 404

    message.refresh_from_db()
    assert message.state == MessageState.DRAFT
