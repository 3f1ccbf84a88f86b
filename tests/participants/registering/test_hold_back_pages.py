"""What people and staff see of a registration that is held back, and what nobody sees of it."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from time_machine import travel

from centres.states import Role
from groups.match_input import waiting_without_seat
from groups.today.all_tasks import STAFF_TASKS
from linkcenter.messages.outbox import full_text
from linkcenter.models import Message, MessageState
from participants.domain.person.search import hidden
from participants.models import Registration
from participants.states import HeldBecause, RegistrationState
from tests import recipes
from tests.participants import own, walk

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LIST = reverse("admin:participants_registration_changelist")
RECEIPT = "/meld-interesse/kvittering/"


@pytest.fixture(autouse=True)
def at_noon():
    with travel(NOON, tick=False):
        yield


@pytest.fixture
def centre():
    return walk.place()


@pytest.fixture
def staff(centre):
    client = Client()
    client.force_login(recipes.staff(Role.COORDINATOR, centre))
    return client


def send_trapped(client, centre, **changes):
    walk.fill(client, centre, **changes)
    return walk.post(client, centre, "sjekk", **walk.yes(), website="https://example.org")


def by_phone(client, centre):
    return send_trapped(client, centre, email="", name="Kanarina")


def act(registration, name):
    return reverse(f"admin:participants_registration_{name}", args=[registration.pk])


def test_trap_is_on_the_page_and_out_of_the_way(client, centre):
    walk.fill(client, centre)

    page = client.get(walk.path(centre, "sjekk")).content.decode()

    assert 'name="website"' in page
    assert 'tabindex="-1"' in page


def test_who_has_an_address_reads_that_the_button_is_in_the_mail(client, centre):
    response = send_trapped(client, centre)
    page = client.get("/en" + RECEIPT).content.decode()

    assert response.headers["Location"] == RECEIPT
    assert Registration.objects.get().state == RegistrationState.HELD
    assert "Press the button there, and the centre gets your message." in page
    assert "Thank you. We have your message." not in page


def test_who_has_none_reads_that_we_look_at_it_ourselves(client, centre):
    by_phone(client, centre)

    page = client.get("/en" + RECEIPT).content.decode()

    assert "We look at your message ourselves." in page
    assert not Message.objects.exists()


def test_text_with_a_web_address_is_held_and_not_refused(client, centre):
    walk.send(client, centre, message="Se www.example.org")

    assert Registration.objects.get().held_because == "links"


def test_form_that_was_filled_in_at_once_is_asked_to_be_sent_again(client, centre):
    walk.fill(client, centre)
    carried = {**walk.hidden(client.get(walk.path(centre, "sjekk"))), **walk.yes()}
    with travel(timezone.now() - walk.READING, tick=False):
        page = client.post("/en" + walk.path(centre, "sjekk"), carried)

    assert page.context["form"].non_field_errors() == [
        "Look through what you have written, and send it once more."
    ]
    assert not Registration.objects.exists()
    client.post(walk.path(centre, "sjekk"), carried)
    assert Registration.objects.get().state == RegistrationState.RECEIVED


def test_opening_the_link_changes_nothing_and_the_button_does(client, centre):
    send_trapped(client, centre)
    path = "/lenke/" + full_text(Message.objects.get()).partition("/lenke/")[2].split()[0]
    looks = [Client().get(path).status_code, Client().head(path).status_code]
    before = Registration.objects.get().state

    response = Client().post(path)

    assert (looks, before) == ([200, 200], RegistrationState.HELD)
    assert response.headers["Location"] == "/min-side/lenke/bekreftet/"
    assert Registration.objects.get().state == RegistrationState.RECEIVED
    assert Client().get(path).status_code == 404


def test_own_page_has_the_button_too(client, centre):
    send_trapped(client, centre)
    own.enter(client, Registration.objects.get().participant)
    page = client.get(own.PAGE)

    client.post("/min-side/bekreft/", walk.hidden(page))

    assert 'action="/min-side/bekreft/"' in page.content.decode()
    assert Registration.objects.get().state == RegistrationState.RECEIVED
    assert client.get(own.PAGE).context["status"] == "received"


def test_it_is_on_no_work_list_and_in_no_count(client, centre, staff):
    send_trapped(client, centre, email="nils@example.org")
    recipes.registration(recipes.participant(centre, email="nils@example.org"))
    held = Registration.objects.held().get()
    user = recipes.staff(Role.COORDINATOR, centre)
    today = NOON.date()

    work = {each.view.slug: list(each.rows(user, today)) for each in STAFF_TASKS}
    pages = [staff.get(LIST), *(staff.get(each.url) for each in STAFF_TASKS)]

    assert [slug for slug, rows in work.items() if held in rows] == []
    assert held not in waiting_without_seat(centre, today=today)
    for page in pages:
        assert held.participant.reference not in page.content.decode()


def test_staff_cannot_write_to_whom_we_hold_back(client, centre, staff):
    by_phone(client, centre)
    held = Registration.objects.get()
    address = f"{reverse('admin:linkcenter_message_write')}?to={held.pk}"

    staff.post(address, {"kind": "call_us", "sure": "1"})

    assert staff.get(address).status_code == 404
    assert not Message.objects.exists()


def test_search_finds_it_in_its_own_view_alone(client, centre, staff):
    by_phone(client, centre)
    found = {"q": hidden("Kanarina")}

    everywhere = staff.get(LIST, found).context["cl"].result_count
    here = staff.get(LIST, found | {"view": "odd"}).context["cl"].result_count

    assert (everywhere, here) == (0, 1)


def test_its_messages_are_in_no_list(client, centre, staff):
    send_trapped(client, centre)
    Message.objects.update(state=MessageState.FAILED)

    page = staff.get(reverse("admin:linkcenter_message_changelist"))

    assert page.context["cl"].result_count == 0


def test_staff_see_why_it_looks_odd_and_let_a_person_in(client, centre, staff):
    by_phone(client, centre)
    held = Registration.objects.get()
    view = staff.get(LIST, {"view": "odd"}).content.decode()
    page = staff.get(act(held, "change")).content.decode()

    response = staff.post(act(held, "let-in"))

    held.refresh_from_db()
    why = str(HeldBecause.TRAP.label)
    assert why in view
    assert why in page
    assert "Skriv ned" not in page
    assert held.state == RegistrationState.RECEIVED
    assert response.headers["Location"] == act(held, "change")


def test_staff_delete_what_is_no_person(client, centre, staff):
    by_phone(client, centre)
    held = Registration.objects.get()
    looked = staff.get(act(held, "turn-away"))

    response = staff.post(act(held, "turn-away"))

    assert looked.headers["Location"] == act(held, "change")
    assert response.headers["Location"] == f"{LIST}?view=odd"
    assert not Registration.objects.exists()


@pytest.mark.parametrize("name", ["let-in", "turn-away"])
def test_staff_of_another_centre_find_nothing(client, centre, name):
    by_phone(client, centre)
    stranger = Client()
    stranger.force_login(recipes.staff(Role.COORDINATOR, recipes.centre()))

    response = stranger.post(act(Registration.objects.get(), name))

    assert response.status_code == 404
    assert Registration.objects.held().count() == 1
