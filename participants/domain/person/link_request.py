"""Somebody asks for a link to their own page, with an address or a telephone number.

Whether anybody is known by it is found out by the worker alone, so that who asks learns nothing.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from procrastinate.contrib.django import app as jobs
from procrastinate.contrib.django.models import ProcrastinateJob

from centres.models import Centre
from linkcenter.encryption import keyed_digest
from linkcenter.jobs import NEVER_RUN_AGAIN
from linkcenter.web.limits import is_turn
from participants import mail
from participants.domain.locks import hold_person
from participants.domain.person.links import LINK_LIFE, entry_link
from participants.models import Participant, Registration
from participants.models.person import search_terms

SEND_JOB = "participants.send_links"
ASKED_TWICE = timedelta(minutes=1)


def ask_for_link(*, email: str = "", phone: str = "") -> None:
    """Whoever is known by the address, or by the number (E.164), gets a link to their own page.

    What is done here is the same whether anybody is. The job holds keyed digests and no address.
    """
    centres = Centre.objects.order_by("pk").values_list("pk", flat=True)
    terms = (next(search_terms(pk, phone=phone or None, email=email or None)) for pk in centres)
    digests: list[Any] = [keyed_digest(term) for term in terms]  # as JSON has it
    jobs.configure_task(SEND_JOB, queue="mail").defer(digests=digests)


def forget_asking(participant: Participant) -> None:
    """No job that failed holds a digest by which the person could be found."""
    failed = ProcrastinateJob.objects.filter(task_name=SEND_JOB, status__in=NEVER_RUN_AGAIN)
    failed.filter(args__digests__has_any_keys=participant.search_keys).delete()


def send_links(digests: Collection[str], *, now: datetime | None = None) -> int:
    """Send a link to each person whom one of ``digests`` finds; returns how many.

    Two people may share an address, and one person may be with two centres: each gets a message
    of their own. Whoever had registered twice gets one, to the page that goes on.
    """
    now = now or timezone.now()
    merged = Registration.objects.filter(participant=OuterRef("pk"), merged_into__isnull=False)
    found = Participant.objects.filter(search_keys__overlap=list(digests)).annotate(
        goes_on_as=Subquery(merged.values("merged_into__participant")[:1])
    )
    people = {goes_on or pk for pk, goes_on in found.values_list("pk", "goes_on_as")}
    return sum(send_link(pk, now=now) for pk in sorted(people))


@transaction.atomic
def send_link(participant_id: int, *, now: datetime | None = None) -> bool:
    """The person gets a new link to their own page; older ones stop working.

    It goes by e-mail where there is an address, since they sit by a screen. Who has to be rung is
    asked by staff what they need. False if they are gone, or were sent one a moment ago: whoever
    presses twice means once. The same when enough goes to their address already, and when staff
    would have to ring somebody whom we hold back.
    """
    now = now or timezone.now()
    try:
        participant = hold_person(participant_id)
    except Participant.DoesNotExist:
        return False
    is_mailed = bool(participant.email) and not participant.email_refused_on
    if not is_mailed and participant.registrations.held().exists():
        return False
    to = (participant.email if is_mailed else participant.address) or ""
    asked = participant.messages.filter(matter=mail.OWN_PAGE, created_at__gt=now - ASKED_TWICE)
    if not to or asked.exists() or not is_turn(to, now=now):
        return False
    link = entry_link(participant, life=LINK_LIFE, is_mailed=is_mailed, now=now)
    mail.own_page(participant, to=to if is_mailed else "", link=link, now=now)
    return True
