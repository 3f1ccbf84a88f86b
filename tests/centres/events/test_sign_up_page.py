"""The form to sign up on, and the page of the place."""

import logging
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from time_machine import travel

from centres.domain.events.changes import cancel_event
from centres.models import EventSignUp
from centres.states import Attendance, SignUpState
from linkcenter.forms.open_forms import MARK
from linkcenter.forms.text import clean_text
from linkcenter.messages import outbox
from linkcenter.models import Activity, Message, Spending
from linkcenter.tokens import token_for
from linkcenter.web import limits
from tests import recipes
from tests.participants.walk import hidden

pytestmark = pytest.mark.django_db

WAIT = timedelta(seconds=30)  # as long as it takes to read and to write
KARI = {"name": "Kari Kanarifugl", "email": "kanari@example.org", "phone": ""}


def event(**fields):
    return recipes.event(**({"attendance": Attendance.SIGN_UP} | fields))


def address(of):
    return f"/arrangementer/{of.pk}/meld-pa/"


def page_of(who):
    return f"/pamelding/{token_for(who.seed)}/"


def post(client, to, **answers):
    """Open the form, write, and send it half a minute later."""
    carried = hidden(client.get(address(to)))
    with travel(timezone.now() + WAIT):
        return client.post(address(to), {**carried, **KARI, **answers})


def test_form_leads_to_the_page_of_the_place(client):
    to = event()

    response = post(client, to)

    who = to.sign_ups.get()
    assert (who.name, who.email, who.phone, who.state) == (
        "Kari Kanarifugl",
        "kanari@example.org",
        None,
        SignUpState.CONFIRMED,
    )
    assert response.headers["Location"] == page_of(who)
    assert "Du har fått plass" in client.get(page_of(who)).content.decode()


def test_full_event_puts_people_on_the_waiting_list(client):
    to = event(capacity=1)
    recipes.sign_up(to)

    before = client.get(address(to)).content.decode()
    response = post(client, to)

    assert "Still deg på venteliste" in before
    assert "Du står på venteliste" in client.get(response.headers["Location"]).content.decode()


def test_who_waits_without_e_mail_is_told_to_keep_the_page(client):
    to = event(capacity=1)
    recipes.sign_up(to)

    response = post(client, to, email="", phone="481 23 456")

    page = client.get(response.headers["Location"]).content.decode()
    assert "Ta vare på denne siden" in page
    assert "sendt deg en e-post" not in page


@pytest.mark.parametrize(
    ("answers", "fields"),
    [
        ({"name": ""}, {"name"}),
        ({"name": "a" * 81}, {"name"}),
        ({"email": ""}, {"email", "phone"}),
        ({"email": "kanari"}, {"email"}),
        ({"phone": "12"}, {"phone"}),
        ({"website": "https://example.org"}, {"__all__"}),
    ],
)
def test_what_is_missing_is_said_and_the_rest_is_kept(client, answers, fields):
    to = event()

    response = post(client, to, **answers)

    assert response.context["form"].errors.keys() == fields
    text = response.content.decode()
    assert "<title>Feil: " in text
    if "name" not in answers:
        assert 'value="Kari Kanarifugl"' in text
    assert to.sign_ups.count() == 0


def test_form_that_is_sent_at_once_is_asked_for_once_more(client):
    to = event()

    first = client.post(address(to), hidden(client.get(address(to))) | KARI)
    with travel(timezone.now() + WAIT):
        client.post(address(to), hidden(first) | KARI)

    assert first.context["form"].errors.keys() == {"__all__"}
    assert to.sign_ups.count() == 1


def test_form_sent_twice_is_one_place_and_one_message(client):
    to = event()
    sent = hidden(client.get(address(to))) | KARI

    with travel(timezone.now() + WAIT):
        answers = [client.post(address(to), sent).headers["Location"] for _time in range(2)]

    assert answers[0] == answers[1]
    assert to.sign_ups.count() == Message.objects.count() == 1


def test_event_that_filled_up_meanwhile_puts_the_person_in_line(client):
    to = event(capacity=1)
    carried = hidden(client.get(address(to)))
    recipes.sign_up(to)

    with travel(timezone.now() + WAIT):
        response = client.post(address(to), carried | KARI)

    assert "Du står på venteliste" in client.get(response.headers["Location"]).content.decode()


def test_event_that_was_cancelled_meanwhile_leads_back_to_its_page(client):
    to = event()
    carried = hidden(client.get(address(to)))
    cancel_event(to, because="Vi er syke")

    with travel(timezone.now() + WAIT):
        response = client.post(address(to), carried | KARI)

    assert response.headers["Location"] == to.get_absolute_url()
    assert to.sign_ups.count() == 0


def test_whoever_sends_too_often_keeps_what_was_written(client):
    to = event()
    Spending.objects.all().delete()
    for _time in range(limits.SUBMISSIONS.most):
        limits.spend(limits.SUBMISSIONS, "127.0.0.1", now=timezone.now() + WAIT)

    response = post(client, to)

    assert response.status_code == 429
    assert "Kari Kanarifugl" in response.content.decode()
    assert to.sign_ups.count() == 0


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_changes_nothing(client, method):
    who = recipes.sign_up()

    for _time in range(3):
        assert getattr(client, method)(page_of(who)).status_code == 200

    who.refresh_from_db()
    assert who.state == SignUpState.CONFIRMED
    assert Activity.objects.count() == Message.objects.count() == 0


def test_button_gives_up_the_place_and_once_more_says_the_same(client):
    to = event(capacity=1)
    who = recipes.sign_up(to)
    second = recipes.sign_up(to, state=SignUpState.WAITING)

    answers = [client.post(page_of(who), follow=True) for _time in range(2)]

    assert all("Du har gitt fra deg plassen" in each.content.decode() for each in answers)
    second.refresh_from_db()
    assert second.state == SignUpState.CONFIRMED
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("state", "sees"), [(SignUpState.CONFIRMED, True), (SignUpState.WAITING, False)]
)
def test_how_to_join_is_shown_to_those_who_have_a_place(client, state, sees):
    who = recipes.sign_up(event(joining="https://video.example.org/prov"), state=state)

    assert ("video.example.org" in client.get(page_of(who)).content.decode()) == sees


def test_page_of_a_place_says_when_the_event_is_cancelled_or_over(client):
    who = recipes.sign_up()
    with travel(who.event.starts_at + timedelta(days=1)):
        over = client.get(page_of(who)).content.decode()
        client.post(page_of(who))
    cancel_event(who.event, because="Vi er syke")

    cancelled = client.get(page_of(who)).content.decode()

    assert "Arrangementet er over" in over
    assert "Vi er syke" in cancelled
    assert "<form" not in over.partition("<main")[2]
    who.refresh_from_db()
    assert who.state == SignUpState.CONFIRMED


@pytest.mark.parametrize("token", ["x", "x" * 43, "0"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_unknown_link_says_so(client, token, method):
    response = getattr(client, method)(f"/pamelding/{token}/")

    assert response.status_code == 404
    assert "Denne lenken virker ikke" in response.content.decode()


@pytest.mark.parametrize(
    "name", ["/arrangementer/{}/meld-pa/", "/pamelding/{}/"], ids=["form", "place"]
)
def test_pages_for_one_person_are_kept_nowhere(client, name):
    who = recipes.sign_up()
    part = who.event_id if "meld-pa" in name else token_for(who.seed)

    response = client.get(name.format(part))

    assert "no-store" in response.headers["Cache-Control"]
    assert 'name="robots" content="noindex"' in response.content.decode()


def test_name_and_way_are_in_no_log_title_subject_or_activity(client, caplog):
    caplog.set_level(logging.DEBUG)
    to = event(title_nb="Temamøte om sorg")

    response = post(client, to, phone="412 34 567")
    page = client.get(response.headers["Location"]).content.decode()
    client.post(response.headers["Location"])
    client.get("/arrangementer.ics")

    told = [
        caplog.text,
        response.headers["Location"],
        re.search("<title>(.*?)</title>", page).group(1),
        *(message.subject for message in Message.objects.all()),
        *(f"{each.what} {each.fields}" for each in Activity.objects.all()),
        str(to.sign_ups.get()),
    ]
    for word in ("anari", "41234567", "412 34 567", "sorg"):
        assert [text for text in told if word in text] == []


def test_mail_leads_to_the_page_in_the_persons_own_language(client):
    to = event()
    carried = hidden(client.get(f"/nn{address(to)}"))
    with travel(timezone.now() + WAIT):
        client.post(f"/nn{address(to)}", carried | KARI)

    message = Message.objects.get()
    assert outbox.address(message).endswith(f"/nn{page_of(to.sign_ups.get())}")
    assert message.language == "nn"


WORDS = st.text(max_size=120) | st.sampled_from(
    ["", "\x00", "kari@example.org", "+47 412 34 567", "\u202ekari", "a" * 5000, "<b>", "%s", "💥"]
)


def send(client, to, answers):
    response = client.post(address(to), answers)

    assert response.status_code in (200, 302, 400, 429), answers
    if response.status_code == 302:
        who = EventSignUp.objects.latest("pk")
        assert who.name == " ".join(clean_text(answers["name"]).split())
        assert who.phone or who.email


@pytest.mark.prove
@settings(
    max_examples=2200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.fixed_dictionaries(
        {}, optional=dict.fromkeys(("name", "email", "phone", "website", MARK), WORDS)
    ),
    st.booleans(),
)
def test_nothing_that_is_posted_breaks_the_form(fuzzed, answers, has_mark):
    client, to, carried = fuzzed
    Spending.objects.all().delete()
    EventSignUp.objects.all().delete()  # else a page that is sent again gives the first one
    with travel(timezone.now() + WAIT):
        send(client, to, (carried | answers) if has_mark else answers)


@pytest.fixture
def fuzzed():
    client, to = Client(), event()
    return client, to, hidden(client.get(address(to)))
