"""A person's page: what staff write down there has its effect, and nothing typed is lost."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from time_machine import travel

from centres.models import Centre
from centres.states import Role
from linkcenter.messages.outbox import GAP, Link, queue
from linkcenter.models import Activity, Message, User
from linkcenter.tokens import new_seed
from participants.domain.intake.talks import record_talk
from participants.domain.person.search import find_people
from participants.models import ConsentText, Participant, Registration
from participants.states import PersonActivity, RegistrationState, TalkOutcome
from tests import recipes

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 9, 9, tzinfo=UTC)
PAGE_QUERIES = 30


@pytest.fixture(autouse=True)
def at_nine() -> Any:
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def centre() -> Centre:
    return recipes.centre()


@pytest.fixture
def coordinator(centre: Centre) -> User:
    return recipes.staff(Role.COORDINATOR, centre)


@pytest.fixture
def staff(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


@pytest.fixture
def registration(centre: Centre) -> Registration:
    return recipes.registration(recipes.participant(centre, name="Kari Ås", phone="+4741234567"))


def post(
    client: Client, act: str, registration: Registration, *more: int, **data: Any
) -> HttpResponse:
    address = reverse(f"admin:participants_registration_{act}", args=[registration.pk, *more])
    return client.post(address, data)


def page(client: Client, registration: Registration) -> HttpResponse:
    return client.get(reverse("admin:participants_registration_change", args=[registration.pk]))


def contact(participant: Participant, **changes: Any) -> dict[str, Any]:
    known = {
        "name": participant.name,
        "phone": participant.phone or "",
        "email": participant.email or "",
        "preferred_way": participant.preferred_way,
        "language": participant.language,
    }
    return known | changes


def test_page_shows_how_to_reach_the_person(staff: Client, registration: Registration) -> None:
    text = page(staff, registration).content.decode()

    assert 'href="tel:+4741234567"' in text
    assert "Kari Ås" in text
    assert "Kari" not in text[: text.index("</title>")]


@pytest.mark.parametrize("times", [1, 3])
def test_page_asks_the_database_as_often_however_long_the_story(
    staff: Client,
    registration: Registration,
    coordinator: User,
    times: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    recipes.consent_texts()
    for number in range(times):
        a_call(registration, "call" if number else "email")
        record_talk(registration, kind="rang", outcome="again", by=coordinator)
        text = ConsentText.objects.all()[number]
        registration.participant.consents.create(text=text, given_at=NOW, given_by="web")
        ended = {"state": "ended", "ended_at": NOW, "end_reason": "released"}
        recipes.seat(recipes.group(registration.participant.centre), registration, **ended)
    page(staff, registration)

    with django_assert_num_queries(PAGE_QUERIES):
        answer = page(staff, registration)

    assert len(answer.context["talks"]) == times


def test_talk_that_ends_ready_moves_the_person_to_waiting(
    staff: Client, registration: Registration, coordinator: User
) -> None:
    answer = post(staff, "talk", registration, kind="rang", outcome="ready", note="Vil gjerne.")

    registration.refresh_from_db()
    talk = registration.talks.get()
    assert answer.status_code == 302
    assert registration.state == RegistrationState.WAITING
    assert (talk.outcome, talk.note, talk.by) == (TalkOutcome.READY, "Vil gjerne.", coordinator)


def test_try_without_answer_is_due_on_its_day(staff: Client, registration: Registration) -> None:
    post(staff, "talk", registration, kind="tried", outcome="no_answer", next_try="2026-11-12")

    due = Registration.objects.to_try_again(date(2026, 11, 12))
    assert list(due) == [registration]


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"kind": "rang"},
        {"kind": "rang", "outcome": "happy"},
        {"kind": "tried", "outcome": "no_answer", "next_try": "i morgen"},
        {"kind": "tried", "outcome": "no_answer", "next_try": "2026-11-08"},
        {"kind": "rang", "outcome": "ready", "next_try": "2026-11-12"},
        {"kind": "rang", "outcome": "ready", "note": "x" * 501},
    ],
)
def test_talk_with_something_wrong_is_kept_on_the_page(
    staff: Client, registration: Registration, data: dict[str, str]
) -> None:
    answer = post(staff, "talk", registration, **{"note": "Dette skrev jeg."} | data)

    assert answer.status_code == 200
    assert answer.context["forms"]["talk"].errors
    assert data.get("note", "Dette skrev jeg.") in answer.content.decode()
    assert registration.talks.count() == 0


def test_talk_on_a_closed_registration_is_refused_with_the_text_kept(
    staff: Client, registration: Registration
) -> None:
    post(staff, "close", registration, reason="withdrawn", sure="on")

    answer = post(staff, "talk", registration, kind="rang", outcome="ready", note="For sent.")

    assert answer.context["forms"]["talk"].non_field_errors()
    assert registration.talks.count() == 0


def test_times_heard_by_phone_are_the_times_that_hold(
    staff: Client, registration: Registration
) -> None:
    none = post(staff, "week", registration)
    post(staff, "week", registration, availability=["sun-morning", "mon-evening"])

    registration.refresh_from_db()
    assert list(none.context["forms"]["week"].errors) == ["availability"]
    assert registration.availability == ["mon-evening", "sun-morning"]


def test_closing_needs_a_tick(staff: Client, registration: Registration) -> None:
    answer = post(staff, "close", registration, reason="withdrawn")

    registration.refresh_from_db()
    assert list(answer.context["forms"]["close"].errors) == ["sure"]
    assert registration.state == RegistrationState.RECEIVED


def test_corrected_contact_details_are_found_and_told_by_field_names_only(
    staff: Client, registration: Registration, centre: Centre
) -> None:
    person = registration.participant

    post(staff, "contact", registration, **contact(person, name="Kari Øst", phone="900 00 000"))

    ids = [centre.pk]
    activity = Activity.objects.get(what=PersonActivity.CONTACT_CHANGED)
    assert list(find_people("øst", centre_ids=ids)) == [person]
    assert list(find_people("0000", centre_ids=ids)) == [person]
    assert list(find_people("ås", centre_ids=ids)) == []
    assert activity.fields == ["name", "phone"]
    assert "Kari" not in str(LogEntry.objects.values())


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"phone": "", "email": ""}, "phone"),
        ({"phone": "12"}, "phone"),
        ({"email": "kari"}, "email"),
        ({"name": ""}, "name"),
        ({"birth_year": "2020"}, "birth_year"),
        ({"birth_year": "nittenåtti"}, "birth_year"),
        ({"preferred_way": "due"}, "preferred_way"),
    ],
)
def test_wrong_contact_details_change_nothing(
    staff: Client, registration: Registration, changes: dict[str, str], wrong: str
) -> None:
    before = Participant.objects.values().get()

    answer = post(staff, "contact", registration, **contact(registration.participant, **changes))

    assert list(answer.context["forms"]["contact"].errors) == [wrong]
    assert Participant.objects.values().get() == before


def test_message_to_tell_by_hand_is_ticked_off_once(
    staff: Client, registration: Registration
) -> None:
    message = a_call(registration)

    post(staff, "told", registration, message.pk)
    second = post(staff, "told", registration, message.pk)

    message.refresh_from_db()
    assert message.state == "sent"
    assert second.status_code == 302
    assert Activity.objects.filter(what=PersonActivity.TOLD_BY_HAND).count() == 1


def a_call(registration: Registration, channel: str = "call") -> Message:
    return queue(
        registration.participant,
        matter="test",
        kind="receipt",
        channel=channel,
        to="+4741234567",
        language="nb",
        subject="Hei",
        text=f"Åpne {GAP} nå",
        link=Link(seed=new_seed(), path="/svar/{token}/"),
    )


def test_personal_link_is_shown_only_where_staff_pass_it_on(
    staff: Client, registration: Registration
) -> None:
    a_call(registration, "email")
    with_mail = page(staff, registration).content.decode()
    Message.objects.all().delete()
    a_call(registration, "sms")
    with_sms = page(staff, registration).content.decode()

    assert "/svar/" not in with_mail
    assert "/svar/" in with_sms


def test_opening_the_address_of_an_act_leads_to_the_page(
    staff: Client, registration: Registration
) -> None:
    address = reverse("admin:participants_registration_talk", args=[registration.pk])

    answer = staff.get(address)

    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(f"/{registration.pk}/change/")


def test_what_people_wrote_is_shown_as_text(staff: Client, centre: Centre) -> None:
    script = "<script>alert(1)</script>"
    person = recipes.participant(centre, name=script, safe_times=script)
    registration = recipes.registration(person, message=script, practical_needs=script)

    text = page(staff, registration).content.decode()

    assert script not in text
    assert text.count("&lt;script&gt;alert(1)") >= 4


def entry(**changes: Any) -> dict[str, Any]:
    answers = {
        "channel": "phone",
        "name": "Kari",
        "phone": "412 34 567",
        "preferred_way": "phone",
        "language": "nb",
        "municipality": "tromsø",
        "is_adult": "on",
        "role": "own",
        "kind": "either",
        "format": "physical",
        "any_theme": "on",
        "availability": ["tue-evening"],
        "languages": ["no"],
        "gender_wish": "any",
        "contact": "on",
        "given_by": "spoken",
    }
    return answers | changes


def test_somebody_who_rings_is_registered_once(
    staff: Client, centre: Centre, coordinator: User
) -> None:
    recipes.consent_texts()
    centre.municipalities.add(recipes.municipality("5501", name="Tromsø"))
    address = reverse("admin:participants_registration_add")
    key = staff.get(address).context["form"]["submission_key"].value()

    first = staff.post(address, entry(submission_key=key))
    second = staff.post(address, entry(submission_key=key))

    registration = Registration.objects.get()
    consent = registration.participant.consents.get()
    assert first.status_code == second.status_code == 302
    assert (registration.channel, registration.participant.centre) == ("phone", centre)
    assert (consent.given_by, consent.recorded_by) == ("spoken", coordinator)


def test_entry_without_a_name_is_kept_on_the_page(staff: Client, centre: Centre) -> None:
    recipes.consent_texts()
    centre.municipalities.add(recipes.municipality("5501", name="Tromsø"))
    address = reverse("admin:participants_registration_add")

    answer = staff.post(address, entry(name="", message="Ringer igjen."))

    assert list(answer.context["form"].errors) == ["name"]
    assert "Ringer igjen." in answer.content.decode()
    assert Registration.objects.count() == 0
