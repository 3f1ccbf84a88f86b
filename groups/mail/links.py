"""A link to a page, made for one person."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone, translation

from linkcenter.messages.outbox import Link
from participants.domain.person.links import issue_link
from participants.models import Participant
from participants.states import LinkPurpose


def link_to(
    participant: Participant,
    purpose: LinkPurpose,
    page: str,
    *,
    until: date,
    now: datetime,
    give: Callable[..., Link] = issue_link,
) -> Link:
    """A link to ``page``, in the person's own language, that works through the day ``until``."""
    with translation.override(participant.language):
        path = reverse(page, args=["TOKEN"]).replace("TOKEN", "{token}")
    midnight = timezone.make_aware(datetime.combine(until + timedelta(days=1), time()))
    return give(participant, purpose, expires_at=midnight, path=path, now=now)
