"""The form that anybody may send: each form once, so many from one address, odd ones held back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from centres.models import Centre
from linkcenter.database.statements import stand_in_line
from linkcenter.web import limits
from participants.domain.person.consents import Agreement
from participants.domain.person.contact import Person
from participants.domain.registration.held import why_odd
from participants.domain.registration.interest import Interest
from participants.domain.registration.register import made_from, register_interest
from participants.models import Registration


class TooOften(Exception):
    """More forms have come from the network address than from any library or town hall."""


def take_form(
    centre: Centre,
    *,
    person: Person,
    interest: Interest,
    agreement: Agreement,
    channel: str,
    submission_key: UUID,
    sender: str,
    is_trapped: bool = False,
    now: datetime | None = None,
) -> Registration:
    """As ``register_interest``, for a form from the network address ``sender``.

    What looks like a program's is held back. One form counts once, however often and however much
    at once it is sent. Raises ``TooOften``, and what ``register_interest`` raises.
    """
    now = now or timezone.now()
    with transaction.atomic():
        stand_in_line(submission_key)
        if made := made_from(submission_key):
            return made
        sent = limits.count(limits.SUBMISSIONS, sender, now=now)
        if sent <= limits.SUBMISSIONS.most:
            texts = [person.name, person.safe_times, interest.message, interest.practical_needs]
            return register_interest(
                centre,
                person=person,
                interest=interest,
                agreement=agreement,
                channel=channel,
                submission_key=submission_key,
                held_because=why_odd(texts, is_trapped=is_trapped, sent=sent),
                now=now,
            )
    raise TooOften
