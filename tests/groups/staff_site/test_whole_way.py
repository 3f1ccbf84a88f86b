"""Staff's way from a new registration to a group that runs itself, by the pages they use."""

from datetime import UTC, datetime, time

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import travel

from centres.models import Centre
from centres.states import Role
from groups.domain.forming.match_runs import carry_out
from groups.models import SelfHelpGroup
from groups.states import GroupState, SeatState
from linkcenter.models import User
from tests import recipes

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 9, 9, tzinfo=UTC)


@pytest.fixture
def centre() -> Centre:
    return recipes.centre("link-prov")


@pytest.fixture
def coordinator(centre: Centre) -> User:
    return recipes.staff(Role.COORDINATOR, centre)


@pytest.fixture
def staff(coordinator: User, client: Client) -> Client:
    client.force_login(coordinator)
    return client


def post(client: Client, name: str, *args: int, **data: object) -> object:
    response = client.post(reverse(f"admin:{name}", args=args), data)
    assert response.status_code == 302, response.content.decode()
    assert "/login/" not in response.headers["Location"]
    return client.get(response.headers["Location"])


@travel(NOW, tick=False)
def test_journey_from_registration_to_self_run_group(
    staff: Client, coordinator: User, centre: Centre
) -> None:
    recipes.venue(centre)
    recipes.initiator(centre)
    rows = [recipes.registration(recipes.participant(centre)) for _ in range(4)]
    for row in rows:
        post(staff, "participants_registration_talk", row.pk, kind="rang", outcome="ready")

    post(staff, "groups_matchrun_propose", centre=centre.pk)
    run = centre.match_runs.get()
    carry_out(run.pk)
    post(staff, "groups_matchrun_accept", run.pk, 0)
    group = SelfHelpGroup.objects.get()
    post(staff, "groups_selfhelpgroup_ask", group.pk)
    for seat in group.seats.all():
        post(staff, "groups_selfhelpgroup_yes", group.pk, seat.pk)
    post(staff, "groups_selfhelpgroup_settle", group.pk, first_date=group.first_date)
    with travel(datetime.combine(group.first_date, time(20), UTC)):
        staff.force_login(coordinator)
        held = {"held_on": group.first_date, "confidentiality_signed": "on"}
        post(staff, "groups_selfhelpgroup_start_meeting", group.pk, **held)
        contact = group.seats.members().first()
        page = post(staff, "groups_selfhelpgroup_hand_over", group.pk, seat=contact.pk)

    group.refresh_from_db()
    assert group.state == GroupState.SELF_RUN
    assert page.context["state_in_words"] == GroupState.SELF_RUN.label
    assert {seat.state for seat in group.seats.all()} == {SeatState.YES}
