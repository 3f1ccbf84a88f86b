"""When a person was last heard from: they did something themselves, or were talked with."""

from datetime import datetime

from linkcenter.messages import outbox
from participants import mail
from participants.models import Participant
from participants.states import CLOSED


def heard(participant: Participant, *, now: datetime) -> None:
    """The person has given a sign of life. Nobody asks them now whether they are still interested.

    To be called in the transaction of whatever they did.
    """
    mine = participant.registrations.exclude(CLOSED)
    was_asked = mine.filter(still_asked_on__isnull=False).exists()
    mine.filter(heard_at__lt=now).update(heard_at=now)
    if was_asked:
        mine.update(still_asked_on=None)
        outbox.cancel(participant, matter=mail.STILL)
