"""What the centres write: to who wrote, signed up, borrows a room or is to work here."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils import translation

from centres.enquiry_kinds import BY_CODE
from centres.models import ContactPerson, Enquiry, EventSignUp, Invitation, Slot
from centres.models.house import SkippedDate
from centres.states import EnquiryKind
from linkcenter.messages import outbox, texts
from linkcenter.models import Channel, Message

TENANTS_LANGUAGE = "nb"  # what an organisation reads, nobody has been asked


def enquiry_received(enquiry: Enquiry, *, now: datetime) -> Message:
    """Say that an enquiry has come, and what happens next. What was written is not repeated."""
    rendered = texts.write(
        "enquiry_received",
        language=enquiry.language,
        enquiry=enquiry,
        centre=enquiry.centre,
        next_steps=BY_CODE[EnquiryKind(enquiry.kind)].next_steps,
    )
    return outbox.queue(
        enquiry,
        matter=f"enquiry:{enquiry.pk}",
        kind="enquiry_received",
        channel=Channel.EMAIL,
        to=enquiry.email or "",
        language=enquiry.language,
        subject=rendered.subject,
        text=rendered.text,
        is_rationed=True,
        now=now,
    )


def weekly_time(
    slot: Slot, person: ContactPerson, skipped: Sequence[SkippedDate], *, now: datetime
) -> Message:
    """Tell the contact of an organisation which dates of its weekly time fall out."""
    rendered = texts.write(
        "weekly_time",
        language=TENANTS_LANGUAGE,
        slot=slot,
        centre=slot.venue.centre,
        skipped=skipped,
    )
    return outbox.queue(
        person,
        matter=f"slot:{slot.pk}",
        kind="weekly_time",
        channel=Channel.EMAIL,
        to=person.email,
        language=TENANTS_LANGUAGE,
        subject=rendered.subject,
        text=rendered.text,
        now=now,
    )


def sign_up_matter(sign_up: EventSignUp) -> str:
    """One matter for as long as it lasts: a newer text replaces an unsent older one."""
    return f"sign_up:{sign_up.pk}"


def tell_of_event(
    sign_up: EventSignUp, kind: str, *, now: datetime, is_rationed: bool = False
) -> Message:
    """Put the text ``kind`` in the outbox: by e-mail with the personal link, else for staff to say.

    Each text tells all that the person needs, since it replaces what was not sent yet.
    """
    event = sign_up.event
    link = None
    if sign_up.channel == Channel.EMAIL and not event.is_cancelled:
        link = outbox.Link(seed=sign_up.seed, path=_personal_path(sign_up.language))
    rendered = texts.write(
        kind,
        language=sign_up.language,
        channel=sign_up.channel,
        participant=sign_up,
        event=event,
        centre=event.centre,
        has_place=sign_up.has_place,
        gap=outbox.GAP if link else "",
    )
    return outbox.queue(
        sign_up,
        matter=sign_up_matter(sign_up),
        kind=kind,
        channel=sign_up.channel,
        to=sign_up.address,
        language=sign_up.language,
        subject=rendered.subject,
        text=rendered.text,
        link=link,
        is_rationed=is_rationed,
        facts=about_sign_up(sign_up),
        now=now,
    )


def about_sign_up(sign_up: EventSignUp) -> tuple[object, ...]:
    """What every text to somebody who has signed up is made of."""
    event = sign_up.event
    person = (sign_up.language, sign_up.channel, sign_up.address, sign_up.first_name)
    return (*person, sign_up.state, event.starts_at, event.is_cancelled)


def _personal_path(language: str) -> str:
    """The page to see the place on, and to give it up, in the person's own language."""
    with translation.override(language):
        return reverse("centres:sign-up", args=["TOKEN"]).replace("TOKEN", "{token}")


def staff_invited(invitation: Invitation, *, now: datetime) -> Message:
    """Ask somebody to work here with a role, by a link to say yes with."""
    rendered = texts.write(
        "staff_invited", language=invitation.language, gap=outbox.GAP, invitation=invitation
    )
    return outbox.queue(
        invitation,
        matter=invitation_matter(invitation),
        kind="staff_invited",
        channel=Channel.EMAIL,
        to=invitation.email,
        language=invitation.language,
        subject=rendered.subject,
        text=rendered.text,
        link=outbox.Link(seed=invitation.seed, path=invitation_path(invitation.language)),
        now=now,
    )


def invitation_matter(invitation: Invitation) -> str:
    return f"invitation:{invitation.pk}"


def invitation_path(language: str) -> str:
    """The page to say yes on, with ``{token}`` for the link's own part."""
    with translation.override(language):
        return reverse("centres:invitation", args=["TOKEN"]).replace("TOKEN", "{token}")


def latest_invitation(invitation: Invitation) -> Message | None:
    """The last letter, which says whether it arrived."""
    return Message.objects.to(invitation).order_by("-created_at", "-pk").first()
