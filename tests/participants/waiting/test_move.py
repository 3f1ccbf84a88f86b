"""Moving to another centre: with consent, with the first date, told once, and nothing too much."""

from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from time_machine import travel

from centres.models import Organisation
from centres.states import LegalBasis, Role
from groups.models import Seat
from linkcenter.models import Activity, Message, MessageState, User
from participants.domain.errors import AlreadyClosed, ConsentMissing, NotTakingRegistrations
from participants.domain.intake.talks import record_talk
from participants.domain.person import consents
from participants.domain.person.consents import Agreement
from participants.domain.registration.moving import SameCentre, move
from participants.models import ConsentText, KeepApart, Participant, Registration, Theme
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

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
FIRST = datetime(2026, 2, 1, 12, tzinfo=UTC)
MOVE, CONTACT, THEME = ConsentPurpose.MOVE, ConsentPurpose.CONTACT, ConsentPurpose.THEME


@pytest.fixture(autouse=True)
def at_work():
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def here():
    recipes.consent_texts()
    return recipes.centre("link-her")


@pytest.fixture
def there(here):
    """A centre of another operator, with a text of its own."""
    operator = Organisation.objects.create(name="Den andre stiftelsen")
    ConsentText.objects.create(
        operator=operator, purpose=CONTACT, language="nb", version=1, text="Ja, der borte."
    )
    return recipes.centre("link-der", operator=operator, phones=["+4777001122"])


@pytest.fixture
def registration(here) -> Registration:
    person = recipes.participant(here, name="Kari", phone="+4741234567", preferred_way="email")
    registration = recipes.registration(
        person,
        registered_at=FIRST,
        state=RegistrationState.WAITING,
        channel="visit",
        message="Til dere her",
        practical_needs="Drosje",
        availability=["mon-morning"],
    )
    registration.themes.add(Theme.objects.create(slug="sorg", name="Sorg"))
    return registration


@pytest.fixture
def ola(here) -> User:
    return recipes.staff(Role.COORDINATOR, here, name="Ola")


def moved(registration: Any, there: Any, *purposes: ConsentPurpose, **fields: Any) -> Registration:
    agreement = Agreement(purposes=purposes or (MOVE, CONTACT, THEME), given_by=GivenBy.SPOKEN)
    return move(registration, to=there, agreement=agreement, **fields)


def test_the_interest_goes_along_with_the_first_date(registration, there, ola):
    new = moved(registration, there, actor=ola)

    person = new.participant
    assert person.centre == there
    assert (person.name, person.phone) == ("Kari", "+4741234567")
    assert (new.registered_at, new.channel, new.state) == (FIRST, "visit", "received")
    assert (new.availability, new.practical_needs) == (["mon-morning"], "Drosje")
    assert [theme.slug for theme in new.themes.all()] == ["sorg"]


def test_the_case_here_is_closed_and_says_why_on_both_sides(registration, there, ola):
    new = moved(registration, there, actor=ola)

    registration.refresh_from_db()
    assert registration.close_reason == CloseReason.MOVED
    about = Activity.objects.order_by("pk").values_list("what", "subject_id")
    assert list(about) == [
        ("moved_away", registration.pk),
        ("closed", registration.pk),
        ("moved_here", new.pk),
    ]


def test_the_consents_prove_it(registration, there, ola):
    new = moved(registration, there, actor=ola)

    here = registration.participant.consents.values_list("text__purpose", "recorded_by")
    texts = new.participant.consents.values_list("text__text", flat=True)
    assert list(here) == [("move", ola.pk)]
    assert set(texts) == {"Ja, der borte.", "Jeg sier ja (theme)."}


def test_here_only_the_yes_to_the_move_holds_on(registration, there, ola):
    person = registration.participant
    consents.give(person, [CONTACT, THEME], language="nb", given_by=GivenBy.WEB, now=FIRST)

    moved(registration, there, actor=ola)

    assert consents.given(person) == {"move"}
    taken_back = person.consents.exclude(withdrawn_at=None)
    assert set(taken_back.values_list("text__purpose", "withdrawn_at")) == {
        ("contact", NOW),
        ("theme", NOW),
    }


def test_talks_notes_messages_and_pairs_stay_here(registration, there, ola):
    person = registration.participant
    record_talk(registration, kind=TalkKind.RANG, outcome=TalkOutcome.AGAIN, note="Notat", by=ola)
    other = recipes.participant(person.centre)
    KeepApart.objects.create(first=person, second=other)

    new = moved(registration, there, actor=ola)

    assert new.talks.count() == 0
    assert new.message == ""
    assert [message.kind for message in new.participant.messages.all()] == ["moved"]
    assert not KeepApart.objects.exclude(first=person).exists()


def test_the_person_is_told_once_with_whom_to_call(registration, there, ola):
    moved(registration, there, actor=ola)

    message = Message.objects.get(state=MessageState.QUEUED)
    assert message.recipient.centre == there
    assert "1. februar 2026" in message.text
    assert "77 00 11 22" in message.text
    assert message.link_seed


def test_a_place_here_is_free_again(registration, there, ola):
    seat = recipes.seat(recipes.group(registration.participant.centre), registration)

    moved(registration, there, actor=ola)

    seat.refresh_from_db()
    assert seat.state == "ended"
    assert Seat.objects.live().count() == 0


@pytest.mark.parametrize("said", [[MOVE], [CONTACT], [CONTACT, THEME]])
def test_nobody_is_moved_without_a_yes_to_both_centres(registration, there, ola, said):
    with pytest.raises(ConsentMissing):
        moved(registration, there, *said, actor=ola)

    assert Participant.objects.filter(centre=there).count() == 0


def test_without_a_yes_to_themes_none_goes_along(registration, there, ola):
    new = moved(registration, there, MOVE, CONTACT, actor=ola)

    assert new.themes.count() == 0
    assert new.any_theme
    assert consents.given(new.participant) == {"contact"}


def test_a_public_task_needs_only_the_yes_to_the_move(registration, there, ola):
    there.legal_basis = LegalBasis.PUBLIC_TASK
    there.save()

    new = moved(registration, there, MOVE, actor=ola)

    assert new.themes.count() == 1
    assert consents.given(new.participant) == set()


def test_only_to_another_centre_that_takes_registrations(registration, here, there, ola):
    there.takes_registrations = False
    there.save()

    with pytest.raises(NotTakingRegistrations):
        moved(registration, there, actor=ola)
    with pytest.raises(SameCentre):
        moved(registration, here, actor=ola)


def test_moved_twice_is_moved_once(registration, there, ola):
    moved(registration, there, actor=ola)

    with pytest.raises(AlreadyClosed):
        moved(registration, there, actor=ola)

    assert Participant.objects.filter(centre=there).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_move_somebody_at_once_move_them_once(registration, there, ola):
    refused: list[bool] = []

    def move_too() -> None:
        try:
            moved(registration, there, actor=ola)
        except AlreadyClosed:
            refused.append(True)
        finally:
            connection.close()

    with transaction.atomic():
        moved(registration, there, actor=ola)
        second = Thread(target=move_too)
        second.start()
        second.join(timeout=0.5)
        assert second.is_alive()
    second.join(timeout=10)

    assert refused == [True]
    assert Participant.objects.filter(centre=there).count() == 1


# By staff


def address(act: str, pk: int, *more: str) -> str:
    return reverse(f"admin:participants_registration_{act}", args=[pk, *more])


def ticks(registration: Registration, there: Any) -> dict[str, Any]:
    here = registration.participant.centre
    texts = {MOVE: here, CONTACT: there, THEME: there}
    return {
        purpose.value: consents.current_text(centre, purpose, language="nb").pk
        for purpose, centre in texts.items()
    }


def test_staff_read_the_texts_of_both_aloud(client, registration, there, ola):
    client.force_login(ola)

    listed = client.get(address("move", registration.pk)).content.decode()
    page = client.get(address("move_to", registration.pk, there.slug)).content.decode()

    assert there.name in listed
    assert "Jeg sier ja (move)." in page
    assert "Ja, der borte." in page


def test_staff_move_the_person_and_no_longer_see_the_new_record(client, registration, there, ola):
    client.force_login(ola)
    answers = ticks(registration, there) | {"how": "spoken"}

    client.post(address("move_to", registration.pk, there.slug), answers)

    new = Registration.objects.get(participant__centre=there)
    assert client.get(address("change", new.pk)).status_code == 302
    assert client.get(address("data", new.pk)).status_code == 404
    client.force_login(recipes.staff(Role.COORDINATOR, there))
    assert client.get(address("change", new.pk)).status_code == 200
    assert client.get(address("data", registration.pk)).status_code == 404


def test_nobody_of_another_centre_moves_them(client, registration, there):
    client.force_login(recipes.staff(Role.COORDINATOR, there))

    answers = ticks(registration, there) | {"how": "spoken"}
    response = client.post(address("move_to", registration.pk, there.slug), answers)

    assert response.status_code == 404
    assert Participant.objects.filter(centre=there).count() == 0


# By the person


@pytest.fixture
def guest(client: Client, registration: Registration) -> Client:
    own.enter(client, registration.participant)
    return client


def test_the_person_moves_and_is_on_the_new_page(guest, registration, there):
    response = guest.post(f"/min-side/flytt/{there.slug}/", ticks(registration, there), follow=True)

    new = Registration.objects.get(participant__centre=there)
    assert response.context["participant"] == new.participant
    assert "Du har flyttet" in response.content.decode()
    consent = registration.participant.consents.get(text__purpose="move")
    assert (consent.given_by, consent.recorded_by) == (GivenBy.WEB, None)


def test_the_old_page_says_where_the_case_is(client, registration, there, ola):
    moved(registration, there, actor=ola)

    html = own.enter(client, registration.participant).content.decode()

    assert "Du har flyttet til et annet senter" in html


def test_looking_moves_nobody(guest, there):
    guest.get("/min-side/flytt/")
    guest.get(f"/min-side/flytt/{there.slug}/")

    assert Participant.objects.filter(centre=there).count() == 0


@pytest.mark.parametrize("slug", ["finnes-ikke", "link-her"])
def test_there_is_no_moving_to_nowhere(guest, slug):
    assert guest.get(f"/min-side/flytt/{slug}/").status_code == 404


def test_the_date_is_the_first_also_after_moving_back(registration, here, there, ola):
    new = moved(registration, there, actor=ola)
    kari = recipes.staff(Role.COORDINATOR, there)

    back = moved(new, here, actor=kari, now=NOW + timedelta(days=30))

    assert back.registered_at == FIRST
