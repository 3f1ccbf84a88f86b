"""The link by which an initiator comes to the own groups. To look one up changes nothing."""

from datetime import datetime

from django.db import transaction

from groups.models import GroupLink, Initiator
from groups.models.initiators import GroupLinkQuerySet
from groups.states import GroupLinkPurpose
from linkcenter.messages.outbox import Link
from linkcenter.periods import days

INITIATOR_LINK_LIFE = days(180)  # from the last time that it was sent


@transaction.atomic
def new_initiator_link(initiator: Initiator, *, path: str, now: datetime) -> Link:
    """Give the initiator a link to the own groups; an older one stops working."""
    close_initiator_links(initiator, now=now)
    link = GroupLink.objects.issue(
        GroupLinkPurpose.INITIATE,
        centre=initiator.centre,
        initiator=initiator,
        until=now + INITIATOR_LINK_LIFE,
        now=now,
    )
    return Link(seed=link.seed, path=path)


@transaction.atomic
def initiator_link(initiator: Initiator, *, path: str, now: datetime) -> Link:
    """The link that the initiator has, good for as long again; else a new one.

    So that the link in an older message goes on working.
    """
    live = _live(initiator).usable(now).select_for_update().first()
    if live is None:
        return new_initiator_link(initiator, path=path, now=now)
    live.expires_at = now + INITIATOR_LINK_LIFE
    live.save(update_fields=["expires_at"])
    return Link(seed=live.seed, path=path)


def close_initiator_links(initiator: Initiator, *, now: datetime) -> int:
    """The initiator's link works no more; returns how many that were."""
    return _live(initiator).update(superseded_at=now)


def close_all(*, now: datetime) -> int:
    """No such link works any more; returns how many did."""
    return GroupLink.objects.usable(now).update(superseded_at=now)


def has_link(initiator: Initiator, *, now: datetime) -> bool:
    return _live(initiator).usable(now).exists()


def initiator_with(token: str, *, now: datetime) -> Initiator | None:
    """Whose link ``token`` is. None if it was replaced, is too old, or never was."""
    links = GroupLink.objects.opened_by(token, GroupLinkPurpose.INITIATE, now=now)
    link = links.filter(initiator__active=True).select_related("initiator__centre").first()
    return link.initiator if link else None


def _live(initiator: Initiator) -> GroupLinkQuerySet:
    return GroupLink.objects.live().filter(purpose=GroupLinkPurpose.INITIATE, initiator=initiator)
