"""A link to one's own page: the same answer for everybody, and a message to those we know."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from time_machine import travel

from linkcenter.messages.outbox import full_text
from linkcenter.models import Channel, Message, MessageState, Spending
from participants.domain.person.link_request import SEND_JOB, ask_for_link, send_link, send_links
from participants.models import PersonalLink
from participants.states import ContactWay
from tests import recipes
from tests.participants import own
from tests.participants.walk import hidden

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 9, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_noon():
    with travel(NOON, tick=False):
        yield


@pytest.fixture
def centre():
    return recipes.centre()


def ask(client, reach):
    return client.post(own.PAGE, hidden(client.get(own.PAGE)) | {"reach": reach})


def work():
    """What the worker does with the jobs that wait."""
    for job in ProcrastinateJob.objects.filter(task_name=SEND_JOB):
        send_links(**job.args)


def messages():
    return Message.objects.filter(state=MessageState.QUEUED).order_by("pk")


def test_known_address_gets_a_link(client, centre):
    recipes.participant(centre, name="Kari Ås", email="Kari@Example.org")

    response = ask(client, " kari@example.ORG ")
    work()

    assert (response.status_code, response.url) == (302, "/min-side/sendt/")
    message = messages().get()
    assert (message.to, message.channel) == ("Kari@Example.org", Channel.EMAIL)
    assert message.subject == "Lenken du ba om"
    assert "/lenke/" in full_text(message)


def test_link_lives_for_twenty_minutes(client, centre):
    recipes.participant(centre, email="kari@example.org")
    ask(client, "kari@example.org")

    work()

    assert PersonalLink.objects.get().expires_at == NOON + timedelta(minutes=20)


def test_number_finds_whoever_has_it(client, centre):
    recipes.participant(centre, name="Nils", email="nils@example.org", phone="+4741234567")
    recipes.participant(centre, name="Ola", email="ola@example.org", phone="+4799914567")

    ask(client, "412 34 567")
    work()

    assert [message.to for message in messages()] == ["nils@example.org"]


@pytest.mark.parametrize("reach", ["nobody@example.org", "999 99 999"])
def test_unknown_is_told_nothing_and_nobody_else_either(client, centre, reach):
    recipes.participant(centre, phone="+4741239999")

    ask(client, reach)
    work()

    assert Message.objects.count() == 0


def test_two_at_one_address_get_a_message_each(client, centre):
    for name in ("Kari", "Per"):
        recipes.participant(centre, name=name, email="familien@example.org")
    recipes.participant(recipes.centre(), name="Kari", email="familien@example.org")

    ask(client, "familien@example.org")
    work()

    greetings = [message.text.partition(",")[0] for message in messages()]
    assert greetings == ["Hei Kari", "Hei Per", "Hei Kari"]
    assert PersonalLink.objects.live().count() == 3


def test_who_has_to_be_rung_is_on_the_list_of_staff_once(client, centre):
    nils = recipes.participant(centre, email=None, phone="+4741234567")
    for minutes in range(0, 10, 2):
        ask(client, "41234567")
        with travel(NOON + timedelta(minutes=minutes), tick=False):
            work()

    waiting = nils.messages.ring_instead().get()
    assert waiting.channel == Channel.CALL
    assert "http" not in full_text(waiting)
    assert PersonalLink.objects.count() == 0


def test_text_message_carries_a_link_that_outlasts_a_weekend(client, centre):
    recipes.participant(centre, email=None, phone="+4741234567", preferred_way=ContactWay.SMS)

    ask(client, "+47 412 34 567")
    work()

    assert messages().get().channel == Channel.SMS
    assert PersonalLink.objects.get().expires_at == NOON + timedelta(days=3)


def test_asking_twice_in_a_moment_is_asking_once(client, centre):
    recipes.participant(centre, email="kari@example.org")
    for _time in range(2):
        ask(client, "kari@example.org")

    work()

    assert Message.objects.count() == PersonalLink.objects.count() == 1


def test_nobodys_mailbox_is_flooded(centre):
    person = recipes.participant(centre)

    def sent_in_hour(hour):
        begins = NOON + timedelta(hours=hour)
        moments = [begins + timedelta(minutes=2 * each) for each in range(6)]
        return sum(send_link(person.pk, now=moment) for moment in moments)

    assert [sent_in_hour(hour) for hour in (0, 1, 2, 24)] == [3, 2, 0, 3]


def test_link_that_is_one_too_many_leaves_the_last_one_working(client, centre):
    person = recipes.participant(centre)
    for minutes in (0, 2, 4, 6):
        send_link(person.pk, now=NOON + timedelta(minutes=minutes))

    assert PersonalLink.objects.live().get().created_at == NOON + timedelta(minutes=4)


def test_newest_link_is_the_one_that_works(client, centre):
    kari = recipes.participant(centre, email="kari@example.org")
    older = own.link_for(kari)

    ask(client, "kari@example.org")
    work()

    assert client.get(older).status_code == 404
    assert PersonalLink.objects.live().count() == 1


def test_job_holds_no_address(centre):
    recipes.participant(centre, email="kanari@example.org", phone="+4741234567")

    ask_for_link(email="kanari@example.org")
    ask_for_link(phone="+4741234567")

    known, number = (str(job.args) for job in ProcrastinateJob.objects.order_by("id"))
    assert "kanari" not in known
    assert "41234567" not in number


def test_answer_is_the_same_for_known_and_unknown(centre):
    """Bytes, status and headers, in 200 of each, one after the other."""
    for number in range(200):
        recipes.participant(centre, email=f"kjent-{number}@example.org")

    def answer(address):
        browser = Client()
        with travel(NOON, tick=False):
            posted = browser.post(own.PAGE, {"reach": address})
            page = browser.get(posted.url)
        headers = [{**r.headers, "Set-Cookie": ""} for r in (posted, page)]
        return posted.status_code, posted.content, page.status_code, page.content, headers

    answers = []
    for number in range(200):
        answers += [answer(f"{kind}-{number}@example.org") for kind in ("kjent", "ukjent")]
        Spending.objects.all().delete()

    assert all(each == answers[0] for each in answers)
    assert ProcrastinateJob.objects.filter(task_name=SEND_JOB).count() == 400
    assert Message.objects.count() == 0


@pytest.mark.parametrize(
    "reach", ["", "  ", "kari", "kari@", "12", "\u202e", "@", "412 34 56a", "x" * 5000]
)
def test_what_cannot_be_read_is_asked_for_again(client, reach):
    response = client.post(own.PAGE, {"reach": reach})

    assert response.status_code == 200
    assert len(response.context["form"]["reach"].errors) == 1
    assert response.context["form"]["reach"].value() == reach
    assert ProcrastinateJob.objects.count() == 0


def test_thirty_first_in_an_hour_waits_and_keeps_what_was_typed(client):
    answers = [ask(client, f"{number}@example.org") for number in range(31)]

    assert [answer.status_code for answer in answers] == [302] * 30 + [429]
    assert "30@example.org" in answers[-1].content.decode()


def test_page_sets_no_session(client):
    client.get(own.PAGE)
    client.get("/min-side/sendt/")

    assert "session" not in client.cookies
