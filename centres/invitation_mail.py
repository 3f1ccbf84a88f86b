"""The letter that asks somebody to work here with a role."""

from datetime import datetime

from django.urls import reverse
from django.utils import translation

from centres.models import Invitation
from linkcenter import letters, outbox
from linkcenter.models import Channel, Message

KIND = "staff_invited"


def path(language: str) -> str:
    with translation.override(language):
        return reverse("centres:invitation", args=["TOKEN"]).replace("TOKEN", "{token}")


def matter(invitation: Invitation) -> str:
    return f"invitation:{invitation.pk}"


def invited(invitation: Invitation, *, now: datetime) -> Message:
    letter = letters.write(
        KIND, language=invitation.language, gap=outbox.GAP, invitation=invitation
    )
    return outbox.queue(
        invitation,
        matter=matter(invitation),
        kind=KIND,
        channel=Channel.EMAIL,
        to=invitation.email,
        language=invitation.language,
        subject=letter.subject,
        text=letter.text,
        link=outbox.Link(seed=invitation.seed, path=path(invitation.language)),
        now=now,
    )


def latest(invitation: Invitation) -> Message | None:
    """The last letter, which says whether it arrived."""
    return Message.objects.to(invitation).order_by("-created_at", "-pk").first()
