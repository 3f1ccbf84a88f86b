"""Whoever rings gets everything that the own page does: staff write it down, and who did it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import travel

from centres.states import LegalBasis, Role
from groups.domain.asking import asking
from linkcenter.models import Activity, Message, User
from participants.domain.person import consents
from participants.domain.registration.closing import close
from participants.models import Consent, Participant, ReadLog, Registration, Theme
from participants.states import CloseReason, ConsentPurpose, GivenBy, RegistrationState
from tests import recipes

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_work(settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "erasures.txt"
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def registration() -> Registration:
    """Somebody who has only a telephone, and has said yes to be contacted."""
    recipes.consent_texts()
    centre = recipes.centre()
    person = recipes.participant(centre, email=None, phone="+4741234567", name="Olga Fjell")
    staff = recipes.staff(Role.COORDINATOR, centre)
    consents.give(
        person,
        [ConsentPurpose.CONTACT],
        language="nb",
        given_by=GivenBy.SPOKEN,
        recorded_by=staff,
        now=NOW - timedelta(days=9),
    )
    Theme.objects.create(slug="sorg", name="Sorg")
    return recipes.registration(person, state=RegistrationState.WAITING)


@pytest.fixture
def kari(registration: Registration) -> User:
    return recipes.staff(Role.COORDINATOR, registration.participant.centre, name="Kari Ek")


@pytest.fixture
def desk(client: Client, kari: User) -> Client:
    client.force_login(kari)
    return client


def address(act: str, registration: Registration) -> str:
    return reverse(f"admin:participants_registration_{act}", args=[registration.pk])


def last_done() -> tuple[str, str]:
    latest = Activity.objects.latest("pk")
    return latest.what, str(latest.actor)


GROUP = {"role": "kin", "kind": "either", "format": "either", "any_theme": "on"}


def test_a_theme_needs_the_text_to_be_read_aloud(desk, registration):
    html = desk.post(address("group", registration), GROUP | {"themes": ["sorg"]}).content.decode()

    assert "Jeg sier ja (theme)." in html
    assert registration.themes.count() == 0


def test_a_yes_by_phone_is_kept_with_who_read_it_aloud(desk, registration, kari):
    text = consents.current_text(registration.participant.centre, "theme", language="nb")
    answers = GROUP | {"themes": ["sorg"], "theme": text.pk, "given_by": "spoken"}

    response = desk.post(address("group", registration), answers)

    registration.refresh_from_db()
    consent = Consent.objects.get(text=text)
    assert response.status_code == 302
    assert registration.role == "kin"
    assert [theme.slug for theme in registration.themes.all()] == ["sorg"]
    assert (consent.given_by, consent.recorded_by) == (GivenBy.SPOKEN, kari)
    assert last_done() == ("interest_changed", "Kari Ek")


def test_a_public_task_asks_for_no_yes_to_themes(desk, registration):
    centre = registration.participant.centre
    centre.legal_basis = LegalBasis.PUBLIC_TASK
    centre.save()

    desk.post(address("group", registration), GROUP | {"themes": ["sorg"]})

    assert registration.themes.count() == 1


def test_the_people_and_the_room_are_changed(desk, registration):
    answers = {
        "languages": ["no", "en"],
        "gender_wish": "women",
        "gender": "woman",
        "birth_year": "1970",
        "needs": ["step_free"],
        "practical_needs": "Drosje",
    }

    desk.post(address("wishes", registration), answers)

    registration.refresh_from_db()
    person = registration.participant
    person.refresh_from_db()
    assert (registration.gender_wish, registration.needs) == ("women", ["step_free"])
    assert (person.gender, person.birth_year) == ("woman", 1970)
    assert last_done() == ("contact_changed", "Kari Ek")


def test_a_break_is_taken_and_ended(desk, registration):
    desk.post(address("pause", registration), {"until": "2027-01-10"})
    registration.refresh_from_db()
    assert registration.paused_until == date(2027, 1, 10)
    assert last_done() == ("paused", "Kari Ek")

    desk.post(address("resume", registration))

    registration.refresh_from_db()
    assert registration.paused_until is None
    assert last_done() == ("pause_ended", "Kari Ek")


@pytest.mark.parametrize("how", ["close", "talk"])
def test_who_withdraws_by_phone_has_withdrawn_like_on_the_web(desk, registration, how):
    answers = {
        "close": {"reason": "withdrawn", "sure": "on"},
        "talk": {"kind": "rang", "outcome": "withdrew"},
    }

    desk.post(address(how, registration), answers[how])

    registration.refresh_from_db()
    assert registration.close_reason == CloseReason.WITHDRAWN
    assert consents.given(registration.participant) == set()
    assert last_done() == ("closed", "Kari Ek")


def test_a_withdrawal_is_undone_with_the_consents_read_again(desk, registration, kari):
    desk.post(address("close", registration), {"reason": "withdrawn", "sure": "on"})

    desk.post(address("undo", registration))

    registration.refresh_from_db()
    consent = registration.participant.consents.get(withdrawn_at=None)
    assert registration.is_open
    assert (consent.given_by, consent.recorded_by) == (GivenBy.SPOKEN, kari)
    assert last_done() == ("withdrawal_undone", "Kari Ek")


def test_one_consent_is_taken_back(desk, registration):
    person = registration.participant
    consents.give(person, [ConsentPurpose.THEME], language="nb", given_by="web", now=NOW)
    registration.themes.add(Theme.objects.get())

    desk.post(address("take_back", registration), {"purpose": "theme"})

    assert consents.given(person) == {"contact"}
    assert registration.themes.count() == 0
    assert last_done() == ("consent_withdrawn", "Kari Ek")


def test_all_that_is_stored_is_printed_in_the_persons_language(desk, registration, kari):
    Participant.objects.update(language="en")

    html = desk.get(address("data", registration)).content.decode()

    assert "What we have stored about you" in html
    assert "Olga Fjell" in html
    assert "+4741234567" in html
    assert "printed by Kari Ek" in html
    assert ReadLog.objects.filter(door="data", reader=kari).count() == 1


def test_only_who_leads_the_centre_deletes(desk, client, registration):
    answer = desk.post(address("erase", registration), {"reference": "D-1"})
    client.force_login(recipes.staff(Role.LEAD, registration.participant.centre))

    assert answer.status_code == 403
    assert client.get(address("erase", registration)).status_code == 200
    assert Participant.objects.count() == 1


@pytest.mark.parametrize(("right", "left"), [(True, 0), (False, 1)])
def test_deleting_asks_for_the_reference(client, registration, right, left):
    person = registration.participant
    client.force_login(recipes.staff(Role.LEAD, person.centre))

    client.get(address("erase", registration))
    typed = person.reference if right else "D-1"
    client.post(address("erase", registration), {"reference": typed})

    assert Participant.objects.count() == left


ACTS = ["group", "wishes", "pause", "resume", "undo", "take_back", "data", "erase"]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_does_it_for_people_of_another_centre(desk, act, method):
    theirs = recipes.registration(recipes.participant(recipes.centre()))
    before = Registration.objects.filter(pk=theirs.pk).values().get()

    answer = getattr(desk, method)(address(act, theirs))

    assert answer.status_code in (302, 404)
    assert Registration.objects.filter(pk=theirs.pk).values().get() == before
    assert ReadLog.objects.count() == 0


@pytest.mark.parametrize("act", ACTS)
def test_opening_an_address_changes_nothing(desk, registration, act):
    before = Registration.objects.values().get()

    desk.get(address(act, registration))

    assert Registration.objects.values().get() == before


@pytest.mark.parametrize("act", ["group", "wishes"])
def test_what_a_closed_registration_wanted_is_not_changed(desk, registration, act):
    close(registration, reason=CloseReason.NOT_NOW)

    assert desk.get(address(act, registration)).status_code == 302


# The whole way of somebody without e-mail


@pytest.fixture
def lead(registration: Registration) -> User:
    return recipes.staff(Role.LEAD, registration.participant.centre)


def entered(desk: Client, **others: Any) -> Registration:
    """What staff fill in while the person is on the phone."""
    response = sent(desk, **others)
    assert response.status_code == 302, response.context["form"].errors
    return Registration.objects.latest("pk")


def sent(desk: Client, **others: Any) -> Any:
    centre = Registration.objects.get().participant.centre
    recipes.municipality("5501", name="Tromsø")
    answers: dict[str, Any] = {
        **GROUP,
        "channel": "phone",
        "name": "Olga Fjell",
        "phone": "412 34 568",
        "email": "",
        "preferred_way": "phone",
        "language": "nb",
        "municipality": "Tromsø",
        "is_adult": "on",
        "gender_wish": "any",
        "gender": "",
        "languages": ["no"],
        "availability": ["tue-evening"],
        "contact": "on",
        "given_by": "spoken",
    }
    address = reverse("admin:participants_registration_add")
    return desk.post(f"{address}?centre={centre.pk}", answers | others)


def test_who_has_said_yes_aloud_reads_it_back_in_the_receipt(desk, registration):
    entered(desk, email="olga@example.org", preferred_way="email")

    assert "– Jeg sier ja (contact)." in Message.objects.get(kind="receipt").text


@pytest.mark.parametrize(
    ("channel", "way", "state"),
    [("phone", "phone", "sent"), ("event", "phone", "queued"), ("phone", "sms", "queued")],
)
def test_who_rings_is_not_rung_back_to_hear_that_we_have_heard_them(
    desk, registration, channel, way, state
):
    entered(desk, channel=channel, preferred_way=way)

    assert Message.objects.get(kind="receipt").state == state


def test_who_is_under_18_is_told_who_can_help(desk, registration):
    html = sent(desk, birth_year="2012").content.decode()

    assert "116 111" in html
    assert "Personen er under 18 år" in html
    assert Registration.objects.count() == 1


def test_the_page_holds_the_very_words_to_read_aloud(desk, registration):
    html = desk.get(reverse("admin:participants_registration_add")).content.decode()

    for purpose in ("contact", "theme", "digital"):
        assert f"Jeg sier ja ({purpose})." in html
    assert "Jeg sier ja (move)." not in html


def test_somebody_with_only_a_telephone_goes_the_whole_way(desk, registration, kari):
    olga = entered(desk)
    centre = olga.participant.centre
    [receipt] = Message.objects.filter(kind="receipt")
    consent = olga.participant.consents.get()
    assert (receipt.channel, consent.recorded_by, consent.given_by) == ("call", kari, "spoken")

    booking = {"day": "2026-11-26", "clock": "10:30", "kind": "rang", "held_by": kari.pk}
    desk.post(address("book", olga), booking)
    assert Message.objects.get(kind="talk_booked").channel == "call"
    desk.post(address("talk", olga), {"kind": "rang", "outcome": "ready"})
    olga.refresh_from_db()
    assert (olga.state, olga.talk_at) == (RegistrationState.WAITING, None)

    group = recipes.group(centre)
    seat = recipes.seat(group, olga)
    asking.ask(group, actor=kari)
    assert Message.objects.get(kind="asked").channel == "call"
    yes = reverse("admin:groups_selfhelpgroup_yes", args=[group.pk, seat.pk])
    desk.post(yes, {"back": "person"})
    seat.refresh_from_db()
    assert seat.state == "yes"

    desk.post(address("close", olga), {"reason": "withdrawn", "sure": "on"})
    seat.refresh_from_db()
    olga.refresh_from_db()
    assert (seat.state, olga.close_reason) == ("ended", "withdrawn")
    assert "Olga Fjell" in desk.get(address("data", olga)).content.decode()
