"""From the first page to the receipt, without an account and without JavaScript."""

import pytest
import time_machine
from django.test import Client

from centres.states import LegalBasis
from linkcenter.models import Message
from participants.models import Consent, ConsentText, Participant, Registration, Theme
from participants.states import EntryChannel, RegistrationState
from tests.participants import walk

pytestmark = pytest.mark.django_db

RECEIPT = "/meld-interesse/kvittering/"


@pytest.fixture
def centre():
    return walk.place(name="LINK Prøvested", phones=["413 33 186"])


@pytest.fixture
def somebody_else():
    return Client()


def test_three_pages_and_a_yes_are_one_registration_with_a_receipt(client, centre):
    response = walk.send(client, centre)

    registration = Registration.objects.get()
    participant = registration.participant
    assert response.headers["Location"] == RECEIPT
    assert (participant.name, participant.phone, participant.email) == (
        "Kari",
        "+4741234567",
        "kari@example.org",
    )
    assert participant.centre == centre
    assert participant.municipality_id == "5501"
    assert registration.availability == ["mon-morning", "tue-evening"]
    assert registration.channel == EntryChannel.WEB
    assert registration.state == RegistrationState.RECEIVED
    assert [each.text.purpose for each in Consent.objects.select_related("text")] == ["contact"]
    assert [message.kind for message in Message.objects.all()] == ["receipt"]
    page = client.get(RECEIPT).content.decode()
    assert participant.reference in page
    assert "413 33 186" in page
    assert "Kari" not in page


def test_receipt_can_be_loaded_again_and_is_nobody_elses(client, centre, somebody_else):
    walk.send(client, centre)

    first = client.get(RECEIPT)
    again = client.get(RECEIPT)

    reference = Participant.objects.get().reference
    assert reference in first.content.decode()
    assert reference in again.content.decode()
    assert somebody_else.get(RECEIPT).headers["Location"] == "/meld-interesse/"


def test_everything_asked_for_reaches_the_registration(client, centre):
    Theme.objects.create(slug="sorg", name="Sorg")
    walk.post(
        client,
        centre,
        "gruppe",
        role="kin",
        kind="social",
        format="either",
        digital_elsewhere="on",
        themes=["sorg"],
        any_theme=None,
    )
    walk.post(
        client,
        centre,
        "tid",
        languages=["no", "ar"],
        gender_wish="women",
        gender="woman",
        age_near_mine="on",
        birth_year="1975",
        needs=["step_free"],
        would_initiate="on",
    )
    walk.post(
        client,
        centre,
        "om-deg",
        preferred_way="email",
        may_leave_message="on",
        safe_times="Etter fire",
        heard_from="doctor",
        message="Hei på dere",
    )

    walk.post(client, centre, "sjekk", **walk.yes())

    registration = Registration.objects.get()
    participant = registration.participant
    told = {
        "role": "kin",
        "kind": "social",
        "format": "either",
        "digital_elsewhere": True,
        "any_theme": False,
        "languages": ["no", "ar"],
        "gender_wish": "women",
        "age_near_mine": True,
        "needs": ["step_free"],
        "would_initiate": True,
        "heard_from": "doctor",
        "message": "Hei på dere",
    }
    assert {name: getattr(registration, name) for name in told} == told
    assert [theme.slug for theme in registration.themes.all()] == ["sorg"]
    assert participant.preferred_way == "email"
    assert participant.may_leave_message is True
    assert participant.safe_times == "Etter fire"
    assert participant.language == "nb"
    assert participant.birth_year == 1975
    assert participant.gender == "woman"
    consents = Consent.objects.order_by("text__purpose").values_list("text__purpose", "given_by")
    assert list(consents) == [("contact", "web"), ("digital", "web"), ("theme", "web")]


def test_check_page_shows_every_answer_and_those_left_open(client, centre):
    walk.fill(client, centre)

    page = client.get("/en" + walk.path(centre, "sjekk")).content.decode()

    for answer in ("Tromsø", "For myself", "Monday morning, Tuesday evening", "412 34 567"):
        assert answer in page
    assert page.count("Not answered") == 7
    assert 'gruppe/#div_id_role">Change<span class="ds-sr-only">: Who is the group for?' in page


def test_nothing_is_sent_without_a_yes(client, centre):
    walk.fill(client, centre)

    response = client.post("/en" + walk.path(centre, "sjekk"))

    assert set(response.context["form"].errors) == {"contact"}
    assert "<title>Error: " in response.content.decode()
    assert not Participant.objects.exists()


def test_boxes_are_not_ticked_beforehand(client, centre):
    walk.fill(client, centre)

    form = client.get(walk.path(centre, "sjekk")).context["form"]

    assert "checked" not in str(form["contact"])


def test_a_yes_to_an_older_text_is_asked_for_again(client, centre):
    walk.fill(client, centre)
    ticked = walk.yes()
    ConsentText.objects.create(purpose="contact", language="nb", version=2, text="Jeg sier ja.")

    response = walk.post(client, centre, "sjekk", **ticked)

    assert set(response.context["form"].errors) == {"contact"}


def test_public_task_informs_instead_of_asking(client):
    centre = walk.place(legal_basis=LegalBasis.PUBLIC_TASK)
    walk.fill(client, centre)
    page = client.get("/en" + walk.path(centre, "sjekk"))

    response = walk.post(client, centre, "sjekk")

    assert not page.context["form"].purposes
    assert "Jeg sier ja (task)." in page.content.decode()
    assert response.headers["Location"] == RECEIPT
    assert not Consent.objects.exists()


def test_change_goes_back_to_the_answers(client, centre):
    walk.fill(client, centre)

    response = walk.post(client, centre, "gruppe", role="kin")

    assert response.headers["Location"] == walk.path(centre, "sjekk")
    page = client.get("/en" + response.headers["Location"])
    assert "As next of kin" in page.content.decode()


@pytest.mark.parametrize("name", ["tid", "om-deg", "sjekk"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_later_page_leads_to_the_first_that_is_missing(client, centre, name, method):
    response = getattr(client, method)(walk.path(centre, name))

    assert response.headers["Location"] == walk.path(centre, "gruppe")


def test_pages_are_neither_stored_nor_found_by_search_engines(client, centre):
    walk.fill(client, centre)
    paths = ["/meld-interesse/", f"/meld-interesse/{centre.slug}/", RECEIPT]
    paths += [walk.path(centre, name) for name in (*walk.PAGES, "sjekk")]

    for path in paths:
        response = client.get(path)
        assert "no-store" in response.headers["Cache-Control"]
        if response.status_code == 200:
            assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_no_session_before_the_first_post(client, centre):
    client.get(f"/meld-interesse/{centre.slug}/")
    client.get(walk.path(centre, "gruppe"))
    before = "session" in client.cookies

    walk.post(client, centre, "gruppe")

    assert not before
    assert "session" in client.cookies


def test_nothing_typed_is_readable_in_the_session(client, centre):
    walk.fill(client, centre, name="Hemmelig Hansen")

    session = str(dict(client.session))

    assert "Hansen" not in session
    assert client.session["drafts"]


def test_sent_form_leaves_nothing_in_the_session(client, centre):
    walk.send(client, centre)

    assert client.session["drafts"] == {}


@pytest.mark.parametrize("name", ["nowhere", "sjekk-her"])
def test_page_that_there_is_not(client, centre, name):
    assert client.get(walk.path(centre, name)).status_code == 404


def test_likely_slip_in_the_address_is_asked_about_and_let_through(client, centre):
    walk.fill(client, centre, email="kari@gmial.com")
    page = client.get("/en" + walk.path(centre, "sjekk")).content.decode()

    response = walk.post(client, centre, "sjekk", **walk.yes())

    assert "Do you mean kari@gmail.com?" in page
    assert response.headers["Location"] == RECEIPT
    assert Participant.objects.get().email == "kari@gmial.com"


def test_usual_address_is_not_asked_about(client, centre):
    walk.fill(client, centre, email="kari@gmail.com")

    page = client.get("/en" + walk.path(centre, "sjekk")).content.decode()

    assert "Do you mean" not in page


def test_errors_are_told_first_of_all_on_the_page(client, centre):
    walk.fill(client, centre)

    page = client.post(walk.path(centre, "sjekk")).content.decode()

    assert page.count('id="error-summary"') == 1
    assert page.index('id="error-summary"') < page.index("<h1>")


@pytest.mark.parametrize("name", [*walk.PAGES, "sjekk"])
def test_every_page_has_the_telephone_at_the_same_place(client, centre, name):
    walk.fill(client, centre)

    page = client.get(walk.path(centre, name)).content.decode()

    assert page.index('id="talk-instead"') > page.rindex("</form>")
    assert "tel:" in page.split('id="talk-instead"')[1].split("</section>")[0]


def test_receipt_tells_the_day_by_which_somebody_gets_in_touch(client, centre):
    with time_machine.travel("2026-11-23T09:00:00Z", tick=False):
        walk.fill(client, centre)
        walk.post(client, centre, "sjekk", **walk.yes())

        page = client.get(f"/en{RECEIPT}").content.decode()

    assert "by Monday 30 November" in page


def test_under_18_is_told_before_anything_is_asked(client, centre):
    start = client.get(f"/en/meld-interesse/{centre.slug}/").content.decode()

    page = client.get("/en/meld-interesse/under-18/").content.decode()

    assert 'href="/en/meld-interesse/under-18/"' in start
    assert "116 111" in page
    assert "<form" not in page.split("<main")[1].split("</main>")[0]


def test_receipt_is_gone_from_a_device_that_has_forgotten(client, centre):
    walk.send(client, centre)
    reference = Registration.objects.get().participant.reference
    before = client.get(RECEIPT).content.decode()

    client.post("/min-side/glem/")

    assert reference in before
    assert 'action="/min-side/glem/"' in before
    assert client.get(RECEIPT).status_code == 302
