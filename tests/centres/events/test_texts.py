"""What is said to those who sign up: all they need, and nothing in the subject."""

from datetime import timedelta
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.core import mail as sent

from centres.domain.events.changes import cancel_event, change_event
from centres.domain.events.sign_ups import give_up_place, sign_up
from centres.models import Event
from centres.states import Attendance
from linkcenter.messages import outbox
from linkcenter.models import Message, MessageState
from tests import recipes

pytestmark = pytest.mark.django_db

JOIN = "https://video.example.org/prov"
KINDS = [
    "event_cancelled",
    "event_changed",
    "sign_up_confirmed",
    "sign_up_moved_up",
    "sign_up_waiting",
]


def told(language="nb", **way):
    """Everything that is said at an event with one place, to a second person in line."""
    event = recipes.event(
        recipes.centre(name="LINK Kanarifugl", phones=["77 00 00 00"]),
        title_nb="Temamøte om sorg",
        title_nn="Temamøte om sorga",
        title_en="A meeting about grief",
        attendance=Attendance.SIGN_UP,
        capacity=1,
        joining=JOIN,
    )
    way = way or {"email": "ola@example.org"}
    first = sign_up(
        event, name="Kari", email="kari@example.org", language=language, form_id=uuid4()
    )
    sign_up(event, name="Ola Nordmann", language=language, form_id=uuid4(), **way)
    give_up_place(first)
    changed = Event.objects.get(pk=event.pk)
    changed.starts_at += timedelta(days=1)
    change_event(changed)
    cancel_event(event, because="Vi er syke")
    return {message.kind: message for message in Message.objects.order_by("pk")}


def test_every_text_is_sent_in_the_course_of_it():
    assert sorted(told()) == KINDS


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_subjects_tell_nothing(language):
    for message in told(language).values():
        subject = message.subject.casefold()
        for word in ("sorg", "grief", "link", "kanari", "ola", "selvhjelp", "gruppe", "group"):
            assert word not in subject, message.kind


@pytest.mark.parametrize(
    ("language", "title"),
    [("nb", "Temamøte om sorg\n"), ("nn", "Temamøte om sorga\n"), ("en", "A meeting about grief")],
)
def test_texts_are_in_the_language_of_the_person(language, title):
    for kind, message in told(language).items():
        assert title in message.text, kind
        assert message.language == language


def test_how_to_join_is_told_only_with_a_place():
    texts = told()

    assert {kind for kind in KINDS if JOIN in texts[kind].text} == {
        "event_changed",
        "sign_up_confirmed",
        "sign_up_moved_up",
    }


def test_mail_holds_the_way_to_give_the_place_up():
    texts = told()

    with_link = {kind for kind in KINDS if outbox.GAP in texts[kind].text}
    assert with_link == set(KINDS) - {"event_cancelled"}
    assert {bool(texts[kind].link_seed) for kind in with_link} == {True}
    assert texts["event_cancelled"].link_seed == ""


def test_call_holds_no_link_and_says_what_to_do():
    texts = told(phone="+4741234567")

    calls = {kind: each for kind, each in texts.items() if each.channel == "call"}
    assert sorted(calls) == sorted(set(KINDS) - {"sign_up_confirmed"})
    assert not [kind for kind, each in calls.items() if outbox.GAP in each.text or each.link_seed]
    assert "Ring oss" in calls["sign_up_moved_up"].text


def test_only_the_last_of_several_texts_is_left_to_send():
    told()

    left = Message.objects.filter(state=MessageState.QUEUED)
    assert [(message.kind, message.recipient.name) for message in left] == [
        ("event_cancelled", "Ola Nordmann")
    ]


def test_mail_as_it_is_sent_names_the_person_and_leads_to_the_page(client):
    event = recipes.event(attendance=Attendance.SIGN_UP)
    who = sign_up(event, name="Ola", email="ola@example.org", language="nn", form_id=uuid4())

    outbox.send(who.messages.get().pk, last_try=True)

    (mail,) = sent.outbox
    address = outbox.address(who.messages.get())
    assert mail.to == ["ola@example.org"]
    assert address in mail.body
    assert client.get(urlsplit(address).path).status_code == 200
