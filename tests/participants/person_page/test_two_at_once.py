"""Two at one person's page: the second is told what is new, and keeps what was typed."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from centres.models import Centre
from centres.states import Role
from participants.models import Registration
from participants.states import TalkKind, TalkOutcome
from tests import recipes

pytestmark = pytest.mark.django_db

NAME = "admin:participants_registration"


@pytest.fixture
def centre() -> Centre:
    return recipes.centre()


@pytest.fixture
def staff(client: Client, centre: Centre) -> Client:
    client.force_login(recipes.staff(Role.COORDINATOR, centre))
    return client


@pytest.fixture
def registration(centre: Centre) -> Registration:
    facts = {"name": "Kari", "email": "kari@example.org", "phone": "+4741234567"}
    return recipes.waiting(centre, facts)


def act(client: Client, which: str, registration: Registration, **data: Any) -> Any:
    return client.post(reverse(f"{NAME}_{which}", args=[registration.pk]), data)


def seen(client: Client, registration: Registration, page: str = "change") -> dict[str, str]:
    shown = client.get(reverse(f"{NAME}_{page}", args=[registration.pk]))
    return {"as_seen": shown.context["as_seen"]}


def contact(**typed: str) -> dict[str, str]:
    facts = {"name": "Kari", "email": "kari@example.org", "phone": "412 34 567"}
    return facts | {"preferred_way": "phone", "language": "nb"} | typed


def test_second_is_told_and_what_was_typed_is_kept(
    staff: Client, registration: Registration
) -> None:
    page = seen(staff, registration)
    act(staff, "contact", registration, **contact(phone="412 34 568"), **page)

    refused = act(staff, "contact", registration, **contact(email="ny@example.org"), **page)
    person = registration.participant
    person.refresh_from_db()
    kept = (person.phone, person.email)
    form = refused.context["forms"]["contact"]
    shown = {name: form[name].value() or "" for name in form.fields}
    act(staff, "contact", registration, **shown, as_seen=refused.context["as_seen"])

    assert kept == ("+4741234568", "kari@example.org")
    assert "41234568" in form.non_field_errors()[0].replace(" ", "")
    person.refresh_from_db()
    assert (person.phone, person.email) == ("+4741234568", "ny@example.org")


def test_talk_that_a_colleague_wrote_down_is_told_first(
    staff: Client, registration: Registration
) -> None:
    page = seen(staff, registration)
    talk = {"kind": TalkKind.RANG, "outcome": TalkOutcome.READY, "note": ""}
    act(staff, "talk", registration, **talk, **page)

    refused = act(staff, "talk", registration, **talk | {"note": "Husk stolen"}, **page)

    assert registration.talks.count() == 1
    assert refused.context["forms"]["talk"]["note"].value() == "Husk stolen"


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("week", {"availability": ["mon-morning"]}),
        ("close", {"reason": "not_now", "sure": "on"}),
        ("pause", {"until": "2031-01-01"}),
    ],
)
def test_no_act_passes_over_what_the_person_has_changed(
    staff: Client, registration: Registration, name: str, typed: dict[str, Any]
) -> None:
    page = seen(staff, registration)
    Registration.objects.filter(pk=registration.pk).update(availability=["fri-evening"])
    before = Registration.objects.filter(pk=registration.pk).values().get()

    refused = act(staff, name, registration, **typed, **page)

    assert refused.status_code == 200
    assert Registration.objects.filter(pk=registration.pk).values().get() == before


def test_page_of_its_own_is_told_first_too(staff: Client, registration: Registration) -> None:
    page = seen(staff, registration, "wishes")
    Registration.objects.filter(pk=registration.pk).update(needs=["step_free"])
    facts = {"gender_wish": "any", "languages": ["no"], "birth_year": "", "gender": ""}

    refused = act(staff, "wishes", registration, **facts, **page)

    assert refused.status_code == 200
    assert len(refused.context["form"].non_field_errors()) == 1
    registration.refresh_from_db()
    assert registration.needs == ["step_free"]


@pytest.mark.parametrize("which", ["resume", "keep", "still"])
def test_button_of_a_page_that_is_out_of_date_waits(
    staff: Client, registration: Registration, which: str
) -> None:
    Registration.objects.filter(pk=registration.pk).update(paused_until=date(2027, 1, 1))
    page = seen(staff, registration)
    Registration.objects.filter(pk=registration.pk).update(paused_until=date(2027, 2, 1))
    before = registration.activities.count()

    act(staff, which, registration, answer="yes", **page)
    told = registration.activities.count()
    act(staff, which, registration, answer="yes", **seen(staff, registration))

    person = registration.participant
    assert told == before
    assert registration.activities.count() + person.activities.count() == before + 1
