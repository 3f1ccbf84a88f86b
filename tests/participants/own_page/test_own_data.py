"""Everything that is stored about a person, to read, to take away and to delete."""

import json
import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from time_machine import travel

from centres.states import Role
from groups.domain.asking import asking
from groups.models import Seat
from linkcenter.messages.outbox import full_text
from linkcenter.models import Activity, Message
from participants.domain.intake.talks import record_talk
from participants.domain.person import consents
from participants.domain.person.link_request import send_link
from participants.domain.person.own_data import LEFT_OUT, own_data
from participants.domain.registration.closing import close
from participants.models import (
    Consent,
    KeepApart,
    Participant,
    PersonalLink,
    Registration,
    Talk,
    Theme,
)
from participants.states import (
    CloseReason,
    ConsentPurpose,
    GivenBy,
    RegistrationState,
    TalkKind,
    TalkOutcome,
)
from tests import recipes
from tests.participants import own

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 9, 12, tzinfo=UTC)
WORDS = {
    "name": "Kanarinavn",
    "email": "kanarimail@example.org",
    "phone": "+4741234567",
    "safe_times": "kanaritid",
}
ANSWERS = {"practical_needs": "kanaribehov", "message": "kanarimelding"}
NOTE = "kanarinotat"


@pytest.fixture(autouse=True)
def at_noon():
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def registration():
    """Somebody who has been through everything."""
    recipes.consent_texts()
    centre = recipes.centre()
    staff = recipes.staff(Role.COORDINATOR, centre, name="Ansattnavn")
    person = recipes.participant(centre, birth_year=1980, gender="woman", **WORDS)
    close(recipes.registration(person), reason=CloseReason.NO_ANSWER)
    registration = recipes.registration(person, state=RegistrationState.WAITING, **ANSWERS)
    registration.themes.add(Theme.objects.create(slug="sorg", name="Kanaritema"))
    consents.give(
        person,
        [ConsentPurpose.CONTACT],
        language="nb",
        given_by=GivenBy.SPOKEN,
        recorded_by=staff,
        now=NOW,
    )
    record_talk(
        registration,
        kind=TalkKind.RANG,
        outcome=TalkOutcome.AGAIN,
        next_try=date(2026, 11, 20),
        note=NOTE,
        by=staff,
    )
    group = recipes.group(centre)
    recipes.seat(group, registration)
    other = recipes.seat(group, recipes.waiting(centre, {"name": "Annenperson"}))
    KeepApart.objects.create(first=person, second=other.registration.participant)
    asking.ask(group, actor=staff)
    send_link(person.pk)
    return registration


@pytest.fixture
def guest(client: Client, registration: Any) -> Client:
    own.enter(client, registration.participant)
    return client


def test_page_holds_everything(guest):
    page = guest.get("/min-side/opplysninger/").content.decode()

    for word in (*WORDS.values(), *ANSWERS.values(), NOTE, "Kanaritema", "tirsdag kveld"):
        assert word in page, word


def test_file_holds_everything_and_its_name_tells_nothing(guest, registration):
    response = guest.get("/min-side/opplysninger.json")

    told = json.loads(response.content)
    assert response.headers["Content-Disposition"] == 'attachment; filename="data.json"'
    assert "no-store" in response.headers["Cache-Control"]
    assert told["reference"] == registration.participant.reference
    kinds = [record["kind"] for record in told["records"]]
    assert sorted(set(kinds)) == [
        "groups.seat",
        "linkcenter.activity",
        "linkcenter.message",
        "participants.consent",
        "participants.participant",
        "participants.personallink",
        "participants.registration",
        "participants.talk",
    ]
    assert told["records"][0]["fields"]["name"]["value"] == "Kanarinavn"


def test_every_name_is_in_the_language_of_the_reader(guest):
    page = guest.get("/min-side/opplysninger/").content.decode()

    names = set(re.findall(r"<dt>(.*?)</dt>", page))
    assert {"Senter", "Samtykketekst", "Gruppe"} <= names
    assert not {"Centre", "Text", "Group", "Reach keys", "Message"} & names


def test_nothing_of_others_is_in_it(guest, registration):
    texts = guest.get("/min-side/opplysninger.json").content.decode()

    other = Seat.objects.exclude(registration=registration).get().registration.participant
    for word in ("Annenperson", "Ansattnavn", other.reference, "keepapart"):
        assert word not in texts


def test_no_key_to_anything_is_in_it(guest, registration):
    texts = guest.get("/min-side/opplysninger.json").content.decode()

    for link in PersonalLink.objects.all():
        assert link.seed not in texts
        assert link.token_hash not in texts
    for message in Message.objects.exclude(link_seed=""):
        assert full_text(message).split("/lenke/")[-1].split("/")[0] not in texts
    for key in registration.participant.search_keys:
        assert key not in texts


MODELS = (Participant, Registration, Talk, Consent, PersonalLink, Seat, Message, Activity)


def test_every_column_is_in_it_or_left_out_for_a_reason(registration):
    """A row with something in each column shows all of them, but for those that are named."""
    known: dict[str, set[str]] = {}
    for record in own_data(registration.participant):
        known.setdefault(record.kind, set()).update(field.name for field in record.fields)
    empty = set()
    for model in MODELS:
        columns = {each.name for each in [*model._meta.concrete_fields, *model._meta.many_to_many]}
        shown = known[model._meta.label_lower]
        up = {"participant", "registration", "id", "submission_key"}
        for name in columns - shown - LEFT_OUT.get(model, set()) - up:
            rows = model._base_manager.values_list(name, flat=True)
            empty.add((model.__name__, name, all(value in (None, "", []) for value in rows)))

    assert [each for each in empty if not each[2]] == []


def test_number_of_queries_does_not_grow_with_what_others_have(
    registration, django_assert_max_num_queries
):
    with django_assert_max_num_queries(40):
        list(own_data(registration.participant))


def test_delete_takes_everything_and_logs_out(guest, registration):
    person = registration.participant

    response = guest.post("/min-side/slett/", {"sure": "on"})

    assert response.url == "/min-side/slettet/"
    assert "Clear-Site-Data" in response.headers
    assert guest.get(response.url).status_code == 200
    assert not Participant.objects.filter(pk=person.pk).exists()
    assert Seat.objects.live().count() == 1
    assert guest.get("/min-side/opplysninger/").url == own.PAGE


def test_delete_asks_first(guest, registration):
    response = guest.post("/min-side/slett/", {})

    assert response.status_code == 200
    assert Participant.objects.filter(pk=registration.participant_id).exists()


def test_looking_deletes_nothing(guest, registration):
    guest.get("/min-side/slett/", {"sure": "on"})

    assert Participant.objects.filter(pk=registration.participant_id).exists()
