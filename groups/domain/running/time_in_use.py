"""Every half-year a group that runs itself is asked whether it still uses its time and room.

Silence costs no group its room: it is a task for staff, who ring.
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from groups.domain.errors import NoContact
from groups.domain.running.contact import locked_with_contact
from groups.mail import contact as mail
from groups.models import SelfHelpGroup
from groups.states import GroupActivity, GroupState
from linkcenter.models import Message
from linkcenter.periods import days, months
from linkcenter.timeline import record

EVERY = months(6)
TIME_TO_ANSWER = days(21)


def due(today: date) -> QuerySet[SelfHelpGroup]:
    """Not heard from about it for half a year, and not asked since; nor in a break, nor before one
    is over. Whom we have something else to tell hears that first.
    """
    untold = Message.objects.untold().filter(
        participant__registrations__seats=OuterRef("contact"), kind__in=["contact", "break_ends"]
    )
    rows = SelfHelpGroup.objects.filter(
        state=GroupState.SELF_RUN, contact__isnull=False, paused_until__isnull=True
    ).alias(used_on=Greatest("handed_over_on", Coalesce("still_used_on", "handed_over_on")))
    not_asked = Q(still_asked_on__isnull=True) | Q(still_asked_on__lte=today - EVERY)
    asked_before = Q(still_asked_on__lte=F("used_on"))
    return rows.filter(not_asked | asked_before, used_on__lte=today - EVERY).exclude(Exists(untold))


def unanswered(rows: QuerySet[SelfHelpGroup], today: date) -> QuerySet[SelfHelpGroup]:
    """Those of ``rows`` that were asked three weeks ago or more, and have not said anything."""
    silent = Q(still_used_on__isnull=True) | Q(still_used_on__lt=F("still_asked_on"))
    return rows.filter(
        silent,
        state=GroupState.SELF_RUN,
        still_asked_on__lte=today - TIME_TO_ANSWER,
    )


def is_asked(group: SelfHelpGroup) -> bool:
    """Whether the group has the question to answer."""
    return group.still_asked_on is not None and (
        group.still_used_on is None or group.still_used_on < group.still_asked_on
    )


def ask_all(*, now: datetime | None = None) -> int:
    """Ask each group that is due; returns how many. Safe to run twice, and while they answer."""
    now = now or timezone.now()
    return sum(_ask(group, now=now) for group in due(timezone.localdate(now)))


@transaction.atomic
def _ask(group: SelfHelpGroup, *, now: datetime) -> bool:
    today = timezone.localdate(now)
    try:
        group, contact = locked_with_contact(group)
    except NoContact:
        return False
    if not due(today).filter(pk=group.pk).exists():
        return False
    group.still_asked_on = today
    group.save(update_fields=["still_asked_on"])
    record(group, GroupActivity.STILL_ASKED, now=now)
    mail.time_in_use(contact, now=now)
    return True
