"""Registrations that look like a program's: held back, and never refused.

Whoever has an e-mail address confirms by it; staff look at the others. Nobody counts, finds or
matches a held one, and whoever is a person has lost nothing: the date stays.
"""

import re
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linkcenter.messages import outbox
from linkcenter.models import Channel, User
from linkcenter.periods import days
from linkcenter.timeline import record
from participants import mail
from participants.domain.erasure import erase
from participants.domain.person.last_heard import heard
from participants.domain.person.links import (
    FIRST_LINK_LIFE,
    entry_link,
    issue_link,
    supersede_links,
    use_link,
)
from participants.models import Participant, PersonalLink, Registration
from participants.states import (
    EntryChannel,
    HeldBecause,
    LinkPurpose,
    PersonActivity,
    RegistrationState,
)

CONFIRM_WITHIN = days(3)
FEW = 5  # that come within an hour from one network address, and are nothing odd

WEB_ADDRESS = re.compile(
    r"https?:|www\.|\[url|(?<![\w@.-])[\w-]+(\.[\w-]+)*"
    r"\.(com|net|org|info|biz|io|ru|cn|top|xyz|site|online|shop|store|club|click|link|live)\b",
    re.IGNORECASE,
)


class HoldingError(Exception):
    """Something about a held registration was refused; ``message`` says so to the reader."""

    message: str | Promise


class NotHeld(HoldingError):
    message = _("Somebody has looked at this already, or the person has confirmed it.")


def why_odd(texts: Iterable[str], *, is_trapped: bool, sent: int) -> HeldBecause | None:
    """What makes a form look like a program's; None if nothing does.

    ``texts`` are the name and all free text, ``sent`` how many forms have come from the network
    address within the hour, this one too.
    """
    if is_trapped:
        return HeldBecause.TRAP
    if any(WEB_ADDRESS.search(text) for text in texts):
        return HeldBecause.LINKS
    return HeldBecause.MANY if sent > FEW else None


def hold(registration: Registration, *, now: datetime) -> None:
    """Ask whoever reads mail at the address, if there is one, to say that they sent this."""
    record(registration, PersonActivity.HELD, now=now)
    participant = registration.participant
    if not participant.email:
        return
    link = issue_link(
        participant,
        LinkPurpose.CONFIRM,
        expires_at=now + CONFIRM_WITHIN,
        path=mail.link_path(participant.language),
        now=now,
    )
    mail.confirm_registration(registration, to=participant.email, link=link, now=now)


def receive(registration: Registration, *, actor: User | None, now: datetime) -> None:
    """The registration is with the centre: the person is told so, with a link to their page.

    Who rang or came, and would be told by telephone, has heard it already.
    """
    record(registration, PersonActivity.REGISTERED, actor=actor, now=now)
    link = entry_link(registration.participant, life=FIRST_LINK_LIFE, now=now)
    receipt = mail.receipt(registration, link=link, is_rationed=actor is None, now=now)
    was_there = actor is not None and registration.channel in (
        EntryChannel.PHONE,
        EntryChannel.VISIT,
    )
    if was_there and receipt.channel == Channel.CALL:
        outbox.done_by_hand(receipt, now=now)


@transaction.atomic
def confirm(link: PersonalLink, *, now: datetime | None = None) -> bool:
    """Whoever reads mail at the address has sent this. False if ``link`` no longer works."""
    now = now or timezone.now()
    held = _locked(Registration.objects.filter(participant=link.participant_id))
    if held is None or not use_link(link, now=now):
        return False
    _let_in(held, actor=None, now=now)
    return True


@transaction.atomic
def confirm_own(participant: Participant, *, now: datetime | None = None) -> None:
    """As ``confirm``, on the person's own page: they came there by a link that was mailed.

    Raises ``NotHeld``.
    """
    held = _locked(Registration.objects.filter(participant=participant))
    if held is None:
        raise NotHeld
    _let_in(held, actor=None, now=now or timezone.now())


@transaction.atomic
def let_in(registration: Registration, *, actor: User, now: datetime | None = None) -> None:
    """Staff see that this is a person. Raises ``NotHeld``."""
    held = _locked(Registration.objects.filter(pk=registration.pk))
    if held is None:
        raise NotHeld
    _let_in(held, actor=actor, now=now or timezone.now())


@transaction.atomic
def turn_away(registration: Registration, *, actor: User, now: datetime | None = None) -> None:
    """Staff see that this is not a person: it is gone with all that it held. Raises ``NotHeld``."""
    held = _locked(Registration.objects.filter(pk=registration.pk))
    if held is None:
        raise NotHeld
    erase(held.participant, actor=actor, now=now)


def _locked(rows: QuerySet[Registration]) -> Registration | None:
    """The held one among ``rows``, kept until the transaction ends; who comes later gets None."""
    held = rows.filter(state=RegistrationState.HELD).select_for_update(of=("self",))
    return held.select_related("participant__centre").first()


def _let_in(held: Registration, *, actor: User | None, now: datetime) -> None:
    """The registration is as it would have been at first, with the date on which it came."""
    held.state = RegistrationState.RECEIVED
    held.held_because = ""
    held.save(update_fields=["state", "held_because"])
    supersede_links(held.participant, LinkPurpose.CONFIRM, now=now)
    if actor is None:
        heard(held.participant, now=now)
    receive(held, actor=actor, now=now)


def unconfirmed(now: datetime) -> QuerySet[Participant]:
    """Those who got a mail and have not confirmed in time. Whom staff must look at stay."""
    links = PersonalLink.objects.live().filter(purpose=LinkPurpose.CONFIRM, expires_at__gt=now)
    held = Registration.objects.held().filter(registered_at__lte=now - CONFIRM_WITHIN)
    gone = held.exclude(pk__in=Registration.objects.to_look_at().values("pk"))
    waiting = Exists(links.filter(participant=OuterRef("pk")))
    return Participant.objects.filter(~waiting, pk__in=gone.values("participant"))
