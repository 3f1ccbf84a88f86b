"""One question to one person: asked once, answered with a button, gone when it is of no use."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from centres.states import Role
from groups.domain.errors import AlreadyAsked, NothingToAsk, TooLate
from groups.domain.forming.members import add_person
from groups.domain.waiting.questions import answer_question, ask_one_question, take_back_old
from groups.models import Question
from groups.states import Answer, askable
from linkcenter.messages.outbox import address, full_text
from linkcenter.messages.texts import write
from linkcenter.models import Activity, Channel, Message, MessageState
from linkcenter.tokens import token_for
from participants.domain.registration.closing import close
from participants.models import PersonalLink
from participants.states import CloseReason, LinkPurpose
from tests import recipes

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
ABOUT = "slot:wed-evening"


@pytest.fixture
def one(centre):
    return recipes.waiting(centre, kind="social", format="physical", any_theme=False)


def page_of(registration) -> str:
    link = PersonalLink.objects.live().get(
        participant=registration.participant, purpose=LinkPurpose.QUESTION
    )
    return reverse("groups:question", args=[token_for(link.seed)])


def test_question_goes_out_by_mail_with_a_link_and_says_nothing_else(one) -> None:
    question = ask_one_question(one, ABOUT, actor=None)

    message = Message.objects.get()
    text = full_text(message)
    assert question.message == message
    assert page_of(one) in address(message)
    assert "onsdag" not in text.lower()
    assert Activity.objects.get().what == "question_asked"


def test_who_is_rung_is_read_the_question(centre, one) -> None:
    one.participant.email, one.participant.phone = None, "+4741234567"
    one.participant.preferred_way = "phone"
    one.participant.save()

    ask_one_question(one, ABOUT, actor=None)

    message = Message.objects.get()
    assert message.channel == Channel.CALL
    assert "onsdag kveld" in (message.text or "")
    assert not PersonalLink.objects.filter(purpose=LinkPurpose.QUESTION).exists()


def test_looking_changes_nothing_and_yes_widens_the_interest(client: Client, one) -> None:
    ask_one_question(one, ABOUT, actor=None)
    address = page_of(one)
    date = one.registered_at

    page = client.get(address)
    one.refresh_from_db()
    assert one.availability == ["tue-evening"]
    answer = client.post(address, {"answer": "yes"})

    one.refresh_from_db()
    assert page.status_code == 200
    assert answer.headers["Location"] == reverse("groups:answered", args=["also_yes"])
    assert one.availability == ["tue-evening", "wed-evening"]
    assert one.registered_at == date
    assert Question.objects.get().answer == Answer.YES
    assert client.post(address, {"answer": "no"}).status_code == 404


def test_no_leaves_everything_and_is_not_asked_again(client: Client, one) -> None:
    ask_one_question(one, ABOUT, actor=None)

    client.post(page_of(one), {"answer": "no"})

    one.refresh_from_db()
    assert one.availability == ["tue-evening"]
    with pytest.raises(NothingToAsk):
        ask_one_question(one, ABOUT, actor=None)
    ask_one_question(one, "kind:self_help", actor=None)


def test_button_without_an_answer_is_said_so(client: Client, one) -> None:
    ask_one_question(one, ABOUT, actor=None)

    page = client.post(page_of(one), {"answer": "perhaps"})

    assert page.context["nothing_chosen"]
    assert Question.objects.open().exists()


@pytest.mark.parametrize(
    ("about", "column", "value"),
    [
        ("kind:self_help", "kind", "either"),
        ("format:digital", "format", "either"),
        ("theme:any", "any_theme", True),
        ("age:any", "age_near_mine", False),
    ],
)
def test_yes_does_what_was_asked(one, about: str, column: str, value: object) -> None:
    one.age_near_mine = True
    one.save()
    question = ask_one_question(one, about, actor=None)

    answer_question(question, Answer.YES, actor=recipes.staff(Role.LEAD, one.participant.centre))

    one.refresh_from_db()
    assert getattr(one, column) == value


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("about", [code for code, _words in askable()])
def test_every_question_has_its_words(one, about: str, language: str) -> None:
    question = Question(registration=one, about=about, answer_by=NOW.date())
    person = one.participant

    text = write(
        "question",
        language=language,
        participant=person,
        centre=person.centre,
        gap="",
        question=question,
    ).text

    assert text.count("?") == 1


def test_one_question_at_a_time(one) -> None:
    ask_one_question(one, ABOUT, actor=None)

    with pytest.raises(AlreadyAsked):
        ask_one_question(one, "kind:self_help", actor=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.create(
            registration=one, about="theme:any", asked_at=NOW, answer_by=NOW.date()
        )
    assert Message.objects.count() == 1


@pytest.mark.parametrize("about", ["slot:tue-evening", "kind:social", "format:physical", "age:any"])
def test_nobody_is_asked_what_they_have_said(one, about: str) -> None:
    with pytest.raises(NothingToAsk):
        ask_one_question(one, about, actor=None)


def test_nobody_with_a_place_is_asked(centre, one) -> None:
    recipes.seat(recipes.group(centre), one)

    with pytest.raises(NothingToAsk):
        ask_one_question(one, ABOUT, actor=None)


@pytest.mark.parametrize("how", ["closed", "placed", "late", "said so"])
def test_question_is_taken_back_when_it_matters_no_more(centre, one, staff, how: str) -> None:
    question = ask_one_question(one, ABOUT, actor=None, now=NOW)
    address = page_of(one)
    later = NOW
    if how == "closed":
        close(one, reason=CloseReason.WITHDRAWN, now=NOW)
    elif how == "placed":
        add_person(recipes.group(centre), one, actor=staff, now=NOW)
    elif how == "said so":
        one.availability = ["wed-evening"]
        one.save()
        take_back_old(now=NOW)
    else:
        later = NOW + timedelta(days=60)
        assert take_back_old(now=later) == 1
        assert take_back_old(now=later) == 0

    question.refresh_from_db()
    assert question.withdrawn_at == later
    assert Message.objects.filter(kind="question", state=MessageState.CANCELLED).exists()
    assert Client().get(address).status_code == 404
    with pytest.raises(TooLate):
        answer_question(question, Answer.YES, now=later)
