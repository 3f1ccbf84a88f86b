"""Trying to reach somebody who does not answer: how often, by whom, and what to do next."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centres.week import part_of
from participants.models import Registration, Talk
from participants.states import TalkOutcome

SEVERAL = 3
MANY = 5

ANOTHER_PART = _("All tries were at the same time of day. Try another, within the safe times.")
WRITE = _("Try another way: write to the person, and ask them to get in touch.")
CALL_LATER = _("Wait some weeks, and try once more on another day of the week.")
CLOSE = _("You may close it as not answered. The person is welcome to register again.")


@dataclass(frozen=True)
class Tries:
    """The tries since the person was last reached."""

    number: int
    last: Talk
    next_try: date | None
    advice: str | Promise


def tries_of(registration: Registration, talks: list[Talk]) -> Tries | None:
    """What to do about somebody who was not reached the last time; None if they were.

    ``talks`` are those of the registration, the latest first.
    """
    tries = []
    for talk in talks:
        if talk.outcome != TalkOutcome.NO_ANSWER:
            break
        tries.append(talk)
    if not tries:
        return None
    advice = _advice(registration, tries)
    return Tries(number=len(tries), last=tries[0], next_try=tries[0].next_try, advice=advice)


def _advice(registration: Registration, tries: list[Talk]) -> str | Promise:
    if len(tries) < SEVERAL:
        return ""
    if len(tries) >= MANY:
        return CLOSE
    parts = {part_of(timezone.localtime(each.at).time()) for each in tries}
    if len(parts) == 1:
        return ANOTHER_PART
    person = registration.participant
    can_be_written_to = person.email or person.may_leave_message or person.postal_address
    return WRITE if can_be_written_to else CALL_LATER
