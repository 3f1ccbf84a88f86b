"""The one question that somebody who waits is asked."""

from datetime import datetime

from groups.mail.links import link_to
from groups.models import Question
from linkcenter.models import Channel, Message
from participants.mail import tell
from participants.states import LinkPurpose


def matter_of_question(question: Question) -> str:
    return f"question:{question.pk}"


def ask(question: Question, *, now: datetime) -> Message:
    """Put the question in the outbox: a link to a page with two buttons, or words to say."""
    participant = question.registration.participant
    link = None
    if participant.channel != Channel.CALL:
        link = link_to(
            participant,
            LinkPurpose.QUESTION,
            "groups:question",
            until=question.answer_by,
            now=now,
        )
    return tell(
        participant,
        "question",
        matter=matter_of_question(question),
        link=link,
        now=now,
        question=question,
    )
