"""A machine's clock is set back, or ahead and then right: nobody is refused, or let in too long."""

from datetime import UTC, datetime, timedelta

import pytest
from time_machine import travel

from centres.states import Role
from linkcenter.forms.open_forms import is_quick
from linkcenter.jobs import job_run
from linkcenter.models import JobRun
from participants.domain.person import consents
from participants.domain.registration.closing import undo_withdrawal, withdraw
from participants.domain.registration.consent_withdrawal import withdraw_consent
from participants.models import Registration
from participants.states import ConsentPurpose, GivenBy, RegistrationState
from tests import recipes
from tests.participants import own, walk

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 9, 12, tzinfo=UTC)
BEFORE = NOON - timedelta(hours=2)
SOON = timedelta(minutes=5)
PURPOSES = {ConsentPurpose.CONTACT, ConsentPurpose.DIGITAL}


@pytest.fixture
def registration():
    recipes.consent_texts()
    person = recipes.participant(recipes.centre(), email="kari@example.org")
    consents.give(person, sorted(PURPOSES), language="nb", given_by=GivenBy.WEB, now=NOON)
    return recipes.registration(person, registered_at=NOON)


def test_form_that_was_begun_later_than_now_is_taken(client):
    centre = walk.place()
    with travel(NOON, tick=False):
        walk.fill(client, centre)

    with travel(BEFORE, tick=False):
        response = walk.post(client, centre, "sjekk", **walk.yes())

    assert response.url == "/meld-interesse/kvittering/"
    assert Registration.objects.get().state == RegistrationState.RECEIVED


def test_page_that_was_shown_later_than_now_was_not_filled_in_by_a_program():
    with travel(BEFORE, tick=False):
        assert not is_quick(NOON.timestamp())
        assert is_quick(BEFORE.timestamp() - 1)


def test_who_registered_later_than_now_can_withdraw_and_undo_it(registration):
    withdraw(registration, now=BEFORE)
    gone = consents.given(registration.participant)
    undo_withdrawal(registration, now=BEFORE + SOON)

    assert gone == set()
    assert consents.given(registration.participant) == PURPOSES


def test_consent_that_was_given_later_than_now_can_be_taken_back(registration):
    withdraw_consent(registration.participant, purpose=ConsentPurpose.DIGITAL, now=BEFORE)

    assert consents.given(registration.participant) == {ConsentPurpose.CONTACT}


def test_nightly_job_ends_that_began_later_than_now():
    with travel(NOON, tick=False) as clock, job_run("tests.job"):
        clock.move_to(BEFORE)

    assert JobRun.objects.get().finished_at == NOON


def test_log_in_from_a_day_that_has_not_come_does_not_last_until_then(client):
    with travel(NOON + timedelta(days=300), tick=False):
        client.force_login(recipes.staff(Role.ADMINISTRATOR))
        assert client.get("/admin/handbok/").status_code == 200

    with travel(NOON, tick=False):
        assert client.get("/admin/handbok/").status_code == 302


def test_own_page_from_a_day_that_has_not_come_does_not_stay_open(client, registration):
    with travel(NOON + timedelta(days=300), tick=False):
        own.enter(client, registration.participant)

    with travel(NOON, tick=False):
        assert "participant" not in (client.get(own.PAGE).context or {})


@pytest.mark.parametrize("minutes", [-10, 10])
def test_who_works_here_goes_on_after_a_small_step(client, minutes):
    with travel(NOON, tick=False):
        client.force_login(recipes.staff(Role.ADMINISTRATOR))
        client.get("/admin/handbok/")

    with travel(NOON + timedelta(minutes=minutes), tick=False):
        assert client.get("/admin/handbok/").status_code == 200
