"""A contact with a person is written down, and has the effect that was agreed on."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from linkcenter.models import User
from linkcenter.timeline import record
from participants.domain.intake.booking import talk_is_held
from participants.domain.intake.responsible import becomes_theirs
from participants.domain.locks import locked
from participants.domain.person.last_heard import heard
from participants.domain.registration.closing import close
from participants.models import Registration, Talk
from participants.states import (
    CLOSES_WITH,
    PersonActivity,
    RegistrationState,
    TalkKind,
    TalkOutcome,
)


@transaction.atomic
def record_talk(
    registration: Registration,
    *,
    kind: str,
    outcome: str,
    by: User,
    next_try: date | None = None,
    pointed_to: str = "",
    note: str = "",
    now: datetime | None = None,
) -> Talk:
    """A contact, or a try, is on the person's record, and the outcome has its effect.

    Ready moves the person to waiting; not now, pointed on and withdrew close the registration;
    no answer and again keep it as it is, with ``next_try``. Raises ``AlreadyClosed``.
    """
    now = now or timezone.now()
    registration = locked(registration)
    talk = Talk.objects.create(
        registration=registration,
        kind=kind,
        outcome=outcome,
        by=by,
        next_try=next_try,
        pointed_to=pointed_to,
        note=note,
        at=now,
    )
    record(registration, PersonActivity.TALKED, actor=by, now=now)
    becomes_theirs(registration, by)
    is_early_try = kind == TalkKind.TRIED and registration.talk_at and now < registration.talk_at
    if not is_early_try:
        talk_is_held(registration)
    if outcome != TalkOutcome.NO_ANSWER:
        heard(registration.participant, now=now)
    if reason := CLOSES_WITH.get(TalkOutcome(outcome)):
        close(registration, reason=reason, actor=by, now=now)
    elif outcome == TalkOutcome.READY and registration.state == RegistrationState.RECEIVED:
        registration.state = RegistrationState.WAITING
        registration.save(update_fields=["state"])
        record(registration, PersonActivity.READY, actor=by, now=now)
    return talk
