"""Personal links: made, looked up, used up. Looking never changes anything."""

from datetime import datetime, timedelta

from django.db import transaction

from linkcenter.messages.outbox import Link
from linkcenter.models import Channel
from linkcenter.tokens import hash_token, new_seed, token_for
from participants import mail
from participants.domain.locks import hold_registrations
from participants.domain.person.last_heard import heard
from participants.models import Participant, PersonalLink
from participants.states import LinkPurpose

LINK_LIFE = timedelta(minutes=20)
FIRST_LINK_LIFE = timedelta(days=1)  # the one in the receipt, which people read when they have time
BY_HAND_LINK_LIFE = timedelta(days=3)  # staff send it, at the worst after a weekend


@transaction.atomic
def issue_link(
    participant: Participant,
    purpose: LinkPurpose,
    *,
    expires_at: datetime,
    path: str,
    now: datetime,
    new_email: str | None = None,
) -> Link:
    """Give the person a link for ``purpose``; an older one for the same stops working.

    ``path`` holds ``{token}`` where the token goes. ``new_email`` is the address that the link
    confirms.
    """
    supersede_links(participant, purpose, now=now)
    seed = new_seed()
    PersonalLink.objects.create(
        participant=participant,
        purpose=purpose,
        seed=seed,
        token_hash=hash_token(token_for(seed)),
        created_at=now,
        expires_at=expires_at,
        new_email=new_email,
    )
    return Link(seed=seed, path=path)


@transaction.atomic
def repeat_link(
    participant: Participant,
    purpose: LinkPurpose,
    *,
    expires_at: datetime,
    path: str,
    now: datetime,
) -> Link:
    """The link that the person has for ``purpose``, good until ``expires_at``; or a new one.

    Whoever is written to again about the same may use the older message as well: a new one may
    wait for staff to pass it on.
    """
    live = PersonalLink.objects.live().filter(participant=participant, purpose=purpose)
    link = live.select_for_update().first()
    if link is None:
        return issue_link(participant, purpose, expires_at=expires_at, path=path, now=now)
    link.expires_at = expires_at
    link.save(update_fields=["expires_at"])
    return Link(seed=link.seed, path=path)


def supersede_links(participant: Participant, purpose: LinkPurpose, *, now: datetime) -> None:
    """End the person's live link for ``purpose``, if there is one."""
    PersonalLink.objects.filter(participant=participant, purpose=purpose).live().update(
        superseded_at=now
    )


def find_link(token: str, *purposes: LinkPurpose, now: datetime) -> PersonalLink | None:
    """The link that ``token`` opens for one of ``purposes``.

    None if it was used, replaced, is too old, is for something else, or never was: whoever
    holds it learns no more than that it does not work.
    """
    return (
        PersonalLink.objects.live()
        .filter(token_hash=hash_token(token), purpose__in=purposes, expires_at__gt=now)
        .select_related("participant__centre")
        .first()
    )


def use_link(link: PersonalLink, *, now: datetime) -> bool:
    """Use up ``link``; False if it no longer works. Two at once: one of them gets True."""
    live = PersonalLink.objects.live().filter(pk=link.pk, expires_at__gt=now)
    return bool(live.update(used_at=now))


def entry_link(
    participant: Participant, *, life: timedelta, is_mailed: bool = False, now: datetime
) -> Link | None:
    """A link to the person's own page, for as long as ``life``; None for who has to be rung."""
    if participant.channel == Channel.CALL and not is_mailed:
        return None
    if participant.channel in (Channel.SMS, Channel.LETTER) and not is_mailed:
        life = BY_HAND_LINK_LIFE
    return issue_link(
        participant,
        LinkPurpose.ENTER,
        expires_at=now + life,
        path=mail.link_path(participant.language),
        now=now,
    )


@transaction.atomic
def enter(link: PersonalLink, *, now: datetime) -> bool:
    """The link to the person's own page is used up, and they have been heard from.

    False if it no longer works.
    """
    hold_registrations(link.participant_id)
    if not use_link(link, now=now):
        return False
    heard(link.participant, now=now)
    return True


def close_all(*, now: datetime) -> int:
    """Nobody's link works any more; returns how many did. Each can ask for a new one."""
    return PersonalLink.objects.live().filter(expires_at__gt=now).update(superseded_at=now)
