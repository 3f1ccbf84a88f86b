"""One question to one person who waits: would this do as well, so that a group can start?"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from groups.domain.errors import AlreadyAsked, NothingToAsk, TooLate
from groups.mail import questions as mail
from groups.models import Question, Seat
from groups.states import Answer, QuestionActivity
from linkcenter.database.constraints import broken_by
from linkcenter.messages import outbox
from linkcenter.models import User
from linkcenter.timeline import record
from participants.domain.person.last_heard import heard
from participants.domain.person.links import supersede_links, use_link
from participants.domain.registration.changes import also_fine, is_fine_with
from participants.models import Participant, PersonalLink, Registration
from participants.states import LinkPurpose, RegistrationState


@transaction.atomic
def ask_one_question(
    registration: Registration, about: str, *, actor: User | None, now: datetime | None = None
) -> Question:
    """The person is asked whether ``about`` (a code such as "slot:tue-evening") would do as well.

    The message is queued in the same transaction, or waits for staff to ring. Raises
    ``AlreadyAsked`` if they have a question open, and ``NothingToAsk`` if they have said so or
    have said no to it, or do not wait without a place.
    """
    now = now or timezone.now()
    registration = _locked(registration.pk)
    what, value = about.split(":")
    has_said_no = registration.questions.filter(about=about, answer=Answer.NO).exists()
    if (
        registration.state != RegistrationState.WAITING
        or registration.is_paused(timezone.localdate(now))
        or Seat.objects.live().filter(registration=registration).exists()
        or has_said_no
        or is_fine_with(registration, what, value)
    ):
        raise NothingToAsk
    days = registration.participant.centre.answer_days
    try:
        with transaction.atomic():
            question = Question.objects.create(
                registration=registration,
                about=about,
                asked_at=now,
                asked_by=actor,
                answer_by=timezone.localdate(now) + timedelta(days=days),
            )
    except IntegrityError as error:
        if broken_by(error) == "question_one_open":
            raise AlreadyAsked from None
        raise
    question.message = mail.ask(question, now=now)
    question.save(update_fields=["message"])
    record(registration, QuestionActivity.ASKED, actor=actor, now=now)
    return question


def open_question(participant: Participant) -> Question | None:
    """What the person is asked about now, if anything."""
    questions = Question.objects.open().select_related("registration__participant__centre")
    return questions.filter(registration__participant=participant).first()


@transaction.atomic
def answer_question(
    question: Question,
    answer: str,
    *,
    link: PersonalLink | None = None,
    actor: User | None = None,
    now: datetime | None = None,
) -> None:
    """The person says yes, and their interest is wider by that; or no, and it stays as it is.

    They answer by ``link``, or staff (``actor``) heard them say so. Raises ``TooLate`` if the
    question is not open any more, or the link no longer works.
    """
    now = now or timezone.now()
    registration = _locked(question.registration_id)
    locked = Question.objects.open().select_for_update().filter(pk=question.pk).first()
    if locked is None or not registration.is_open:
        raise TooLate
    if link is None:
        supersede_links(registration.participant, LinkPurpose.QUESTION, now=now)
    elif link.participant_id != registration.participant_id or not use_link(link, now=now):
        raise TooLate
    locked.answer = answer
    locked.answered_at = now
    locked.save(update_fields=["answer", "answered_at"])
    if locked.message is not None:
        outbox.done_by_hand(locked.message, now=now)
    outbox.cancel(registration.participant, matter=mail.matter_of_question(locked))
    heard(registration.participant, now=now)
    if answer == Answer.YES:
        also_fine(registration, *locked.about.split(":"), actor=actor, now=now)
    move = QuestionActivity.YES if answer == Answer.YES else QuestionActivity.NO
    record(registration, move, actor=actor, now=now)


@transaction.atomic
def take_back(
    registration: Registration, *, actor: User | None = None, now: datetime | None = None
) -> bool:
    """The question that is open does not matter any more: its link and message are gone.

    Silent. The caller has locked the registration. False if there is none.
    """
    now = now or timezone.now()
    question = registration.questions.open().first()
    if question is None:
        return False
    question.withdrawn_at = now
    question.save(update_fields=["withdrawn_at"])
    participant = registration.participant
    supersede_links(participant, LinkPurpose.QUESTION, now=now)
    outbox.cancel(participant, matter=mail.matter_of_question(question))
    record(registration, QuestionActivity.WITHDRAWN, actor=actor, now=now)
    return True


def take_back_old(*, now: datetime | None = None) -> int:
    """Questions that nobody answered in time, or that have answered themselves, are taken back.

    Returns how many. Safe to run twice, and while people answer.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    taken = 0
    for pk in list(Question.objects.open().values_list("registration", flat=True)):
        with transaction.atomic():
            registration = _locked(pk)
            question = registration.questions.open().first()
            if question is None:
                continue
            if question.answer_by < today or is_fine_with(registration, *question.about.split(":")):
                taken += take_back(registration, now=now)
    return taken


def _locked(pk: int) -> Registration:
    rows = Registration.objects.select_for_update(of=("self",))
    return rows.select_related("participant__centre").get(pk=pk)
