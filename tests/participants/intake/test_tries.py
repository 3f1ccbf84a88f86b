"""Tries in vain at a glance: how many, by whom, the next one, and what to do after several."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from centres.states import Role
from participants.domain.intake.tries import ANOTHER_PART, CALL_LATER, CLOSE, WRITE, tries_of
from participants.models import Registration, Talk
from participants.states import TalkKind, TalkOutcome
from tests import recipes

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 11, 2, 9, tzinfo=UTC)
EVENING = datetime(2026, 11, 3, 18, tzinfo=UTC)


@pytest.fixture
def registration():
    centre = recipes.centre()
    return recipes.registration(recipes.participant(centre, email=None, phone="+4741234567"))


@pytest.fixture
def kari(registration):
    return recipes.staff(Role.COORDINATOR, registration.participant.centre, name="Kari Ek")


def tried(registration, by, *moments, outcome=TalkOutcome.NO_ANSWER, **fields):
    for at in moments:
        Talk.objects.create(
            registration=registration,
            kind=TalkKind.TRIED,
            outcome=outcome,
            by=by,
            at=at,
            **fields,
        )


def found(registration):
    return tries_of(registration, list(registration.talks.order_by("-at", "-pk")))


def days(start, number):
    return [start + timedelta(days=day) for day in range(number)]


def test_only_tries_since_the_person_was_reached_count(registration, kari):
    tried(registration, kari, MORNING)
    tried(registration, kari, MORNING + timedelta(days=1), outcome=TalkOutcome.AGAIN)
    tried(registration, kari, MORNING + timedelta(days=2), next_try=date(2026, 11, 9))

    tries = found(registration)

    assert (tries.number, tries.last.by, tries.next_try) == (1, kari, date(2026, 11, 9))
    [row] = Registration.objects.with_contact()
    assert row.tries == 1


def test_who_was_reached_the_last_time_has_none(registration, kari):
    tried(registration, kari, MORNING, outcome=TalkOutcome.AGAIN)

    assert found(registration) is None
    assert Registration.objects.with_contact().get().tries is None


@pytest.mark.parametrize(
    ("moments", "fields", "advice"),
    [
        (days(MORNING, 2), {}, ""),
        (days(MORNING, 3), {}, ANOTHER_PART),
        ([*days(MORNING, 2), EVENING], {"may_leave_message": True}, WRITE),
        ([*days(MORNING, 2), EVENING], {}, CALL_LATER),
        (days(MORNING, 5), {}, CLOSE),
    ],
)
def test_after_several_tries_a_next_step_is_suggested(registration, kari, moments, fields, advice):
    for name, value in fields.items():
        setattr(registration.participant, name, value)
    tried(registration, kari, *moments)

    assert found(registration).advice == advice


def test_staff_see_it_on_the_page_and_in_the_list(client, registration, kari):
    tried(registration, kari, *days(MORNING, 3))
    client.force_login(kari)

    page = client.get(reverse("admin:participants_registration_change", args=[registration.pk]))
    rows = client.get(reverse("admin:participants_registration_changelist") + "?view=contact")

    html = page.content.decode()
    assert "3 forsøk uten svar." in html
    assert "Det siste: 04.11.2026, Kari Ek." in html
    assert "Prøv en annen tid" in html
    assert '<td class="field-tries">3</td>' in rows.content.decode()
