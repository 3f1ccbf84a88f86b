"""Somebody on their own page, as a browser without JavaScript is there."""

from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from linkcenter.tokens import token_for
from participants.domain.person.links import issue_link
from participants.models import Participant
from participants.states import LinkPurpose

PAGE = "/min-side/"
PATH = "/lenke/{token}/"


def link_for(
    person: Participant,
    purpose: LinkPurpose = LinkPurpose.ENTER,
    *,
    now: datetime | None = None,
    **fields: Any,
) -> str:
    """The path of a new link that works for twenty minutes."""
    now = now or timezone.now()
    link = issue_link(
        person, purpose, expires_at=now + timedelta(minutes=20), path=PATH, now=now, **fields
    )
    return PATH.format(token=token_for(link.seed))


def enter(client: Client, person: Participant) -> Any:
    """Press the button of a new link; the page that it leads to."""
    return client.post(link_for(person), follow=True)
